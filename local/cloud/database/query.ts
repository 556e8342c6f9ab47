import { CloudError } from '../cloud-error';
import type { Bounds } from './bounds';
import { boundsOf, conjuncts } from './bounds';
import type { Condition } from './condition';
import { compileCondition, isOperators } from './condition';
import type { Json } from './ejson';
import { isJsonObject } from './ejson';
import { testExpression } from './expression-context';
import { decodeQuery } from './query-decode';
import type { Document } from './value';

/** A value that is compared as one: neither null nor a list nor an object. */
type Scalar = string | number | boolean | Date;

/** A checked query: a test, and what every match must satisfy. */
export interface Filter {
  matches(document: Document): boolean;
  /** The only `_id` that a match can have. */
  readonly id: Scalar | undefined;
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
  return {
    matches: compileCondition(condition, testExpression),
    id: idOf(condition),
    bounds: boundsOf(condition),
    isEmpty: Object.keys(condition).length === 0,
    isById: Object.keys(condition).length === 1 && isScalar(condition['_id']),
  };
}

/** The last of the `_id`s that are asked for: what matches must have each of them. */
function idOf(condition: Condition): Scalar | undefined {
  const asked = conjuncts(condition).map(({ _id: inner }) => (isOperators(inner) ? inner['$eq'] : inner));
  return asked.filter(isScalar).at(-1);
}

function isScalar(value: unknown): value is Scalar {
  return ['string', 'number', 'boolean'].includes(typeof value) || value instanceof Date;
}
