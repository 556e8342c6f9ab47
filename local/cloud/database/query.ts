import { CloudError } from '../cloud-error';
import type { Condition } from './condition';
import { compileCondition } from './condition';
import type { Json } from './ejson';
import { isJsonObject } from './ejson';
import { testExpression } from './expression-context';
import { decodeQuery } from './query-decode';
import type { Document } from './value';

/** A scalar that an equality may look up in an index. */
export type Scalar = string | number | boolean | Date;

/** A checked query: a test, and the equalities that every match must satisfy. */
export interface Filter {
  matches(document: Document): boolean;
  /** Field path to the only scalar it may equal; a superset of the matches can be looked up by them. */
  readonly equalities: ReadonlyMap<string, Scalar>;
  /** Field paths whose value every match compares by order with one that is not null, so null and missing match none. */
  readonly compared: ReadonlySet<string>;
  /** The `_id`s that `$in` allows, when the query names them so. */
  readonly ids: readonly Scalar[] | undefined;
  readonly isEmpty: boolean;
}

const ORDERED = ['$gt', '$gte', '$lt', '$lte'];

/**
 * Checks a query operator by operator and compiles it. See `query-decode.ts` for what it may hold.
 *
 * @param now what a server date stands for, in milliseconds since 1970
 */
export function compileFilter(json: Json, now: number): Filter {
  if (!isJsonObject(json)) throw new CloudError('INVALID_PARAM', 'query must be an object');
  const condition = decodeQuery(json, now);
  const equalities = new Map<string, Scalar>();
  const compared = new Set<string>();
  for (const part of conjuncts(condition)) collect(part, equalities, compared);
  return {
    matches: compileCondition(condition, testExpression),
    equalities,
    compared,
    ids: idsOf(condition['_id']),
    isEmpty: Object.keys(condition).length === 0,
  };
}

/** A condition and those that stand beside it in `$and`: every match satisfies them all. */
function conjuncts(condition: Condition): Condition[] {
  const beside = condition['$and'];
  // The members are the queries that decodeQuery made just above.
  return [condition, ...(Array.isArray(beside) ? (beside as Condition[]).flatMap(conjuncts) : [])];
}

function collect(condition: Condition, equalities: Map<string, Scalar>, compared: Set<string>): void {
  for (const [key, inner] of Object.entries(condition)) {
    if (key.startsWith('$')) continue;
    const scalar = isScalar(inner) ? inner : operandOf(inner, '$eq');
    if (isScalar(scalar)) equalities.set(key, scalar);
    if (ORDERED.some((operator) => isScalar(operandOf(inner, operator)))) compared.add(key);
  }
}

function idsOf(condition: unknown): readonly Scalar[] | undefined {
  const ids = operandOf(condition, '$in');
  return Array.isArray(ids) && ids.every(isScalar) ? ids : undefined;
}

function operandOf(condition: unknown, operator: string): unknown {
  return typeof condition === 'object' && condition !== null && Object.hasOwn(condition, operator)
    ? Object.entries(condition).find(([key]) => key === operator)?.[1]
    : undefined;
}

function isScalar(value: unknown): value is Scalar {
  return ['string', 'number', 'boolean'].includes(typeof value) || value instanceof Date;
}
