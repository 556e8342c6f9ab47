import { equalBytes } from '../bytes/bytes';
import type { Sha256 } from '../crypto';
import { foldSubtrees } from './frontier';
import { nodeHash, type MerkleHash } from './merkle-hash';
import { subtreesOf, type LeafRange, type Subtree } from './tree-shape';

/**
 * The hashes of a proof.
 * @param ranges what the proof is made of: `inclusionRanges` or `consistencyRanges`
 * @param hashOf the hash of a complete subtree, or null where it is not known
 * @returns null where a hash is not known
 */
export const createProof = (
  sha256: Sha256,
  ranges: readonly LeafRange[],
  hashOf: (subtree: Subtree) => MerkleHash | null,
): readonly MerkleHash[] | null => {
  const proof: MerkleHash[] = [];
  for (const range of ranges) {
    const hashes = subtreesOf(range).map(hashOf);
    const known = hashes.filter((hash) => hash !== null);
    const hash = known.length === hashes.length ? foldSubtrees(sha256, known) : null;
    if (hash === null) return null;
    proof.push(hash);
  }
  return proof;
};

const isOdd = (value: number): boolean => value % 2 === 1;
const half = (value: number): number => Math.floor(value / 2);

/** `fn` and `sn` of the RFC: where the path stands, and where the last node of that level is. */
interface Position {
  readonly at: number;
  readonly last: number;
}

const up = ({ at, last }: Position): Position => ({ at: half(at), last: half(last) });

/** Goes up as long as the node is a left one without a right neighbour. */
const upPastLonely = (position: Position): Position => {
  let now = position;
  while (!isOdd(now.at) && now.at !== 0) now = up(now);
  return now;
};

/** Whether the next hash of the path stands to the left. */
const isLeftNext = ({ at, last }: Position): boolean => isOdd(at) || at === last;

/**
 * Whether a leaf stands at that place in the tree with that root (RFC 9162, section 2.1.3.2). Never throws.
 * @param claim.leaf position of the leaf, from 0
 * @param claim.size leaves of the tree
 */
export const verifyInclusion = (
  sha256: Sha256,
  claim: { readonly leaf: number; readonly size: number; readonly hash: MerkleHash; readonly root: MerkleHash },
  proof: readonly MerkleHash[],
): boolean => {
  if (!Number.isSafeInteger(claim.leaf) || !Number.isSafeInteger(claim.size)) return false;
  if (claim.leaf < 0 || claim.leaf >= claim.size) return false;
  let position: Position = { at: claim.leaf, last: claim.size - 1 };
  let hash = claim.hash;
  for (const sibling of proof) {
    if (position.last === 0) return false;
    if (isLeftNext(position)) {
      hash = nodeHash(sha256, sibling, hash);
      position = upPastLonely(position);
    } else hash = nodeHash(sha256, hash, sibling);
    position = up(position);
  }
  return position.last === 0 && equalBytes(hash, claim.root);
};

/** A tree: how many leaves it has, and its hash. */
export interface TreeHead {
  readonly size: number;
  readonly root: MerkleHash;
}

const isPowerOfTwo = (value: number): boolean => {
  let left = value;
  while (left > 1 && !isOdd(left)) left /= 2;
  return left === 1;
};

/**
 * Whether the newer tree begins with all the leaves of the older one, in their order (RFC 9162, section 2.1.4.2). Of the empty tree
 * nothing needs to be proved, and of one tree twice only that it is one. Never throws.
 */
export const verifyConsistency = (
  sha256: Sha256,
  older: TreeHead,
  newer: TreeHead,
  proof: readonly MerkleHash[],
): boolean => {
  if (!Number.isSafeInteger(older.size) || !Number.isSafeInteger(newer.size)) return false;
  if (older.size < 0 || older.size > newer.size) return false;
  if (older.size === newer.size) return proof.length === 0 && equalBytes(older.root, newer.root);
  if (older.size === 0) return proof.length === 0;

  const [first, ...rest] = isPowerOfTwo(older.size) ? [older.root, ...proof] : proof;
  if (first === undefined || proof.length === 0) return false;
  let position: Position = { at: older.size - 1, last: newer.size - 1 };
  while (isOdd(position.at)) position = up(position);
  let [olderHash, newerHash] = [first, first];
  for (const sibling of rest) {
    if (position.last === 0) return false;
    if (isLeftNext(position)) {
      olderHash = nodeHash(sha256, sibling, olderHash);
      newerHash = nodeHash(sha256, sibling, newerHash);
      position = upPastLonely(position);
    } else newerHash = nodeHash(sha256, newerHash, sibling);
    position = up(position);
  }
  return position.last === 0 && equalBytes(olderHash, older.root) && equalBytes(newerHash, newer.root);
};
