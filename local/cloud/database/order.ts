import type { Fields, Value } from './value';
import { isFields } from './value';

/** The place of each type in the order of BSON; a missing value has its place before all others. */
const RANKS = { missing: 0, null: 1, number: 2, string: 3, object: 4, array: 5, boolean: 6, date: 7 } as const;

/** A type that the order of BSON tells from others. */
export type TypeName = keyof typeof RANKS;

/** The type of a value as the order of BSON knows it. */
export function orderedType(value: Value | undefined): TypeName {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return 'date';
  return typeof value === 'object' ? 'object' : simpleType(value);
}

function simpleType(value: number | string | boolean): TypeName {
  if (typeof value === 'number') return 'number';
  return typeof value === 'string' ? 'string' : 'boolean';
}

/**
 * Below zero, zero or above it, as `a` comes before `b`, beside it or after it in the order of BSON, which is total over all types.
 * The order of an object's fields is left aside, as it is in `sameValue`: they are compared by name.
 *
 * @see https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/
 */
export function compareValues(a: Value | undefined, b: Value | undefined): number {
  const ranks = RANKS[orderedType(a)] - RANKS[orderedType(b)];
  if (ranks !== 0) return ranks;
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b);
  if (Array.isArray(a) && Array.isArray(b)) return compareLists(a, b);
  if (isFields(a) && isFields(b)) return compareFields(a, b);
  const difference = Number(a ?? 0) - Number(b ?? 0);
  // Two values beyond 2^1023 can differ by more than a number holds, which is still a difference.
  return difference === 0 ? 0 : Math.sign(difference);
}

/** Two texts by their code points, which is how their UTF-8 compares; `<` would compare halves of surrogate pairs. */
function compareTexts(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (left !== right) return codePointOrder(left) - codePointOrder(right);
  }
  return a.length - b.length;
}

/** Where the first differing halves of two texts are, a half of a pair is a code point above all others. */
function codePointOrder(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

function compareLists(a: readonly Value[], b: readonly Value[]): number {
  for (const [at, item] of a.entries()) {
    if (at >= b.length) break;
    const order = compareValues(item, b[at]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Type, then name, then value of one field after the other; then who has more fields. */
function compareFields(a: Fields, b: Fields): number {
  const [left, right] = [a, b].map((fields) => Object.keys(fields).sort(compareTexts));
  for (const [at, name] of (left ?? []).entries()) {
    const other = right?.[at];
    if (other === undefined) return 1;
    const order =
      RANKS[orderedType(a[name])] - RANKS[orderedType(b[other])] ||
      compareTexts(name, other) ||
      compareValues(a[name], b[other]);
    if (order !== 0) return order;
  }
  return (left?.length ?? 0) - (right?.length ?? 0);
}
