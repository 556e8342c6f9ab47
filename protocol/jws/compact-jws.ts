import { base64urlDecode, base64urlEncode } from '../bytes/base64';
import { utf8Encode } from '../bytes/utf8';
import { decodeJson, encodeJson, isJsonObject, type JsonObject } from '../credential/json';
import { isLowS, SIGNATURE_LENGTH, signLowS } from '../cose/signature';
import type { Sign, VerifySignature } from '../crypto';
import type { PublicKey } from '../key/public-key';
import { jws } from '../spec/rfc7515';
import { jwa } from '../spec/rfc7518';

/** The parts of a signed JSON object, its header not yet looked at. */
export interface JwsParts {
  readonly header: JsonObject;
  readonly payload: JsonObject;
  /** What was signed. */
  readonly signingInput: Uint8Array;
  /** 64 bytes. */
  readonly signature: Uint8Array;
}

/** A JWS that was read and not yet verified. */
export interface ParsedJws extends Omit<JwsParts, 'header'> {
  readonly kid: string;
}

/** A JSON object under a header, signed by ES256, in compact form (RFC 7515, section 7.1). */
export const signParts = (parts: Pick<JwsParts, 'header' | 'payload'>, sign: Sign): string => {
  const signingInput = encodeJson(parts.header) + jws.separator + encodeJson(parts.payload);
  return signingInput + jws.separator + base64urlEncode(signLowS(sign, utf8Encode(signingInput)));
};

/** Reads what `signParts` writes. Never throws. @returns null for anything but the one spelling of its three parts */
export const readParts = (text: string): JwsParts | null => {
  const [headerText, payloadText, signatureText, ...more] = text.split(jws.separator);
  if (headerText === undefined || payloadText === undefined || signatureText === undefined) return null;
  if (more.length > 0) return null;
  const header = decodeJson(headerText);
  const payload = decodeJson(payloadText);
  const signature = base64urlDecode(signatureText);
  if (header === null || !isJsonObject(header) || payload === null || !isJsonObject(payload)) return null;
  if (signature?.length !== SIGNATURE_LENGTH) return null;
  return { header, payload, signingInput: utf8Encode(headerText + jws.separator + payloadText), signature };
};

/** Whether the header says exactly that: no other algorithm, no embedded key, no extension. */
export const isHeader = (header: JsonObject, expected: JsonObject): boolean =>
  Object.keys(header).length === Object.keys(expected).length &&
  Object.entries(expected).every(([name, value]) => header[name] === value);

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
  return signParts({ header, payload: content.payload }, content.sign);
};

/** The key's name, where the header is exactly the one that `createJws` writes. */
export const readKid = (header: JsonObject, typ: string): string | null => {
  const { kid } = header;
  return typeof kid === 'string' && kid !== '' && isHeader(header, { alg: jwa.es256, typ, kid }) ? kid : null;
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
  const parts = text.length > expected.maxLength ? null : readParts(text);
  if (!parts) return null;
  const { header, ...rest } = parts;
  const kid = readKid(header, expected.typ);
  return kid === null ? null : { kid, ...rest };
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
