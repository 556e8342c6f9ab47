import { CloudError, unsupported } from '../cloud-error';
import { decodeAccumulators } from './accumulators';
import { decodeValue, isJsonObject, type Json } from './ejson';
import { decodeExpression, NO_BRANCH } from './expression';
import { typeName } from './value';

const FIELDS = new Set(['groupBy', 'boundaries', 'default', 'output']);

/**
 * `$bucket` as the stages that MongoDB makes of it: the library's own puts a value that is a boundary into the bucket below.
 *
 * @param now what a server date stands for, in milliseconds since 1970
 * @throws CloudError when the boundaries are not two or more values of one type in ascending order
 */
export function bucketStages(json: Json, now: number): Record<string, unknown>[] {
  if (!isJsonObject(json)) throw malformed('an object');
  const unknown = Object.keys(json).find((name) => !FIELDS.has(name));
  if (unknown !== undefined) throw unsupported(`${unknown.slice(0, 40)} of $bucket`);
  const { groupBy, boundaries, output = { count: { $sum: 1 } } } = json;
  if (groupBy === undefined || !Array.isArray(boundaries) || boundaries.length < 2 || !isJsonObject(output)) {
    throw malformed('groupBy and two or more boundaries');
  }
  const value = decodeExpression(groupBy, now);
  const limits = boundaries.map((boundary) => decodeValue(boundary, now));
  const branches = limits.slice(1).map((to, at) => {
    const from = limits[at] ?? null;
    if (typeName(from) !== typeName(to) || !isBelow(from, to))
      throw malformed('boundaries of one type in ascending order');
    const [least, beyond] = [{ $literal: from }, { $literal: to }];
    return { case: { $and: [{ $isNotBelow: [value, least] }, { $isBelow: [value, beyond] }] }, then: least };
  });
  const beyondAll = json['default'] === undefined ? NO_BRANCH : { $literal: decodeValue(json['default'], now) };
  return [
    { $group: { _id: { $switch: { branches, default: beyondAll } }, ...decodeAccumulators(output, now) } },
    { $sorting: { _id: 1 } },
  ];
}

function isBelow(a: unknown, b: unknown): boolean {
  return a instanceof Date && b instanceof Date
    ? a < b
    : (typeof a === 'number' && typeof b === 'number' && a < b) ||
        (typeof a === 'string' && typeof b === 'string' && a < b);
}

function malformed(expected: string): CloudError {
  return new CloudError('INVALID_PARAM', `$bucket takes ${expected}`);
}
