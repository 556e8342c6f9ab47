import type { Sha256 } from '../crypto';
import { tlogTiles } from '../spec/tlog-tiles';
import { appendLeaves, emptyFrontier, foldSubtrees } from './frontier';
import type { MerkleHash } from './merkle-hash';
import type { LeafRange, Subtree } from './tree-shape';
import { subtreesOf } from './tree-shape';

/** Which tile: those of level 0 hold leaves, those of level n the roots of complete tiles of level n − 1. */
export interface TilePosition {
  readonly level: number;
  readonly index: number;
}

/** Up to 256 neighbouring hashes of one level of the tree, from the tile's left edge. A complete tile never changes. */
export interface Tile extends TilePosition {
  readonly hashes: readonly MerkleHash[];
}

const { width, height } = tlogTiles;

/** The hash over a power of two of neighbouring hashes. */
const joined = (sha256: Sha256, hashes: readonly MerkleHash[]): MerkleHash => {
  const hash = foldSubtrees(sha256, appendLeaves(sha256, emptyFrontier, hashes).hashes);
  if (hash === null) throw new RangeError('no hash over nothing');
  return hash;
};

/** The tiles whose beginning must be known before leaves `from` to `to` can be added to them, one a level at the most. */
export const tilesToContinue = ({ from, to }: LeafRange): readonly TilePosition[] => {
  const found: TilePosition[] = [];
  for (let [level, start, end] = [0, from, to]; start < end; level += 1) {
    if (start % width !== 0) found.push({ level, index: Math.floor(start / width) });
    [start, end] = [Math.floor(start / width), Math.floor(end / width)];
  }
  return found;
};

/**
 * The tiles that new leaves begin, continue or complete, at every level, each from its left edge to the last hash that is known.
 * @param first position of the first new leaf
 * @param stored the hashes of a tile of `tilesToContinue`: at least those before the new ones
 * @throws RangeError where a tile lacks its beginning
 */
export const growTiles = (
  sha256: Sha256,
  first: number,
  leaves: readonly MerkleHash[],
  stored: (position: TilePosition) => readonly MerkleHash[],
): readonly Tile[] => {
  const grown: Tile[] = [];
  for (let [level, start, added] = [0, first, leaves]; added.length > 0; level += 1) {
    const roots: MerkleHash[] = [];
    for (let at = start; at < start + added.length;) {
      const index = Math.floor(at / width);
      const known = at % width === 0 ? [] : stored({ level, index }).slice(0, at % width);
      if (known.length !== at % width) throw new RangeError('a tile lacks its beginning');
      const hashes = [...known, ...added.slice(at - start, (index + 1) * width - start)];
      grown.push({ level, index, hashes });
      if (hashes.length === width) roots.push(joined(sha256, hashes));
      at = index * width + hashes.length;
    }
    [start, added] = [Math.floor(start / width), roots];
  }
  return grown;
};

/** In which tile a subtree's hash is found, and from which of its hashes it is made. */
const placeOf = ({ level, index }: Subtree): TilePosition & { readonly from: number; readonly count: number } => {
  const count = 2 ** (level % height);
  const at = index * count;
  return { level: Math.floor(level / height), index: Math.floor(at / width), from: at % width, count };
};

/** The tiles that hold what the subtrees of these ranges are made of, each named once. */
export const tilesFor = (ranges: readonly LeafRange[]): readonly TilePosition[] => {
  const places = ranges.flatMap(subtreesOf).map(placeOf);
  const named = new Map(places.map(({ level, index }) => [`${level}/${index}`, { level, index }]));
  return [...named.values()];
};

/**
 * The hash of a complete subtree out of its tile.
 * @param stored the hashes of a tile of `tilesFor`, or none
 * @returns null where the tile lacks it
 */
export const subtreeFromTiles = (
  sha256: Sha256,
  subtree: Subtree,
  stored: (position: TilePosition) => readonly MerkleHash[],
): MerkleHash | null => {
  const { level, index, from, count } = placeOf(subtree);
  const hashes = stored({ level, index }).slice(from, from + count);
  return hashes.length === count ? joined(sha256, hashes) : null;
};
