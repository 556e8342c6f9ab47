import { equalBytes } from '../bytes/bytes';
import { cborDecode } from '../cbor/cbor-decode';
import { cborEncode } from '../cbor/cbor-encode';
import { isArray, isBytes, isMap } from '../cbor/cbor-value';
import type { Sign, VerifySignature } from '../crypto';
import type { PublicKey } from '../key/public-key';
import { cose } from '../spec/rfc9052';
import { isLowS, signLowS, SIGNATURE_LENGTH } from './signature';

/** A COSE_Sign1 that was read and not yet verified. */
export interface Sign1 {
  readonly payload: Uint8Array;
  /** r and s, 64 bytes. */
  readonly signature: Uint8Array;
}

/** The only protected header taken: ES256 and nothing else. */
const protectedHeader = cborEncode(new Map([[cose.alg, cose.es256]]));

/** The bytes that are signed (RFC 9052, section 4.4). */
const sigStructure = (externalAad: Uint8Array, payload: Uint8Array): Uint8Array =>
  cborEncode([cose.sign1Context, protectedHeader, externalAad, payload]);

/**
 * A tagged COSE_Sign1 with ES256 (RFC 9052, section 4.2).
 * @param externalAad what the message is for; it is signed but not sent, so that no message of one kind passes for another
 */
export const createSign1 = (content: {
  readonly payload: Uint8Array;
  readonly externalAad: Uint8Array;
  readonly sign: Sign;
}): Uint8Array => {
  const signature = signLowS(content.sign, sigStructure(content.externalAad, content.payload));
  return cborEncode({ tag: cose.sign1Tag, content: [protectedHeader, new Map(), content.payload, signature] });
};

/**
 * Reads a tagged COSE_Sign1 whose headers are exactly those that `createSign1` writes. The decoder takes one spelling of each
 * value, so the bytes of what is accepted are the only ones that say it.
 * @returns null where the bytes are anything else
 */
export const parseSign1 = (bytes: Uint8Array): Sign1 | null => {
  const decoded = cborDecode(bytes);
  if (!decoded.ok || typeof decoded.value !== 'object' || !('tag' in decoded.value)) return null;
  const { content } = decoded.value;
  if (!isArray(content) || content.length !== 4) return null;
  const [header, unprotected, payload, signature] = content;
  if (!isBytes(header) || !equalBytes(header, protectedHeader)) return null;
  if (!isMap(unprotected) || unprotected.size !== 0) return null;
  if (!isBytes(payload) || !isBytes(signature) || signature.length !== SIGNATURE_LENGTH) return null;
  return { payload, signature };
};

/** Whether the key signed this message for that use; of the two spellings of a signature only the lower is taken. */
export const verifySign1 = (
  { payload, signature }: Sign1,
  expected: { readonly key: PublicKey; readonly externalAad: Uint8Array; readonly verify: VerifySignature },
): boolean =>
  isLowS(signature) && expected.verify(expected.key, sigStructure(expected.externalAad, payload), signature);
