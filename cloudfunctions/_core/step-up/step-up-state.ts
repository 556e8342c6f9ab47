import type { CalendarDate, CaseId, FileId, Instant } from '../../../protocol';

/** A finger at a phone, as the phone's secure hardware names them, and how far its counter has come. */
export interface BoundFingerprint {
  /** Null on a phone that does not tell its fingers apart. */
  readonly fid: string | null;
  readonly uid: string;
  readonly cpuId: string;
  readonly counter: number;
}

/** What is kept of a face, where its holder consented to that by itself. */
export interface FaceTemplate {
  /** Unit-length face embedding. */
  readonly embedding: Float32Array;
  /** Version of the text that the holder read. */
  readonly consentText: string;
}

/** What a step-up needs of the holder, beside the card: kept sealed with the person. */
export interface StepUpState {
  readonly fingerprint: BoundFingerprint | null;
  readonly template: FaceTemplate | null;
  /** A renewal of the fingerprint under way; its id is also the folder of its selfie. */
  readonly renewal: { readonly id: CaseId; readonly preparedAt: Instant } | null;
  /** Selfies that were looked at on a day, with and without success. */
  readonly faceTries: { readonly on: CalendarDate; readonly count: number };
  /** Uploaded selfies that may not have been destroyed yet. */
  readonly pictures: readonly FileId[];
}

/** Selfies that may be taken for step-ups of one card on one day. */
export const FACE_CHECKS_PER_DAY = 10;
/** How long a renewal waits for its selfie and its fingerprint, in milliseconds. */
export const RENEWAL_LIFE_MS = 5 * 60 * 1000;

/** A new card's step-ups. @param today in China */
export const newStepUpState = (
  bound: Pick<StepUpState, 'fingerprint' | 'template'>,
  today: CalendarDate,
): StepUpState => ({
  ...bound,
  renewal: null,
  faceTries: { on: today, count: 0 },
  pictures: [],
});
