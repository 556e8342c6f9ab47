import type { FieldName, FileId } from '../../../protocol';

/** A text that the recogniser read, with its confidence from 0 to 1. */
export interface ReadText {
  readonly value: string;
  readonly confidence: number;
}

/** Fields as text, in the card's own writing (dates as `YYYY-MM-DD`; `长期` stays as it is); what was not read is absent. */
export type ReadFields = Readonly<Partial<Record<FieldName, ReadText>>>;

/** The portrait printed on the card. */
export interface Portrait {
  /** JPEG, 96 wide and 128 high. */
  readonly jpeg: Uint8Array;
  /** Unit-length face embedding. */
  readonly embedding: Float32Array;
}

/** Why a file is no picture that can be looked at. */
export type PictureFault = 'not_an_image' | 'picture_too_large' | 'picture_damaged';

/** What one picture of a card shows. */
export type SideReading =
  | { readonly kind: 'fault'; readonly fault: PictureFault }
  | { readonly kind: 'none' }
  | { readonly kind: 'front'; readonly fields: ReadFields; readonly portrait: Portrait | null }
  | { readonly kind: 'back'; readonly fields: ReadFields };

/** Reads one picture of a card. @param picture the file as it was uploaded */
export type ReadSide = (picture: Uint8Array) => Promise<SideReading>;

/** What was measured on a selfie; what to make of it is decided in `thresholds.ts`. */
export type FaceMeasurement =
  | { readonly kind: 'fault'; readonly fault: PictureFault }
  | { readonly kind: 'faces'; readonly count: number }
  | {
      readonly kind: 'face';
      /** Distance between the centres of the eyes, in pixels of the picture as it was uploaded. */
      readonly eyeDistance: number;
      /** Variance of the Laplacian of the aligned face, in squared grey levels at a common contrast: higher is sharper. */
      readonly sharpness: number;
      /** Probability from 0 to 1 that a live face, and not a print or a screen, was before the camera. */
      readonly live: number;
      /** Unit-length face embedding. */
      readonly embedding: Float32Array;
      /** The selfie for the authority: JPEG, at most 640 pixels on its longer side, without metadata. */
      readonly jpeg: Uint8Array;
    };

/** Measures the face on a selfie. @param picture the file as it was uploaded */
export type MeasureFace = (picture: Uint8Array) => Promise<FaceMeasurement>;

/** An uploaded picture, or why there is none: its size is asked before its bytes are fetched. */
export type Download =
  { readonly kind: 'picture'; readonly bytes: Uint8Array } | { readonly kind: 'file_not_found' | 'picture_too_large' };

/** Fetches an uploaded picture of at most 8 MB. */
export type DownloadPicture = (file: FileId) => Promise<Download>;
