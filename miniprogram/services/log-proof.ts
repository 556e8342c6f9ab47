import {
  base64urlDecode,
  base64urlEncode,
  concatBytes,
  leafHash,
  readMerkleHash,
  utf8Encode,
  verifyCheckpoint,
  verifyConsistency,
  verifyInclusion,
  type Checkpoint,
  type EntryOpening,
  type HistoryEntry,
  type MerkleHash,
} from '../protocol';
import { sha256, verifySignature } from '../platform/keys';
import { StorageFailure } from '../platform/storage';
import { agrees } from './entry-content';
import {
  keepCheckpoint,
  keepEvidence,
  loadCheckpoint,
  loadEvidence,
  type Contradiction,
  type Evidence,
  type SignedCheckpoint,
} from './kept-checkpoint';
import { createQueue } from './one-at-a-time';
import { readCheckpoint, readConsistency, readInclusion } from './published';
import { hearKeys, type TrustedKeys } from './trusted-keys';
import { wallClock } from './wall-clock';

/** What a proof came to. */
export type Proof =
  | {
      readonly kind: 'proven';
      readonly leaf: number;
      readonly checkpoint: Checkpoint;
      /** The checkpoint that the log was shown to go on from; null where this is the first that the phone has checked. */
      readonly since: Checkpoint | null;
      readonly isKeyNew: boolean;
    }
  /** Not in the log yet; `late` where it had ten minutes' time by the service's own clock. */
  | { readonly kind: 'waiting' | 'late' }
  | { readonly kind: 'unchecked'; readonly because: 'unreachable' | 'storage_failed' | 'older' }
  | { readonly kind: 'contradiction'; readonly fault: Contradiction };

/** Entries have their leaves after seconds; one that has none after so long was held back. */
const LATE_MS = 10 * 60 * 1000;

/** An event's commitment; null where its salt is not readable. */
const commitmentOf = ({ salt, content }: EntryOpening): Uint8Array | null => {
  const bytes = base64urlDecode(salt);
  return bytes && sha256(concatBytes(bytes, utf8Encode(content)));
};

const hashesOf = (texts: readonly string[]): readonly MerkleHash[] | null => {
  const hashes = texts.map(readMerkleHash);
  const read = hashes.filter((hash) => hash !== null);
  return read.length === hashes.length ? read : null;
};

type Consistency = 'consistent' | 'inconsistent' | 'unreachable';

/** Whether the larger of two trees begins with the smaller one. Where the log cannot prove that, it is not so. */
const continues = async (one: Checkpoint, other: Checkpoint): Promise<Consistency> => {
  const [older, newer] = one.size <= other.size ? [one, other] : [other, one];
  if (older.size === 0 || older.size === newer.size)
    return verifyConsistency(sha256, older, newer, []) ? 'consistent' : 'inconsistent';
  const read = await readConsistency(older.size, newer.size);
  if (!read.ok) return read.because === 'not_found' ? 'inconsistent' : 'unreachable';
  const proof = hashesOf(read.document.proof);
  return proof && verifyConsistency(sha256, older, newer, proof) ? 'consistent' : 'inconsistent';
};

/** The longest text of somebody else's that is kept as evidence, in characters. */
const KEPT_LENGTH = 4096;

const contradiction = async (
  fault: Contradiction,
  before: SignedCheckpoint | null,
  now: SignedCheckpoint | null,
): Promise<Proof> => {
  await keepEvidence({
    fault,
    before: before && { text: before.text, key: before.key },
    now: now && { text: now.text.slice(0, KEPT_LENGTH), key: now.key },
    foundAt: wallClock(),
  });
  return { kind: 'contradiction', fault };
};

interface Heard {
  readonly checkpoint: Checkpoint;
  readonly since: Checkpoint | null;
  readonly isKeyNew: boolean;
  readonly signed: SignedCheckpoint;
}

const signedBy = (text: string, { published }: TrustedKeys, kid: string): SignedCheckpoint => ({
  text,
  key: published.find((key) => key.kid === kid) ?? null,
});

/** The log's newest checkpoint, checked and held against the one that this phone kept, which it then replaces. */
const hearCheckpoint = async (): Promise<Heard | Proof> => {
  const unreachable = { kind: 'unchecked', because: 'unreachable' } as const;
  const before = await loadCheckpoint();
  const read = await readCheckpoint();
  if (!read.ok) {
    if (read.because === 'unreachable') return unreachable;
    return before ? contradiction('log_rewritten', before, null) : { kind: 'waiting' };
  }
  const text = read.document;
  const heard = await hearKeys('log');
  if (!heard.ok) {
    if (heard.because === 'unreachable') return unreachable;
    return contradiction('keys_changed', before, { text, key: null });
  }
  const { trusted } = heard;
  const verified = verifyCheckpoint(text, {
    expectedIssuer: trusted.issuer,
    keys: trusted.keys,
    verify: verifySignature,
  });
  if (!verified.ok) return contradiction('checkpoint_invalid', before, { text, key: null });
  const { checkpoint, kid } = verified;
  const signed = signedBy(text, trusted, kid);
  if (before) {
    const outcome = await continues(before.checkpoint, checkpoint);
    if (outcome === 'unreachable') return unreachable;
    if (outcome === 'inconsistent') return contradiction('log_rewritten', before, signed);
    // An old head of the same log: nothing is proved by it, and nothing against it.
    if (checkpoint.size < before.checkpoint.size) return { kind: 'unchecked', because: 'older' };
  }
  await keepCheckpoint(signed);
  return { checkpoint, since: before?.checkpoint ?? null, isKeyNew: trusted.unseen.includes(kid), signed };
};

type Dated = Exclude<HistoryEntry, { readonly kind: 'entry_missing' }>;

const prove = async (entry: Dated, opening: EntryOpening): Promise<Proof> => {
  const commitment = commitmentOf(opening);
  if (!commitment || !agrees(entry, opening.content))
    return contradiction('entry_differs', await loadCheckpoint(), null);
  const heard = await hearCheckpoint();
  if ('kind' in heard) return heard;
  const { checkpoint, since, isKeyNew, signed } = heard;
  const { size, root } = checkpoint;
  const read = size === 0 ? notIncluded : await readInclusion(base64urlEncode(commitment), size);
  if (!read.ok) {
    if (read.because === 'unreachable') return { kind: 'unchecked', because: 'unreachable' };
    return { kind: checkpoint.issuedAt * 1000 - entry.at > LATE_MS ? 'late' : 'waiting' };
  }
  const { leaf } = read.document;
  const proof = hashesOf(read.document.proof);
  const hash = leafHash(sha256, commitment);
  const isIncluded = proof && verifyInclusion(sha256, { leaf, size, hash, root }, proof);
  if (!isIncluded) return contradiction('proof_wrong', signed, signed);
  return { kind: 'proven', leaf, checkpoint, since, isKeyNew };
};

const notIncluded = { ok: false, because: 'not_found' } as const;

const queued = createQueue();

/**
 * Proves one entry of the history, on this phone: that it says what was committed to, that the commitment is a leaf of the log, that
 * the issuer signed that log, and that the log goes on from the checkpoint that this phone kept. What contradicts is kept as evidence.
 */
export const proveEntry = (entry: Dated, opening: EntryOpening): Promise<Proof> =>
  queued(async () => {
    try {
      return await prove(entry, opening);
    } catch (error) {
      if (error instanceof StorageFailure) return { kind: 'unchecked', because: 'storage_failed' };
      throw error;
    }
  });

/** What this phone has found against the log so far; none where its storage fails. */
export const foundEvidence = async (): Promise<readonly Evidence[]> => {
  try {
    return await loadEvidence();
  } catch (error) {
    if (error instanceof StorageFailure) return [];
    throw error;
  }
};
