import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { leafHash, readMerkleHash, type MerkleHash, type Sha256 } from '../../../protocol';

export const sha256: Sha256 = (data) => createHash('sha256').update(data).digest();

export const hashOf = (hex: string): MerkleHash => {
  const hash = readMerkleHash(Buffer.from(hex, 'hex').toString('base64url'));
  if (hash === null) throw new Error('not 32 bytes');
  return hash;
};

export const toHex = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');

/** Leaves that all differ, the same in every run. */
export const leavesOf = (count: number): readonly MerkleHash[] =>
  Array.from({ length: count }, (_, at) => leafHash(sha256, Buffer.from(`event ${at}`)));

/** The hash of a tree by the definition of RFC 9162, section 2.1.1, and by nothing of ours. */
export const definedRoot = (leaves: readonly Uint8Array[]): Buffer => {
  const hash = (...parts: readonly Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
  if (leaves.length === 0) return hash();
  if (leaves.length === 1) return Buffer.from(leaves[0] ?? []);
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return hash(Buffer.of(1), definedRoot(leaves.slice(0, split)), definedRoot(leaves.slice(split)));
};

/** Sizes where trees change their shape, and any others. */
export const sizes = (max: number): fc.Arbitrary<number> =>
  fc.oneof(
    fc.integer({ min: 1, max }),
    fc.constantFrom(1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 255, 256, 257, 511, 512, 513).filter((size) => size <= max),
  );

/** A hash with one bit turned. */
export const turned = (hash: MerkleHash, bit: number): MerkleHash =>
  hashOf(toHex(hash.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))));
