import type { MerkleHash, Tile, TilePosition } from '../../../protocol';

const nameOf = ({ level, index }: TilePosition): string => `${level}/${index}`;

/** Looks up the hashes of tiles that were loaded; none of a tile that is not stored. */
export const readerOf = (tiles: readonly Tile[]): ((position: TilePosition) => readonly MerkleHash[]) => {
  const found = new Map(tiles.map((tile) => [nameOf(tile), tile.hashes]));
  return (position) => found.get(nameOf(position)) ?? [];
};
