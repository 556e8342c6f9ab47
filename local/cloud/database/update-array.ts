import { CloudError, unsupported } from '../cloud-error';
import type { Json, JsonObject } from './ejson';
import { checkFieldName, decodeValue, isJsonObject } from './ejson';
import { compareValues } from './order';
import { compilePull } from './pull';
import { failed, peek } from './update-path';
import type { Value } from './value';
import { isFields, typeName } from './value';
import { ValueSet } from './value-set';

/** Gives an array as it will be; where there is none yet, `undefined` comes in. `undefined` is given where nothing changes. */
export type ArrayChange = (list: readonly Value[] | undefined) => Value[] | undefined;

type Decode = (json: Json, now: number) => ArrayChange;

/** The operators that change an array in its place, with how each is checked. */
export const arrayOperators: Readonly<Record<string, Decode>> = {
  $push: decodePush,
  $addToSet: (json, now) => {
    const added = eachOf(json, '$addToSet', now) ?? [decodeValue(json, now)];
    return (list) => {
      const set = new ValueSet(list ?? []);
      return [...(list ?? []), ...added.filter((value) => set.add(value))];
    };
  },
  $pullAll: (json, now) => {
    const values = new ValueSet(array(decodeValue(json, now), '$pullAll'));
    return (list) => list?.filter((item) => !values.has(item));
  },
  $pull: (json, now) => {
    const isTaken = compilePull(json, now);
    return (list) => list?.filter((item) => !isTaken(item));
  },
  $pop: (json, now) => {
    const end = decodeValue(json, now);
    if (end !== 1 && end !== -1) throw new CloudError('INVALID_PARAM', '$pop takes 1 or -1');
    return (list) => (end === 1 ? list?.slice(0, -1) : list?.slice(1));
  },
};

function decodePush(json: Json, now: number): ArrayChange {
  const added = eachOf(json, '$push', now);
  if (added === undefined || !isJsonObject(json)) {
    const value = decodeValue(json, now);
    return (list) => [...(list ?? []), value];
  }
  const position = wholeNumber(json, '$position', now) ?? Infinity;
  const slice = wholeNumber(json, '$slice', now);
  const compare = json['$sort'] === undefined ? undefined : decodeSort(json['$sort'], now);
  return (list = []) => {
    // A position before the beginning is the beginning, and one behind the end is the end.
    const all = [...list.slice(0, position), ...added, ...list.slice(position)];
    if (compare !== undefined) all.sort(compare);
    if (slice === undefined) return all;
    return slice < 0 ? all.slice(slice) : all.slice(0, slice);
  };
}

/** The values of `$each`, with nothing beside it that the operator does not take. */
function eachOf(json: Json, operator: '$push' | '$addToSet', now: number): Value[] | undefined {
  if (!isJsonObject(json) || !Object.hasOwn(json, '$each')) return undefined;
  const allowed = operator === '$push' ? ['$each', '$position', '$slice', '$sort'] : ['$each'];
  const other = Object.keys(json).find((key) => !allowed.includes(key));
  if (other !== undefined) throw unsupported(`the modifier ${other.slice(0, 40)} of ${operator}`);
  return array(decodeValue(json['$each'] ?? null, now), '$each');
}

/** By the elements themselves, or by fields of theirs; an element without such a field counts as null. */
function decodeSort(json: Json, now: number): (a: Value, b: Value) => number {
  if (!isJsonObject(json) || Object.keys(json).some((name) => name.startsWith('$'))) {
    const sign = direction(decodeValue(json, now));
    return (a, b) => sign * compareValues(a, b);
  }
  const keys = Object.entries(json).map(([path, inner]) => {
    checkFieldName(path);
    return { path, sign: direction(decodeValue(inner, now)) };
  });
  if (keys.length === 0) throw failed('$sort takes 1, -1 or fields');
  const at = (value: Value, path: string) => (isFields(value) ? (peek(value, path) ?? null) : null);
  return (a, b) => {
    for (const { path, sign } of keys) {
      const order = sign * compareValues(at(a, path), at(b, path));
      if (order !== 0) return order;
    }
    return 0;
  };
}

function direction(value: Value): 1 | -1 {
  if (value === 1 || value === -1) return value;
  throw failed('$sort takes 1 or -1');
}

function wholeNumber(json: JsonObject, key: string, now: number): number | undefined {
  const inner = json[key];
  if (inner === undefined) return undefined;
  const value = decodeValue(inner, now);
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw failed(`${key} takes a whole number, found ${typeName(value)}`);
}

function array(value: Value, operator: string): Value[] {
  if (!Array.isArray(value)) throw failed(`${operator} takes an array, found ${typeName(value)}`);
  return value;
}
