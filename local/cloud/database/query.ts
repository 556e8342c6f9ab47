import { CloudError } from '../cloud-error';
import type { Bounds } from './bounds';
import { boundsOf, conjuncts } from './bounds';
import { compileCondition } from './condition';
import type { Json } from './ejson';
import { isJsonObject } from './ejson';
import { testExpression } from './expression-context';
import { decodeQuery } from './query-decode';
import type { Document } from './value';

/** A value that is compared as one: neither null nor a list nor an object. */
export type Scalar = string | number | boolean | Date;

/** A checked query: a test, and what every match must satisfy. */
export interface Filter {
  matches(document: Document): boolean;
  /** Field path to the only scalar it may equal. */
  readonly equalities: ReadonlyMap<string, Scalar>;
  /** What the keys of every match are, so that an index can find a superset of the matches. */
  readonly bounds: Bounds;
  readonly isEmpty: boolean;
  /** Whether it asks for one `_id` and nothing else. */
  readonly isById: boolean;
}

/**
 * Checks a query operator by operator and compiles it. See `query-decode.ts` for what it may hold.
 *
 * @param now what a server date stands for, in milliseconds since 1970
 */
export function compileFilter(json: Json, now: number): Filter {
  if (!isJsonObject(json)) throw new CloudError('INVALID_PARAM', 'query must be an object');
  const condition = decodeQuery(json, now);
  const equalities = new Map<string, Scalar>();
  for (const part of conjuncts(condition)) collect(part, equalities);
  return {
    matches: compileCondition(condition, testExpression),
    equalities,
    bounds: boundsOf(condition),
    isEmpty: Object.keys(condition).length === 0,
    isById: Object.keys(condition).length === 1 && isScalar(condition['_id']),
  };
}

function collect(condition: Readonly<Record<string, unknown>>, equalities: Map<string, Scalar>): void {
  for (const [key, inner] of Object.entries(condition)) {
    if (key.startsWith('$')) continue;
    const scalar = isScalar(inner) ? inner : operandOf(inner, '$eq');
    if (isScalar(scalar)) equalities.set(key, scalar);
  }
}

function operandOf(condition: unknown, operator: string): unknown {
  return typeof condition === 'object' && condition !== null && Object.hasOwn(condition, operator)
    ? Object.entries(condition).find(([key]) => key === operator)?.[1]
    : undefined;
}

function isScalar(value: unknown): value is Scalar {
  return ['string', 'number', 'boolean'].includes(typeof value) || value instanceof Date;
}
