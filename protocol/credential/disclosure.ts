import { base64urlEncode } from '../bytes/base64';
import { utf8Encode } from '../bytes/utf8';
import type { Sha256 } from '../crypto';
import { sdJwt } from '../spec/rfc9901';
import { registeredClaims } from '../spec/sd-jwt-vc';
import { decodeJson, encodeJson, isJsonArray, isJsonObject, type JsonValue } from './json';

/** One disclosed claim: its text, from which the digest is made, and what it says. */
export interface Disclosure {
  readonly text: string;
  readonly name: string;
  readonly value: JsonValue;
}

const reserved: readonly string[] = [
  ...registeredClaims,
  sdJwt.digests,
  sdJwt.hashName,
  sdJwt.arrayElement,
  '__proto__',
];

/** Whether a claim about the person may bear that name: none that the formats themselves give a meaning. */
export const isClaimName = (name: string): boolean => name !== '' && !reserved.includes(name);

const notInside: readonly string[] = [sdJwt.digests, sdJwt.arrayElement, '__proto__'];

/** Whether a value holds no digests of its own: in this profile each claim is disclosed whole or not at all. */
export const isWhole = (value: JsonValue): boolean => {
  if (isJsonArray(value)) return value.every(isWhole);
  if (!isJsonObject(value)) return true;
  return Object.entries(value).every(([name, member]) => !notInside.includes(name) && isWhole(member));
};

/** Makes the disclosure of a claim (RFC 9901, section 4.2.1). @param salt random, at least 16 bytes */
export const createDisclosure = (salt: Uint8Array, name: string, value: JsonValue): Disclosure => ({
  text: encodeJson([base64urlEncode(salt), name, value]),
  name,
  value,
});

/** Reads a disclosure of an object's member. @returns null where it is none, or has a name or a value that no claim may have */
export const parseDisclosure = (text: string): Disclosure | null => {
  const parts = decodeJson(text);
  if (parts === null || !isJsonArray(parts) || parts.length !== 3) return null;
  const [salt, name, value] = parts;
  if (typeof salt !== 'string' || typeof name !== 'string' || value === undefined) return null;
  return isClaimName(name) && isWhole(value) ? { text, name, value } : null;
};

/** The digest that stands for a disclosure in the JWT: base64url of the SHA-256 of its text (RFC 9901, section 4.2.3). */
export const digestOf = (disclosureText: string, sha256: Sha256): string =>
  base64urlEncode(sha256(utf8Encode(disclosureText)));
