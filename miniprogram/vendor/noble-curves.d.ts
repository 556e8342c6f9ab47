export { p256 } from '@noble/curves/nist.js';
export { sha256 } from '@noble/hashes/sha2.js';
