import fc from 'fast-check';
import {
  appendLeaves,
  consistencyRanges,
  createProof,
  emptyFrontier,
  inclusionRanges,
  leafHash,
  rootOf,
  subtreeCount,
  verifyConsistency,
  verifyInclusion,
  type LeafRange,
  type MerkleHash,
} from '../../../protocol';
import { definedRoot, hashOf, leavesOf, sha256, sizes, toHex, turned } from './trees';

const MAX = 600;
const all = leavesOf(MAX);
const rootAt = (size: number): MerkleHash => rootOf(sha256, appendLeaves(sha256, emptyFrontier, all.slice(0, size)));

/** A proof out of the leaves themselves. */
const prove = (ranges: readonly LeafRange[], leaves: readonly MerkleHash[] = all): readonly MerkleHash[] =>
  createProof(sha256, ranges, ({ level, index }) =>
    hashOf(toHex(definedRoot(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)))),
  ) ?? [];

describe('the known tree of eight leaves', () => {
  // The test tree of Certificate Transparency: github.com/google/certificate-transparency, cpp/merkletree/merkle_tree_test.cc
  const contents = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
  const leaves = contents.map((content) => leafHash(sha256, Buffer.from(content, 'hex')));
  const roots = [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ];

  it.each(roots.map((root, size) => [size, root] as const))('has at %i leaves the root %s', (size, root) => {
    expect(toHex(rootOf(sha256, appendLeaves(sha256, emptyFrontier, leaves.slice(0, size))))).toBe(root);
  });

  // The same repository's paths, leaf counted from 0.
  it.each([
    [0, 1, []],
    [
      0,
      8,
      [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    ],
    [
      5,
      8,
      [
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    ],
    [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
  ])('has for leaf %i of %i the known path', (leaf, size, path) => {
    expect(prove(inclusionRanges(leaf, size), leaves).map(toHex)).toEqual(path);
  });

  it.each([
    [1, 1, []],
    [
      1,
      8,
      [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    ],
    [
      6,
      8,
      [
        '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    ],
    [
      2,
      5,
      [
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      ],
    ],
  ])('has from %i to %i leaves the known consistency proof', (older, newer, proof) => {
    expect(prove(consistencyRanges(older, newer), leaves).map(toHex)).toEqual(proof);
  });
});

describe('a tree that grows', () => {
  it('has the root that is defined, however its leaves came', () => {
    fc.assert(
      fc.property(sizes(MAX), fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 6 }), (size, steps) => {
        let frontier = emptyFrontier;
        for (const step of [...steps, MAX]) {
          frontier = appendLeaves(sha256, frontier, all.slice(frontier.size, Math.min(size, frontier.size + step)));
          expect(frontier.hashes).toHaveLength(subtreeCount(frontier.size));
        }
        expect(frontier.size).toBe(size);
        expect(toHex(rootOf(sha256, frontier))).toBe(toHex(definedRoot(all.slice(0, size))));
      }),
    );
  });

  it('does not grow from a frontier that is not its own', () => {
    expect(() => appendLeaves(sha256, { size: 3, hashes: [] }, all.slice(0, 1))).toThrow(RangeError);
  });
});

const leafAndSize = sizes(MAX).chain((size) => fc.tuple(fc.nat({ max: size - 1 }), fc.constant(size)));
const twoSizes = sizes(MAX).chain((newer) => fc.tuple(fc.integer({ min: 1, max: newer }), fc.constant(newer)));

const exceptAt = <Item>(items: readonly Item[], at: number, ...instead: readonly Item[]): readonly Item[] => [
  ...items.slice(0, at),
  ...instead,
  ...items.slice(at + 1),
];

describe('an inclusion proof', () => {
  it('verifies for every leaf of every tree up to forty', () => {
    for (let size = 1; size <= 40; size += 1) {
      for (let leaf = 0; leaf < size; leaf += 1) {
        const claim = { leaf, size, hash: all[leaf] ?? rootAt(1), root: rootAt(size) };
        expect(verifyInclusion(sha256, claim, prove(inclusionRanges(leaf, size)))).toBe(true);
      }
    }
  });

  it('verifies for any leaf, and fails with anything else in its place', () => {
    fc.assert(
      fc.property(leafAndSize, fc.nat({ max: 255 }), fc.nat(), (of, bit, which) => {
        const [leaf, size] = of;
        const proof = prove(inclusionRanges(leaf, size));
        const claim = { leaf, size, hash: all[leaf] ?? rootAt(1), root: rootAt(size) };
        const verify = (changes: Partial<typeof claim>, path = proof): boolean =>
          verifyInclusion(sha256, { ...claim, ...changes }, path);
        expect(verify({})).toBe(true);

        expect(verify({ hash: turned(claim.hash, bit) })).toBe(false);
        expect(verify({ root: turned(claim.root, bit) })).toBe(false);
        expect(verify({}, [...proof, claim.root])).toBe(false);
        const other = which % size;
        expect(verify({ leaf: other })).toBe(other === leaf);
        for (const wrong of [-1, size, leaf + 0.5, Number.NaN]) expect(verify({ leaf: wrong })).toBe(false);
        const at = which % Math.max(1, proof.length);
        const sibling = proof[at];
        if (sibling === undefined) return;
        expect(verify({}, exceptAt(proof, at, turned(sibling, bit)))).toBe(false);
        expect(verify({}, exceptAt(proof, at))).toBe(false);
        expect(verify({}, exceptAt(proof, at, sibling, sibling))).toBe(false);
      }),
    );
  });

  it.each([
    [0, 0],
    [3, 3],
    [-1, 3],
    [0.5, 3],
    [0, 2 ** 53],
  ])('is not made for leaf %d of %d', (leaf, size) => {
    expect(() => inclusionRanges(leaf, size)).toThrow(RangeError);
  });
});

describe('a consistency proof', () => {
  const head = (size: number) => ({ size, root: rootAt(size) });

  it('verifies between all trees up to forty', () => {
    for (let newer = 1; newer <= 40; newer += 1) {
      for (let older = 1; older <= newer; older += 1) {
        const proof = prove(consistencyRanges(older, newer));
        expect(verifyConsistency(sha256, head(older), head(newer), proof)).toBe(true);
      }
    }
  });

  it('verifies between any two trees, and fails with anything else in its place', () => {
    fc.assert(
      fc.property(twoSizes, fc.nat({ max: 255 }), fc.nat(), ([older, newer], bit, which) => {
        const proof = prove(consistencyRanges(older, newer));
        const [before, after] = [head(older), head(newer)];
        expect(verifyConsistency(sha256, before, after, proof)).toBe(true);

        expect(verifyConsistency(sha256, { ...before, root: turned(before.root, bit) }, after, proof)).toBe(false);
        expect(verifyConsistency(sha256, before, { ...after, root: turned(after.root, bit) }, proof)).toBe(false);
        expect(verifyConsistency(sha256, before, after, [...proof, after.root])).toBe(false);
        if (older !== newer) expect(verifyConsistency(sha256, after, before, proof)).toBe(false);
        const at = which % Math.max(1, proof.length);
        const hash = proof[at];
        if (hash === undefined) return;
        expect(verifyConsistency(sha256, before, after, exceptAt(proof, at, turned(hash, bit)))).toBe(false);
        expect(verifyConsistency(sha256, before, after, exceptAt(proof, at))).toBe(false);
      }),
    );
  });

  it('does not verify where a leaf was exchanged, left out or moved', () => {
    fc.assert(
      fc.property(twoSizes, fc.nat(), ([older, newer], which) => {
        const at = which % older;
        const exchanged = exceptAt(all.slice(0, newer), at, rootAt(2));
        const root = hashOf(toHex(definedRoot(exchanged)));
        // The best that whoever exchanged it can offer: the proof of the changed tree.
        const proof = prove(consistencyRanges(older, newer), exchanged);
        expect(verifyConsistency(sha256, head(older), { size: newer, root }, proof)).toBe(false);
      }),
    );
  });

  it('of the empty tree is empty, and of one tree twice too', () => {
    const empty = { size: 0, root: rootAt(0) };
    expect(verifyConsistency(sha256, empty, head(5), [])).toBe(true);
    expect(verifyConsistency(sha256, empty, head(5), [rootAt(5)])).toBe(false);
    expect(verifyConsistency(sha256, head(5), head(5), [])).toBe(true);
    expect(verifyConsistency(sha256, head(5), { size: 5, root: rootAt(4) }, [])).toBe(false);
  });

  it.each([
    [0, 3],
    [4, 3],
    [1.5, 3],
    [-1, 3],
  ])('is not made from %d to %d', (older, newer) => {
    expect(() => consistencyRanges(older, newer)).toThrow(RangeError);
  });
});
