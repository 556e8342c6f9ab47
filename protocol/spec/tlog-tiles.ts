/** How a log's tree is cut into files. C2SP tlog-tiles v1, https://c2sp.org/tlog-tiles (section "Merkle Tree") */
export const tlogTiles = {
  /** Levels of the tree that one tile spans. */
  height: 8,
  /** Hashes in a complete tile: two to the power of its height. */
  width: 256,
  /** Levels of tiles that anybody may ask for. */
  maxLevel: 5,
} as const;
