import { CloudError } from '../cloud-error';
import type { Condition } from './condition';
import { isOperators } from './condition';
import type { Json } from './ejson';
import { isJsonObject } from './ejson';
import { CompiledPattern } from './pattern/pattern';
import { decodeQuery } from './query-decode';
import { failed, read, write } from './update-path';
import type { Fields, Value } from './value';

/**
 * The fields that an upsert takes from its query where no document matches: those that must be equal to one value, also within `$and`,
 * and within an `$or`, `$in` or `$all` of one.
 *
 * @param now what a server date stands for, in milliseconds since 1970
 * @throws CloudError when the query names a path twice, or one within another
 * @see https://www.mongodb.com/docs/manual/reference/method/db.collection.updateOne/#upsert-with-unique-index
 */
export function fieldsOfQuery(json: Json, now: number): Fields {
  if (!isJsonObject(json)) throw new CloudError('INVALID_PARAM', 'query must be an object');
  const fields: Fields = {};
  for (const [path, value] of equalities(decodeQuery(json, now))) {
    if (read(fields, path) !== undefined)
      throw failed(`cannot infer query fields to set, path '${path}' is matched twice`);
    write(fields, path, value);
  }
  return fields;
}

function equalities(condition: Condition): [string, Value][] {
  return Object.entries(condition).flatMap(([key, inner]) => {
    // `decodeQuery` made the lists of queries just above.
    if (key === '$and') return (inner as Condition[]).flatMap(equalities);
    if (key === '$or') return onlyOne(inner).flatMap((only) => equalities(only as Condition));
    if (key.startsWith('$')) return [];
    return wantedOf(inner).map((value): [string, Value] => [key, value]);
  });
}

function wantedOf(inner: unknown): Value[] {
  const wanted = isOperators(inner)
    ? ['$eq', '$in', '$all'].flatMap((operator) => {
        if (!Object.hasOwn(inner, operator)) return [];
        return operator === '$eq' ? [inner[operator]] : onlyOne(inner[operator]);
      })
    : [inner];
  // What is neither an expression nor operators was decoded as a value.
  return wanted.filter((value) => !(value instanceof CompiledPattern) && !isOperators(value)) as Value[];
}

function onlyOne(list: unknown): unknown[] {
  return Array.isArray(list) && list.length === 1 ? list : [];
}
