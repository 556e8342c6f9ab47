import { ABOVE, encodeKey, hasOneKey, typeRange } from './key-encoding';

/** Keys from `from` inclusive to `to` exclusive. */
export interface KeyRange {
  readonly from: string;
  readonly to: string;
}

/** What a path's key may be: ranges that do not meet, in order. */
export type KeySet = readonly KeyRange[];

/** What every match has at a path: in each of the sets, one key at least. The matches may be fewer. */
export type Bounds = ReadonlyMap<string, readonly KeySet[]>;

/** Finds what a decoded condition, with all that stands beside it in `$and`, asks of the keys of its paths. */
export function boundsOf(condition: Readonly<Record<string, unknown>>): Bounds {
  const bounds = new Map<string, KeySet[]>();
  for (const part of conjuncts(condition)) {
    for (const [path, inner] of Object.entries(part)) {
      // The elements of an array have keys, and its positions have none.
      if (path.startsWith('$') || path.split('.').some((name) => /^\d+$/.test(name))) continue;
      const sets = hasOneKey(inner) ? [[point(inner)]] : operatorSets(inner);
      if (sets.length > 0) bounds.set(path, [...(bounds.get(path) ?? []), ...sets]);
    }
  }
  return bounds;
}

/** The keys that are in both. */
export function intersect(left: KeySet, right: KeySet): KeySet {
  return left.flatMap((a) =>
    right.flatMap((b) => {
      const [from, to] = [a.from > b.from ? a.from : b.from, a.to < b.to ? a.to : b.to];
      return from < to ? { from, to } : [];
    }),
  );
}

/** Whether a range holds nothing but one value's key. */
export function isPoint({ from, to }: KeyRange): boolean {
  return to === from + ABOVE;
}

/** Whether a key is one of the set. */
export function holds(set: KeySet, key: string): boolean {
  return set.some(({ from, to }) => from <= key && key < to);
}

/** A condition and those that stand beside it in `$and`: every match satisfies them all. */
export function conjuncts(condition: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>[] {
  const beside = condition['$and'];
  // The members are decoded queries as the condition itself is.
  return [condition, ...(Array.isArray(beside) ? (beside as Record<string, unknown>[]).flatMap(conjuncts) : [])];
}

function operatorSets(inner: unknown): KeySet[] {
  if (typeof inner !== 'object' || inner === null) return [];
  return Object.entries(inner).flatMap(([operator, operand]) => operatorSet(operator, operand));
}

function operatorSet(operator: string, operand: unknown): KeySet[] {
  switch (operator) {
    case '$in':
      return Array.isArray(operand) && operand.every(hasOneKey) ? [points(operand.map(encodeKey))] : [];
    case '$all':
      return Array.isArray(operand) ? operand.filter(hasOneKey).map((item) => [point(item)]) : [];
    case '$exists':
      return operand === false ? [[point(null)]] : [];
    default:
      return hasOneKey(operand) ? comparison(operator, encodeKey(operand)) : [];
  }
}

/** Values of other types are neither above nor below. */
function comparison(operator: string, key: string): KeySet[] {
  const { from, to } = typeRange(key);
  switch (operator) {
    case '$eq':
      return [points([key])];
    case '$gt':
      return [[{ from: key + ABOVE, to }]];
    case '$gte':
      return [[{ from: key, to }]];
    case '$lt':
      return [[{ from, to: key }]];
    case '$lte':
      return [[{ from, to: key + ABOVE }]];
    default:
      return [];
  }
}

function point(value: Parameters<typeof encodeKey>[0]): KeyRange {
  const from = encodeKey(value);
  return { from, to: from + ABOVE };
}

function points(keys: readonly string[]): KeySet {
  return [...new Set(keys)].sort((a, b) => (a < b ? -1 : 1)).map((from) => ({ from, to: from + ABOVE }));
}
