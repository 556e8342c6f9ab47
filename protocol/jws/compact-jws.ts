import { base64urlDecode, base64urlEncode } from '../bytes/base64';
import { utf8Encode } from '../bytes/utf8';
import { decodeJson, encodeJson, isJsonObject, type JsonObject } from '../credential/json';
import { isLowS, SIGNATURE_LENGTH, signLowS } from '../cose/signature';
import type { Sign, VerifySignature } from '../crypto';
import type { PublicKey } from '../key/public-key';
import { jws } from '../spec/rfc7515';
import { jwa } from '../spec/rfc7518';

/** A JWS that was read and not yet verified. */
export interface ParsedJws {
  readonly kid: string;
  readonly payload: JsonObject;
  /** What was signed. */
  readonly signingInput: Uint8Array;
  readonly signature: Uint8Array;
}

/**
 * A signed JSON object in compact form (RFC 7515, section 7.1), by ES256.
 * @param content.typ what the object is: a signature under one type is none under another
 * @param content.kid the name of the key that signs
 */
export const createJws = (content: {
  readonly typ: string;
  readonly kid: string;
  readonly payload: JsonObject;
  readonly sign: Sign;
}): string => {
  const header = { alg: jwa.es256, typ: content.typ, kid: content.kid };
  const signingInput = encodeJson(header) + jws.separator + encodeJson(content.payload);
  const signature = signLowS(content.sign, utf8Encode(signingInput));
  return signingInput + jws.separator + base64urlEncode(signature);
};

/** The key's name, where the header is exactly the one that `createJws` writes: no other algorithm, no embedded key, no extension. */
const readHeader = (text: string, typ: string): string | null => {
  const header = decodeJson(text);
  if (header === null || !isJsonObject(header) || Object.keys(header).length !== 3) return null;
  const { kid } = header;
  return header['alg'] === jwa.es256 && header['typ'] === typ && typeof kid === 'string' && kid !== '' ? kid : null;
};

/**
 * Reads a JWS of anybody's making. Never throws.
 * @param expected.maxLength the longest text that is looked at, in characters
 * @returns null where it is of another type or algorithm, or anything but the one spelling of its three parts
 */
export const parseJws = (
  text: string,
  expected: { readonly typ: string; readonly maxLength: number },
): ParsedJws | null => {
  if (text.length > expected.maxLength) return null;
  const [header, payload, signature, ...more] = text.split(jws.separator);
  if (header === undefined || payload === undefined || signature === undefined || more.length > 0) return null;
  const kid = readHeader(header, expected.typ);
  const content = decodeJson(payload);
  const bytes = base64urlDecode(signature);
  if (kid === null || content === null || !isJsonObject(content) || bytes?.length !== SIGNATURE_LENGTH) return null;
  return { kid, payload: content, signingInput: utf8Encode(header + jws.separator + payload), signature: bytes };
};

/** Why a JWS that could be read is not believed. */
export type JwsFault = 'unknown_key' | 'bad_signature';

/**
 * Whether one of the trusted keys signed it: the key is the one that the JWS names, looked up among these alone. Of the two
 * spellings of a signature only the lower is taken.
 * @returns null where it did
 */
export const faultOfJws = (
  parsed: ParsedJws,
  trusted: { readonly keys: ReadonlyMap<string, PublicKey>; readonly verify: VerifySignature },
): JwsFault | null => {
  const key = trusted.keys.get(parsed.kid);
  if (!key) return 'unknown_key';
  const isSigned = isLowS(parsed.signature) && trusted.verify(key, parsed.signingInput, parsed.signature);
  return isSigned ? null : 'bad_signature';
};
