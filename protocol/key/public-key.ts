import { base64urlDecode, base64urlEncode } from '../bytes/base64';
import { concatBytes } from '../bytes/bytes';
import { hex, type Brand } from '../ids';
import { p256 } from '../spec/p-256';

/** A point of the curve P-256, uncompressed: 65 bytes, the first of them 4, then x and y of 32 each (SEC 1, section 2.3.3). */
export type PublicKey = Brand<Uint8Array, 'PublicKey'>;

const { coordinateLength: half, prime } = p256;

const toInteger = (bytes: Uint8Array): bigint => BigInt(`0x${hex(bytes)}`);

/** Whether x and y lie on the curve: a point off it would let a forger choose a weaker curve. */
const isOnCurve = (x: bigint, y: bigint): boolean =>
  x < prime && y < prime && (y * y - (x * x * x - 3n * x + p256.b)) % prime === 0n;

/** Reads an uncompressed point of anybody's making. @returns null where the bytes are no uncompressed point of the curve */
const readPublicKey = (bytes: Uint8Array): PublicKey | null => {
  if (bytes.length !== 1 + 2 * half || bytes[0] !== p256.uncompressedPoint) return null;
  if (!isOnCurve(toInteger(bytes.subarray(1, 1 + half)), toInteger(bytes.subarray(1 + half)))) return null;
  // A copy, so that nobody can change the point after it was checked.
  return new Uint8Array(bytes) as PublicKey; // eslint-disable-line @typescript-eslint/consistent-type-assertions -- the one maker of the brand
};

/** Reads two coordinates of anybody's making. @returns null where they are not 32 bytes each or no point of the curve */
export const readPoint = (x: Uint8Array, y: Uint8Array): PublicKey | null =>
  x.length === half && y.length === half
    ? readPublicKey(concatBytes(Uint8Array.of(p256.uncompressedPoint), x, y))
    : null;

/**
 * Takes an uncompressed point as a public key.
 * @throws RangeError where the bytes are no uncompressed point of the curve
 */
export const publicKey = (bytes: Uint8Array): PublicKey => {
  const key = readPublicKey(bytes);
  if (!key) throw new RangeError('not a P-256 public key');
  return key;
};

/** A key as base64url of its 65 bytes, the form in which it is stored. */
export const publicKeyToBase64url = (key: PublicKey): string => base64urlEncode(key);

/** A stored key. @throws RangeError where the text is none */
export const publicKeyFromBase64url = (text: string): PublicKey => publicKey(base64urlDecode(text) ?? new Uint8Array());

/** The two coordinates of a key, 32 bytes each, big-endian. */
export const coordinates = (key: PublicKey): { readonly x: Uint8Array; readonly y: Uint8Array } => ({
  x: key.slice(1, 1 + half),
  y: key.slice(1 + half),
});
