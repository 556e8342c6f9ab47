import type { PhoneSettings } from './settings';

/** What happened on a phone, for the panel beside it and for tests. */
export type PhoneEvent =
  | { readonly kind: 'ready'; readonly route: string }
  | { readonly kind: 'route'; readonly route: string }
  | { readonly kind: 'settings'; readonly settings: PhoneSettings }
  /** An error that the mini-program did not handle, or an API, component or option that the host does not have. */
  | { readonly kind: 'fault'; readonly message: string };

/** A running phone, as `window.phone` of its frame. */
export interface Phone {
  readonly id: string;
  readonly settings: PhoneSettings;
  /** Applies the change and keeps it. */
  readonly change: (change: Partial<PhoneSettings>) => void;
  /** Closes the mini-program and opens it anew, as after a kill; storage stays. @param url a page with its query; the first page where absent */
  readonly restart: (url?: string) => void;
  /** Forgets all that this user's mini-program has stored on this phone, and restarts. */
  readonly clearStorage: () => void;
  /** What the screen shows now, as pixels, twice as many as CSS has. No capture event: somebody looks at the screen. */
  readonly lookAt: () => Promise<HTMLCanvasElement>;
  /** The user takes a screenshot: the mini-program is told, and what it hides from captures is black. @returns a PNG */
  readonly screenshot: () => Promise<Blob>;
  /** @returns a function that ends the listening */
  readonly listen: (listener: (event: PhoneEvent) => void) => () => void;
}

/** What the page that holds several phones offers each of them, as `window.phoneNeighbourhood`. */
export interface PhoneNeighbourhood {
  /** The phone that another phone's camera is pointed at, or null where there is none. */
  readonly phoneBeside: (id: string) => Phone | null;
}
