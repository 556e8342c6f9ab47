import type { JsonObject } from '../credential/json';
import type { Sign, VerifySignature } from '../crypto';
import { createJws, faultOfJws, parseJws, type JwsFault, type ParsedJws } from '../jws/compact-jws';
import type { PublicKey } from '../key/public-key';
import { merkleHashToBase64url, readMerkleHash } from './merkle-hash';
import type { TreeHead } from './proof';

/** What a signed checkpoint says: at that second, the issuer's log was this tree. */
export interface Checkpoint extends TreeHead {
  readonly issuer: string;
  /** Whole seconds since 1970. */
  readonly issuedAt: number;
}

/** Header `typ` of a checkpoint. */
const CHECKPOINT_TYPE = 'wechat-id-checkpoint+jwt';

/** The longest checkpoint that is looked at, in characters. */
const MAX_LENGTH = 4096;

const isWhole = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/**
 * Signs a checkpoint: a compact JWS of `iss`, `iat`, `size` and `root`.
 * @throws RangeError where time or size are not whole
 */
export const createCheckpoint = (
  { issuer, issuedAt, size, root }: Checkpoint,
  signer: { readonly kid: string; readonly sign: Sign },
): string => {
  if (!isWhole(issuedAt) || !isWhole(size)) throw new RangeError('time and size of a checkpoint are whole');
  const payload = { iss: issuer, iat: issuedAt, size, root: merkleHashToBase64url(root) };
  return createJws({ typ: CHECKPOINT_TYPE, kid: signer.kid, payload, sign: signer.sign });
};

const readPayload = (payload: JsonObject): Checkpoint | null => {
  const { iss, iat, size, root } = payload;
  if (Object.keys(payload).length !== 4) return null;
  if (typeof iss !== 'string' || iss === '' || !isWhole(iat) || !isWhole(size) || typeof root !== 'string') return null;
  const hash = readMerkleHash(root);
  return hash && { issuer: iss, issuedAt: iat, size, root: hash };
};

/** A checkpoint that was read and not yet verified. */
export interface ParsedCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly jws: ParsedJws;
}

/** Reads a checkpoint of anybody's making. Never throws. @returns null where the text is none */
export const parseCheckpoint = (text: string): ParsedCheckpoint | null => {
  const jws = parseJws(text, { typ: CHECKPOINT_TYPE, maxLength: MAX_LENGTH });
  const checkpoint = jws && readPayload(jws.payload);
  return checkpoint && { checkpoint, jws };
};

export type CheckpointFault = 'malformed' | 'wrong_issuer' | JwsFault;

/**
 * Verifies a checkpoint. The trust in the log and the key that verifies are one: a key is looked up among the expected issuer's
 * alone. Never throws.
 */
export const verifyCheckpoint = (
  text: string,
  expected: {
    readonly expectedIssuer: string;
    /** The keys of the expected issuer and of nobody else, by `kid`. */
    readonly keys: ReadonlyMap<string, PublicKey>;
    readonly verify: VerifySignature;
  },
):
  | { readonly ok: true; readonly checkpoint: Checkpoint; readonly kid: string }
  | { readonly ok: false; readonly fault: CheckpointFault } => {
  const parsed = parseCheckpoint(text);
  if (!parsed) return { ok: false, fault: 'malformed' };
  if (parsed.checkpoint.issuer !== expected.expectedIssuer) return { ok: false, fault: 'wrong_issuer' };
  const fault = faultOfJws(parsed.jws, expected);
  return fault === null ? { ok: true, checkpoint: parsed.checkpoint, kid: parsed.jws.kid } : { ok: false, fault };
};
