import type { KeyRange, KeySet } from './bounds';
import { holds, intersect, isPoint } from './bounds';
import type { Order } from './order-by';
import { MISSING } from './index-keys';
import { ABOVE } from './key-encoding';
import type { Filter } from './query';
import type { StoredIndex } from './stored-index';

/** How an index finds what may match a query. */
export interface Plan {
  readonly index: StoredIndex;
  /** Ranges of the index's keys that do not meet, in the order in which they are to be read. */
  readonly ranges: readonly KeyRange[];
  /** In which direction the index gives the order that was asked for; nothing where it does not give it. */
  readonly direction: 1 | -1 | undefined;
  /** Whether the query bounds what is read. */
  readonly isBounded: boolean;
}

/** How many ranges are looked up for one query at the most. */
const MAX_RANGES = 1000;

/** What the leading fields of an index may be. */
interface Reach {
  readonly ranges: readonly KeyRange[];
  /** The fields that have one value throughout. */
  readonly constant: ReadonlySet<string>;
  readonly isExact: boolean;
  /** How much the query bounds; a guess. */
  readonly weight: number;
}

/**
 * The index that serves a query best: by equalities with its leading fields and then one range, or at least by its order. What it finds
 * are all matches and more. None where nothing serves.
 *
 * @param order by insertion where it has no fields
 */
export function planOf(indexes: readonly StoredIndex[], filter: Filter, order: Order): Plan | undefined {
  const plans = indexes.flatMap((index) => {
    if (index.sparse && !excludesMissing(index, filter)) return [];
    const reach = reachOf(index, filter);
    const direction = directionOf(index, reach, order);
    if (reach.weight === 0 && direction === undefined) return [];
    const ranges = direction === -1 ? [...reach.ranges].reverse() : reach.ranges;
    const rank = reach.weight * 4 + (direction === undefined ? 0 : 2) + (index.unique ? 1 : 0);
    return [
      { index, ranges, direction, isBounded: reach.weight > 0, rank: reach.isExact && index.unique ? 1e6 : rank },
    ];
  });
  return plans.sort((a, b) => b.rank - a.rank || a.ranges.length - b.ranges.length)[0];
}

/** Whether what a query matches has a field of the index, so that a sparse index does not leave it out. */
function excludesMissing(index: StoredIndex, filter: Filter): boolean {
  return index.paths.some((path) => filter.bounds.get(path)?.some((set) => !holds(set, MISSING)) === true);
}

function reachOf(index: StoredIndex, filter: Filter): Reach {
  let prefixes = [''];
  let weight = 0;
  const constant = new Set<string>();
  const roots = new Set<string>();
  for (const path of index.paths) {
    const set = setOf(index, filter, path);
    const root = path.split('.', 1)[0] ?? path;
    // Two fields of the elements of one array can be as asked in different elements, which have different keys.
    if (set === undefined || (index.isMultikey && roots.has(root))) {
      return { ranges: appended(prefixes, ANY), constant, isExact: false, weight };
    }
    roots.add(root);
    weight += weightOf(set);
    const isTooMany = prefixes.length * set.length > MAX_RANGES;
    if (isTooMany || !set.every(isPoint)) {
      return { ranges: appended(prefixes, isTooMany ? hull(set) : set), constant, isExact: false, weight };
    }
    if (set.length === 1) constant.add(path);
    prefixes = prefixes.flatMap((prefix) => set.map(({ from }) => prefix + from));
  }
  return { ranges: appended(prefixes, ANY), constant, isExact: true, weight };
}

const ANY: KeySet = [{ from: '', to: ABOVE }];

/**
 * What a query says of one field. The elements of an array can satisfy one condition each, so where there may be arrays only one of the
 * conditions can be asked of a key.
 */
function setOf(index: StoredIndex, filter: Filter, path: string): KeySet | undefined {
  const sets = filter.bounds.get(path) ?? [];
  if (!index.isMultikey) return sets.length === 0 ? undefined : sets.reduce(intersect);
  return [...sets].sort((a, b) => weightOf(b) - weightOf(a) || a.length - b.length)[0];
}

/** Equality counts more than a range, and null, which a missing field is too, less than other values. */
function weightOf(set: KeySet): number {
  if (set.every(isPoint)) return holds(set, MISSING) ? 3 : 4;
  return set.every(({ from, to }) => from.length > 1 && to.length > 1) ? 2 : 1;
}

/** One range over all of a set. */
function hull(set: KeySet): KeySet {
  return [{ from: set[0]?.from ?? '', to: set.at(-1)?.to ?? ABOVE }];
}

function appended(prefixes: readonly string[], set: KeySet): KeyRange[] {
  return prefixes.flatMap((prefix) => set.map(({ from, to }) => ({ from: prefix + from, to: prefix + to })));
}

/** Documents of one key lie in the order of their insertion, and so do those that an order does not tell apart. */
function directionOf(index: StoredIndex, reach: Reach, order: Order): 1 | -1 | undefined {
  const fields = Object.keys(order);
  if (index.isMultikey) return fields.length === 0 && reach.isExact && reach.ranges.length === 1 ? 1 : undefined;
  const wanted = fields.filter((path) => !reach.constant.has(path));
  const given = index.paths.filter((path) => !reach.constant.has(path));
  if (wanted.length !== given.length || wanted.some((path, at) => path !== given[at])) return undefined;
  const direction = order[wanted[0] ?? ''] ?? 1;
  return wanted.every((path) => order[path] === direction) ? direction : undefined;
}
