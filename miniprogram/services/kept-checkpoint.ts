import { parseCheckpoint, type Checkpoint, type PublishedKey } from '../protocol';
import { keep, load } from '../platform/storage';

/** A checkpoint as it was signed, with the key that signed it: whoever is given both can check it. */
export interface SignedCheckpoint {
  readonly text: string;
  readonly key: PublishedKey | null;
}

/** What cannot be true of an honest log. */
export type Contradiction =
  /** What the log was to hold is not what the history says. */
  | 'entry_differs'
  /** The issuer, or a key of its, is another than this phone first saw. */
  | 'keys_changed'
  /** The checkpoint is not signed by the issuer. */
  | 'checkpoint_invalid'
  /** The log does not go on from what this phone has checked before. */
  | 'log_rewritten'
  /** The proof that the entry is in it does not hold. */
  | 'proof_wrong';

/** What speaks against the log: two statements of it that cannot both be true, or one that is not the issuer's. */
export interface Evidence {
  readonly fault: Contradiction;
  /** What this phone had checked before; null where it had nothing yet. */
  readonly before: SignedCheckpoint | null;
  /** What was answered now; null where nothing was, or was looked at. */
  readonly now: SignedCheckpoint | null;
  /** By the phone's clock, in milliseconds since 1970. */
  readonly foundAt: number;
}

const CHECKPOINT = 'log-checkpoint';
const EVIDENCE = 'log-evidence';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isSigned = (value: unknown): value is SignedCheckpoint =>
  isRecord(value) && typeof value['text'] === 'string' && 'key' in value;

/** The newest checkpoint that this phone has checked, or null. @throws StorageFailure */
export const loadCheckpoint = async (): Promise<(SignedCheckpoint & { readonly checkpoint: Checkpoint }) | null> => {
  const kept = await load(CHECKPOINT);
  if (!isSigned(kept)) return null;
  const parsed = parseCheckpoint(kept.text);
  return parsed && { ...kept, checkpoint: parsed.checkpoint };
};

/** Keeps a checkpoint that was checked in place of the one before. @throws StorageFailure */
export const keepCheckpoint = (checked: SignedCheckpoint): Promise<void> => keep(CHECKPOINT, checked);

// Only `keepEvidence` writes it: what it says there need not be read again word for word.
const isEvidence = (value: unknown): value is Evidence =>
  isRecord(value) && typeof value['fault'] === 'string' && typeof value['foundAt'] === 'number';

/** How much evidence is kept: what was found first matters most. */
const MOST = 5;

/** What this phone has found against the log, the first first. @throws StorageFailure */
export const loadEvidence = async (): Promise<readonly Evidence[]> => {
  const kept = await load(EVIDENCE);
  return Array.isArray(kept) ? kept.filter(isEvidence) : [];
};

const isSame = (one: Evidence, other: Evidence): boolean =>
  one.fault === other.fault && one.before?.text === other.before?.text && one.now?.text === other.now?.text;

/** Keeps evidence beside what is there; the same again is kept once. @throws StorageFailure */
export const keepEvidence = async (found: Evidence): Promise<void> => {
  const kept = await loadEvidence();
  if (kept.length < MOST && !kept.some((one) => isSame(one, found))) await keep(EVIDENCE, [...kept, found]);
};
