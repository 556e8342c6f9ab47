import { compareValues } from './order';
import type { Fields, Value } from './value';
import { isFields } from './value';

/** Sort keys in order, each 1 (ascending) or -1. */
export type Order = Readonly<Record<string, 1 | -1>>;

/**
 * Compares documents as MongoDB sorts them: all types in one order, a missing field as null, an array by its least element where the
 * order ascends and by its greatest where it descends, an empty array before null.
 *
 * @see https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/
 */
export function compareByOrder(order: Order): (a: Fields, b: Fields) => number {
  const keys = Object.entries(order).map(([path, direction]) => ({ path: path.split('.'), direction }));
  return (a, b) => {
    for (const { path, direction } of keys) {
      const compared = direction * compareValues(sortKey(a, path, direction), sortKey(b, path, direction));
      if (compared !== 0) return compared;
    }
    return 0;
  };
}

function sortKey(document: Fields, path: readonly string[], direction: 1 | -1): Value | undefined {
  const keys = keysAt(document, path);
  return keys.reduce((best, key) => (direction * compareValues(key, best) < 0 ? key : best), keys[0]);
}

/** Nothing stands for an empty array, which comes before null. */
function keysAt(value: Value | undefined, path: readonly string[]): (Value | undefined)[] {
  const [name, ...rest] = path;
  if (name === undefined) {
    if (!Array.isArray(value)) return [value ?? null];
    return value.length === 0 ? [undefined] : value;
  }
  if (Array.isArray(value)) {
    if (/^\d+$/.test(name) && Number(name) < value.length) return keysAt(value[Number(name)], rest);
    return value.length === 0 ? [null] : value.flatMap((item) => (isFields(item) ? keysAt(item, path) : [null]));
  }
  return keysAt(isFields(value) && Object.hasOwn(value, name) ? value[name] : undefined, rest);
}
