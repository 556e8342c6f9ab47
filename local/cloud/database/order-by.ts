import { CloudError, unsupported } from '../cloud-error';
import type { Json } from './ejson';
import { checkFieldName, decodeValue, isJsonObject } from './ejson';
import { keyTuples, MISSING } from './index-keys';
import type { Fields } from './value';

/** Sort keys in order, each 1 (ascending) or -1. */
export type Order = Readonly<Record<string, 1 | -1>>;

/** One document's keys in an order, a key per field. */
type Place = readonly string[];

/** An order as it is sorted by. */
export interface Ordering {
  /** @throws CloudError when fields of the order lie in different arrays, as MongoDB does */
  readonly placeOf: (document: Fields) => Place;
  readonly compare: (a: Place, b: Place) => number;
}

/** As in MongoDB. */
const MAX_FIELDS = 32;

/** Checks a sort order. */
export function decodeOrder(json: Json): Order {
  if (!isJsonObject(json)) throw new CloudError('INVALID_PARAM', 'order must be an object');
  if (Object.keys(json).length > MAX_FIELDS) {
    throw new CloudError('INVALID_PARAM', `an order takes at most ${String(MAX_FIELDS)} fields`);
  }
  const order: Record<string, 1 | -1> = {};
  for (const [path, inner] of Object.entries(json)) {
    checkFieldName(path);
    const operator = isJsonObject(inner) ? Object.keys(inner).find(isOperator) : undefined;
    if (operator !== undefined) throw unsupported(`the operator ${operator} in an order`);
    const direction = decodeValue(inner, 0);
    if (direction !== 1 && direction !== -1) throw new CloudError('INVALID_PARAM', 'malformed order');
    order[path] = direction;
  }
  return order;
}

/**
 * Sorts as MongoDB does: all types in one order, a missing field as null, an array by its least element where the order ascends and by
 * its greatest where it descends, an empty array before null.
 *
 * @see https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/
 */
export function orderingOf(order: Order): Ordering {
  const [paths, directions] = [Object.keys(order), Object.values(order)];
  const compare = (a: Place, b: Place): number => {
    for (const [at, direction] of directions.entries()) {
      const [left, right] = [a[at] ?? '', b[at] ?? ''];
      if (left !== right) return left < right ? -direction : direction;
    }
    return 0;
  };
  return {
    compare,
    placeOf(document) {
      const tuples = keyTuples(paths, document, 'cannot sort with keys that are parallel arrays');
      const [first = [], ...others] = tuples.map((tuple) => tuple.map((key) => key ?? MISSING));
      return others.reduce((best, place) => (compare(place, best) < 0 ? place : best), first);
    },
  };
}

function isOperator(key: string): boolean {
  return key.startsWith('$') && !key.startsWith('$number');
}
