import { consistencyRanges, createProof, inclusionRanges, subtreeFromTiles, tilesFor } from '../../../protocol';
import type { LeafRange, MerkleHash, Sha256 } from '../../../protocol';
import type { LoadTiles } from './log-ports';
import { readerOf } from './tile-reader';

export interface ProvePorts {
  readonly sha256: Sha256;
  readonly loadTiles: LoadTiles;
}

/**
 * Hashes over ranges of a tree of that size, by one read of a few tiles, however large the log is. The tree's last leaf is looked
 * up too: some proofs are empty, and would hold of trees that the log never was.
 */
const hashesOf = async (
  { sha256, loadTiles }: ProvePorts,
  ranges: readonly LeafRange[],
  size: number,
): Promise<readonly MerkleHash[] | null> => {
  const last = { from: size - 1, to: size };
  const stored = readerOf(await loadTiles(tilesFor([...ranges, last])));
  const hashes = createProof(sha256, [...ranges, last], (subtree) => subtreeFromTiles(sha256, subtree, stored));
  return hashes?.slice(0, -1) ?? null;
};

/** Proof that a leaf is in the tree of that size (RFC 9162, section 2.1.3). @returns null where there is no such leaf or tree */
export const proveInclusion = async (
  ports: ProvePorts,
  leaf: number,
  size: number,
): Promise<readonly MerkleHash[] | null> => (leaf < size ? hashesOf(ports, inclusionRanges(leaf, size), size) : null);

/**
 * Proof that the tree of one size begins with the tree of another (RFC 9162, section 2.1.4).
 * @returns null where there are no two such trees
 */
export const proveConsistency = async (
  ports: ProvePorts,
  from: number,
  to: number,
): Promise<readonly MerkleHash[] | null> =>
  from > 0 && from <= to ? hashesOf(ports, consistencyRanges(from, to), to) : null;

/** The root of a tree by its tiles. @param size at least one @returns null where there is no such tree */
export const rootByTiles = async (ports: ProvePorts, size: number): Promise<MerkleHash | null> => {
  const [root] = (await hashesOf(ports, [{ from: 0, to: size }], size)) ?? [];
  return root ?? null;
};
