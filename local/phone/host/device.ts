import type { PhoneEvent } from '../contract/phone';
import type { PhoneSettings } from '../contract/settings';

/** The phone's settings, as they are now. */
export interface SettingsStore {
  readonly current: PhoneSettings;
  readonly change: (change: Partial<PhoneSettings>) => void;
  /** @returns a function that ends the listening */
  readonly listen: (listener: (now: PhoneSettings, before: PhoneSettings) => void) => () => void;
}

/** The mini-program's temporary files, under paths such as `wxfile://tmp_….jpg`, as WeChat gives them. */
export interface TemporaryFiles {
  readonly add: (content: Blob, extension: string) => string;
  /** @throws Error where there is no such file */
  readonly read: (path: string) => Blob;
  /** A URL that an <img> can load, or null where the path is none of a temporary file. */
  readonly url: (path: string) => string | null;
}

/** The phone that a mini-program runs on: what its framework and its `wx` share. */
export interface Device {
  readonly id: string;
  readonly settings: SettingsStore;
  readonly files: TemporaryFiles;
  /** Holds the whole screen; what covers the mini-program (dialogs, the scanner) is appended here. */
  readonly screen: HTMLElement;
  readonly report: (event: PhoneEvent) => void;
}

/** A running camera in an element of a page. */
export interface CameraView {
  /** What the camera sees now. @returns a JPEG at the scene's own resolution */
  readonly photograph: (quality: 'high' | 'normal' | 'low' | 'original') => Promise<Blob>;
  readonly stop: () => void;
}
