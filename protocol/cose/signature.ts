import { compareBytes, concatBytes, hexDecode } from '../bytes/bytes';
import type { Sign } from '../crypto';
import { p256 } from '../spec/p-256';

const half = p256.coordinateLength;
const order = hexDecode(p256.orderHex);
const halfOrder = hexDecode(p256.halfOrderHex);

/** Length of an ES256 signature in bytes. */
export const SIGNATURE_LENGTH = 2 * half;

/**
 * Whether a signature is the lower of its two spellings. Of every signature (r, s) the twin (r, n − s) verifies too; where both
 * are taken, a signed text has two forms, and whoever sees one can make the other.
 */
export const isLowS = (signature: Uint8Array): boolean => compareBytes(signature.subarray(half), halfOrder) <= 0;

/** n − s, big-endian. */
const negate = (s: Uint8Array): Uint8Array => {
  const difference = new Uint8Array(half);
  let borrow = 0;
  for (let at = half - 1; at >= 0; at -= 1) {
    const value = (order[at] ?? 0) - (s[at] ?? 0) - borrow;
    difference[at] = value & 0xff;
    borrow = value < 0 ? 1 : 0;
  }
  return difference;
};

/**
 * Signs, and spells the signature with the low s.
 * @throws RangeError where the signer returns anything but 64 bytes: it is the wrong one
 */
export const signLowS = (sign: Sign, message: Uint8Array): Uint8Array => {
  const signature = sign(message);
  if (signature.length !== SIGNATURE_LENGTH) throw new RangeError('not an ES256 signature of 64 bytes');
  return isLowS(signature)
    ? new Uint8Array(signature)
    : concatBytes(signature.subarray(0, half), negate(signature.subarray(half)));
};
