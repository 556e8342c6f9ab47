import type { Sha256 } from '../crypto';
import { emptyTreeHash, nodeHash, type MerkleHash } from './merkle-hash';

/**
 * All that must be known of a tree in order to go on with it: how many leaves it has, and the hashes of the complete subtrees that
 * they fall into, the largest first. There are as many as the size has ones in binary.
 */
export interface Frontier {
  readonly size: number;
  readonly hashes: readonly MerkleHash[];
}

/** The tree without leaves. */
export const emptyFrontier: Frontier = { size: 0, hashes: [] };

/** How many complete subtrees a tree of that size falls into. */
export const subtreeCount = (size: number): number => {
  let count = 0;
  for (let left = size; left > 0; left = Math.floor(left / 2)) count += left % 2;
  return count;
};

/** The tree with more leaves behind those that it has. */
export const appendLeaves = (sha256: Sha256, frontier: Frontier, leaves: readonly MerkleHash[]): Frontier => {
  const hashes = [...frontier.hashes];
  leaves.forEach((leaf, at) => {
    let merged = leaf;
    // Every one at the end of the size is a complete subtree that the new leaf makes half of a larger one.
    for (let size = frontier.size + at; size % 2 === 1; size = Math.floor(size / 2)) {
      const left = hashes.pop();
      if (left === undefined) throw new RangeError('the frontier does not belong to its size');
      merged = nodeHash(sha256, left, merged);
    }
    hashes.push(merged);
  });
  return { size: frontier.size + leaves.length, hashes };
};

/** The hash over neighbouring complete subtrees, the largest first. @returns null where there are none */
export const foldSubtrees = (sha256: Sha256, hashes: readonly MerkleHash[]): MerkleHash | null =>
  hashes.reduceRight<MerkleHash | null>((right, left) => (right === null ? left : nodeHash(sha256, left, right)), null);

/** The hash of the whole tree (RFC 9162, section 2.1.1). */
export const rootOf = (sha256: Sha256, { hashes }: Frontier): MerkleHash =>
  foldSubtrees(sha256, hashes) ?? emptyTreeHash(sha256);
