/** Neighbouring leaves, from the first inclusive to the last exclusive. */
export interface LeafRange {
  readonly from: number;
  readonly to: number;
}

/** A complete subtree: `index` counts those of its level from the left; at level 0 they are the leaves. */
export interface Subtree {
  readonly level: number;
  readonly index: number;
}

/** The largest power of two below a number above one. */
const splitOf = (count: number): number => {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
};

/** Whether a number is a size that a tree may have, or the position of a leaf. */
const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

/**
 * The complete subtrees that a range falls into, the largest first. The range must be one that this file makes: it begins where
 * its largest subtree may begin.
 */
export const subtreesOf = ({ from, to }: LeafRange): readonly Subtree[] => {
  const found: Subtree[] = [];
  for (let at = from; at < to;) {
    let [level, width] = [0, 1];
    while (at % (width * 2) === 0 && at + width * 2 <= to) [level, width] = [level + 1, width * 2];
    found.push({ level, index: at / width });
    at += width;
  }
  return found;
};

const pathTo = (leaf: number, { from, to }: LeafRange): readonly LeafRange[] => {
  if (to - from === 1) return [];
  const middle = from + splitOf(to - from);
  const [left, right] = [
    { from, to: middle },
    { from: middle, to },
  ];
  return leaf < middle ? [...pathTo(leaf, left), right] : [...pathTo(leaf, right), left];
};

/**
 * What an inclusion proof is made of, from the leaf upwards (RFC 9162, section 2.1.3.1).
 * @throws RangeError where there is no such leaf in a tree of that size
 */
export const inclusionRanges = (leaf: number, size: number): readonly LeafRange[] => {
  if (!isCount(leaf) || !isCount(size) || leaf >= size) throw new RangeError('no such leaf in a tree of that size');
  return pathTo(leaf, { from: 0, to: size });
};

/** SUBPROOF of RFC 9162, section 2.1.4.1. @param isWhole whether the older tree is all of what is looked at, so that its hash is known */
const subproof = (older: number, { from, to }: LeafRange, isWhole: boolean): readonly LeafRange[] => {
  if (older === to - from) return isWhole ? [] : [{ from, to }];
  const middle = from + splitOf(to - from);
  const [left, right] = [
    { from, to: middle },
    { from: middle, to },
  ];
  return older <= middle - from
    ? [...subproof(older, left, isWhole), right]
    : [...subproof(older - (middle - from), right, false), left];
};

/**
 * What a consistency proof is made of (RFC 9162, section 2.1.4.1); nothing where the two sizes are one.
 * @throws RangeError where the older tree is empty or the larger one
 */
export const consistencyRanges = (older: number, newer: number): readonly LeafRange[] => {
  if (!isCount(older) || !isCount(newer) || older === 0 || older > newer) throw new RangeError('no two such trees');
  return subproof(older, { from: 0, to: newer }, true);
};
