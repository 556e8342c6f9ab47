import fc from 'fast-check';
import {
  consistencyRanges,
  createProof,
  growTiles,
  inclusionRanges,
  subtreeFromTiles,
  tilesFor,
  tilesToContinue,
  tlogTiles,
  type LeafRange,
  type MerkleHash,
  type TilePosition,
} from '../../../protocol';
import { definedRoot, hashOf, leavesOf, sha256, sizes, toHex } from './trees';

const MAX = 1400;
const all = leavesOf(MAX);

const nameOf = ({ level, index }: TilePosition): string => `${level}/${index}`;

/** Tiles in memory: a tile is told only to whoever asked for it beforehand. */
const createTiles = () => {
  const stored = new Map<string, readonly MerkleHash[]>();
  const lookUp = (positions: readonly TilePosition[]) => {
    const allowed = new Set(positions.map(nameOf));
    return (position: TilePosition): readonly MerkleHash[] => {
      if (!allowed.has(nameOf(position))) throw new Error(`${nameOf(position)} was not asked for`);
      return stored.get(nameOf(position)) ?? [];
    };
  };
  const grow = (from: number, to: number): void => {
    const grown = growTiles(sha256, from, all.slice(from, to), lookUp(tilesToContinue({ from, to })));
    for (const tile of grown) stored.set(nameOf(tile), tile.hashes);
  };
  const prove = (ranges: readonly LeafRange[]): readonly string[] | undefined => {
    const tiles = lookUp(tilesFor(ranges));
    return createProof(sha256, ranges, (subtree) => subtreeFromTiles(sha256, subtree, tiles))?.map(toHex);
  };
  return { stored, grow, prove };
};

/** A proof out of the leaves themselves. */
const fromLeaves = (ranges: readonly LeafRange[]): readonly string[] | undefined =>
  createProof(sha256, ranges, ({ level, index }) =>
    hashOf(toHex(definedRoot(all.slice(index * 2 ** level, (index + 1) * 2 ** level)))),
  )?.map(toHex);

const grownBy = (size: number, steps: readonly number[]) => {
  const tiles = createTiles();
  let at = 0;
  for (const step of [...steps, MAX]) {
    const to = Math.min(size, at + step);
    tiles.grow(at, to);
    at = to;
  }
  return tiles;
};
const steps = fc.array(fc.integer({ min: 1, max: 500 }), { maxLength: 8 });

describe('tiles', () => {
  it('are alike, however the leaves came, and hold each level from its left edge', () => {
    fc.assert(
      fc.property(sizes(MAX), steps, (size, by) => {
        const { stored } = grownBy(size, by);
        const expected = new Map<string, number>();
        for (let index = 0; index * tlogTiles.width < size; index += 1) {
          expected.set(`0/${index}`, Math.min(tlogTiles.width, size - index * tlogTiles.width));
        }
        const complete = Math.floor(size / tlogTiles.width);
        if (complete > 0) expected.set('1/0', complete);
        expect(new Map([...stored].map(([name, hashes]) => [name, hashes.length]))).toEqual(expected);
        stored.get('1/0')?.forEach((hash, at) => {
          expect(toHex(hash)).toBe(toHex(definedRoot(all.slice(at * 256, (at + 1) * 256))));
        });
      }),
      { numRuns: 40 },
    );
  });

  it('give the proofs that the leaves give', () => {
    fc.assert(
      fc.property(sizes(MAX), steps, fc.nat(), fc.nat(), (size, by, one, other) => {
        const { prove } = grownBy(size, by);
        const inclusion = inclusionRanges(one % size, size);
        expect(prove(inclusion)).toEqual(fromLeaves(inclusion));
        const consistency = consistencyRanges(1 + (other % size), size);
        expect(prove(consistency)).toEqual(fromLeaves(consistency));
      }),
      { numRuns: 40 },
    );
  });

  it('grown twice by the same leaves stay as they are', () => {
    const tiles = grownBy(700, [300]);
    const before = new Map(tiles.stored);
    tiles.grow(300, 700);
    expect(tiles.stored).toEqual(before);
  });

  it('do not grow across a gap, and prove nothing that they lack', () => {
    const tiles = grownBy(300, []);
    expect(() => tiles.grow(301, 310)).toThrow(RangeError);
    expect(tiles.prove(inclusionRanges(0, 301))).toBeUndefined();
    expect(tiles.prove(inclusionRanges(0, 600))).toBeUndefined();
    expect(tiles.prove(inclusionRanges(0, 300))).toEqual(fromLeaves(inclusionRanges(0, 300)));
  });

  it('of a tree of a billion leaves are few for any proof', () => {
    for (const size of [2 ** 30 - 1, 2 ** 30, 2 ** 30 + 1]) {
      expect(tilesFor(inclusionRanges(123_456_789, size)).length).toBeLessThanOrEqual(9);
      expect(tilesFor(consistencyRanges(987_654_321, size)).length).toBeLessThanOrEqual(9);
    }
  });
});
