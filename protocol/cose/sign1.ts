import { equalBytes } from '../bytes/bytes';
import { cborDecode } from '../cbor/cbor-decode';
import { cborEncode } from '../cbor/cbor-encode';
import { isArray, isBytes, isMap, type CborValue } from '../cbor/cbor-value';
import type { Sign, VerifySignature } from '../crypto';
import type { PublicKey } from '../key/public-key';
import { cose } from '../spec/rfc9052';
import { isLowS, signLowS, SIGNATURE_LENGTH } from './signature';

/** A COSE_Sign1 that was read and not yet verified. */
export interface Sign1 {
  readonly payload: Uint8Array;
  /** r and s, 64 bytes. */
  readonly signature: Uint8Array;
  /** Name of the key that signed, where the message is of a kind that says it. */
  readonly kid?: Uint8Array | undefined;
}

/** The only protected headers taken: ES256 and nothing else, or ES256 and the key's name. */
const protectedHeader = (kid?: Uint8Array): Uint8Array =>
  cborEncode(new Map<number, CborValue>([[cose.alg, cose.es256], ...(kid ? [[cose.kid, kid] as const] : [])]));

/** The bytes that are signed (RFC 9052, section 4.4). */
const sigStructure = (header: Uint8Array, externalAad: Uint8Array, payload: Uint8Array): Uint8Array =>
  cborEncode([cose.sign1Context, header, externalAad, payload]);

/**
 * A tagged COSE_Sign1 with ES256 (RFC 9052, section 4.2).
 * @param externalAad what the message is for; it is signed but not sent, so that no message of one kind passes for another
 * @param kid name of the signing key, where its reader must choose among several
 */
export const createSign1 = (content: {
  readonly payload: Uint8Array;
  readonly externalAad: Uint8Array;
  readonly kid?: Uint8Array;
  readonly sign: Sign;
}): Uint8Array => {
  const header = protectedHeader(content.kid);
  const signature = signLowS(content.sign, sigStructure(header, content.externalAad, content.payload));
  return cborEncode({ tag: cose.sign1Tag, content: [header, new Map(), content.payload, signature] });
};

/** The key's name in a header of exactly `alg` and `kid`. */
const readKid = (header: Uint8Array): Uint8Array | null => {
  const decoded = cborDecode(header);
  const kid = decoded.ok && isMap(decoded.value) ? decoded.value.get(cose.kid) : undefined;
  return isBytes(kid) && equalBytes(header, protectedHeader(kid)) ? kid : null;
};

/** The four parts of a tagged COSE_Sign1 without unprotected headers. */
const readParts = (bytes: Uint8Array): (Sign1 & { readonly header: Uint8Array }) | null => {
  const decoded = cborDecode(bytes);
  if (!decoded.ok || typeof decoded.value !== 'object' || !('tag' in decoded.value)) return null;
  const { content } = decoded.value;
  if (!isArray(content) || content.length !== 4) return null;
  const [header, unprotected, payload, signature] = content;
  if (!isBytes(header) || !isMap(unprotected) || unprotected.size !== 0) return null;
  if (!isBytes(payload) || !isBytes(signature) || signature.length !== SIGNATURE_LENGTH) return null;
  return { header, payload, signature };
};

/**
 * Reads a tagged COSE_Sign1 whose headers are exactly those that `createSign1` writes without a `kid`. The decoder takes one
 * spelling of each value, so the bytes of what is accepted are the only ones that say it.
 * @returns null where the bytes are anything else
 */
export const parseSign1 = (bytes: Uint8Array): Sign1 | null => {
  const parts = readParts(bytes);
  return parts && equalBytes(parts.header, protectedHeader())
    ? { payload: parts.payload, signature: parts.signature }
    : null;
};

/** Reads a COSE_Sign1 whose header also names the key, as strictly. @returns null where the bytes are anything else */
export const parseKeyedSign1 = (bytes: Uint8Array): (Sign1 & { readonly kid: Uint8Array }) | null => {
  const parts = readParts(bytes);
  const kid = parts && readKid(parts.header);
  return parts && kid ? { payload: parts.payload, signature: parts.signature, kid } : null;
};

/** Whether the key signed this message for that use; of the two spellings of a signature only the lower is taken. */
export const verifySign1 = (
  { payload, signature, kid }: Sign1,
  expected: { readonly key: PublicKey; readonly externalAad: Uint8Array; readonly verify: VerifySignature },
): boolean =>
  isLowS(signature) &&
  expected.verify(expected.key, sigStructure(protectedHeader(kid), expected.externalAad, payload), signature);
