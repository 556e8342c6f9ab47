import type { PublicKey } from './key/public-key';

/** Signs with a P-256 key (ES256): 64 bytes, r and s of 32 each, big-endian (RFC 7518, section 3.4). */
export type Sign = (message: Uint8Array) => Uint8Array;

/** Whether `signature` is an ES256 signature of `message` by that key. Returns false, and does not throw, on any 64 bytes. */
export type VerifySignature = (key: PublicKey, message: Uint8Array, signature: Uint8Array) => boolean;

/** SHA-256: 32 bytes. */
export type Sha256 = (data: Uint8Array) => Uint8Array;
