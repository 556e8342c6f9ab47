import type { Sign, VerifySignature } from '../crypto';
import { base64urlDecode, base64urlEncode } from '../bytes/base64';
import { utf8Encode } from '../bytes/utf8';
import { signLowS } from '../cose/signature';
import { decodeJson, encodeJson, isJsonArray, isJsonObject } from '../credential/json';
import type { PublicKey } from '../key/public-key';
import { jwa } from '../spec/rfc7518';

/** What a deletion destroys. */
export const destroyedParts = [
  'person',
  'portrait',
  'data_key',
  'card',
  'holder_key',
  'account_binding',
  'showings',
  'kill_code',
  'fingerprint',
  'face_template',
  'enrolments',
] as const;
export type DestroyedPart = (typeof destroyedParts)[number];

/** What the issuer says of a deletion: nothing of the person, so that whoever keeps it keeps nothing of them. */
export interface DeletionProofContent {
  readonly issuer: string;
  /** Of the deletion, random: 32 hexadecimal digits. */
  readonly id: string;
  /** Seconds since 1970. */
  readonly deletedAt: number;
  readonly destroyed: readonly DestroyedPart[];
  /** Sealed events that stay in the log as leaves which nobody can open any more. */
  readonly unreadableEvents: number;
}

/** The header `typ` of a deletion proof; a type of this service's own. */
const DELETION_PROOF_TYP = 'wechat-id-deletion+jwt';

/**
 * A signed proof of a deletion: a JWS in its compact form (RFC 7515, section 7.1), ES256.
 * @param content.kid name of the issuer's key that signs
 */
export const createDeletionProof = (
  content: DeletionProofContent & { readonly kid: string; readonly sign: Sign },
): string => {
  const header = { alg: jwa.es256, typ: DELETION_PROOF_TYP, kid: content.kid };
  const payload = {
    iss: content.issuer,
    jti: content.id,
    iat: content.deletedAt,
    destroyed: content.destroyed,
    unreadable_events: content.unreadableEvents,
  };
  const signingInput = `${encodeJson(header)}.${encodeJson(payload)}`;
  return `${signingInput}.${base64urlEncode(signLowS(content.sign, utf8Encode(signingInput)))}`;
};

const isPart = (value: unknown): value is DestroyedPart => destroyedParts.some((part) => part === value);

/**
 * Reads and verifies a deletion proof. Never throws.
 * @param keys the issuer's published keys by `kid`
 * @returns null where it is none of this issuer's
 */
export const verifyDeletionProof = (
  text: string,
  { keys, verify }: { readonly keys: ReadonlyMap<string, PublicKey>; readonly verify: VerifySignature },
): DeletionProofContent | null => {
  const [head = '', body = '', seal = '', ...more] = text.split('.');
  const header = decodeJson(head) ?? undefined;
  const payload = decodeJson(body) ?? undefined;
  const signature = base64urlDecode(seal);
  if (more.length > 0 || signature?.length !== 64 || !isJsonObject(header) || !isJsonObject(payload)) return null;
  const { alg, typ, kid } = header;
  const key = typeof kid === 'string' ? keys.get(kid) : undefined;
  if (alg !== jwa.es256 || typ !== DELETION_PROOF_TYP || !key) return null;
  if (!verify(key, utf8Encode(`${head}.${body}`), signature)) return null;
  const { iss, jti, iat, destroyed, unreadable_events: unreadable } = payload;
  if (typeof iss !== 'string' || typeof jti !== 'string' || typeof iat !== 'number') return null;
  if (!isJsonArray(destroyed) || !destroyed.every(isPart) || typeof unreadable !== 'number') return null;
  return { issuer: iss, id: jti, deletedAt: iat, destroyed: destroyed.filter(isPart), unreadableEvents: unreadable };
};
