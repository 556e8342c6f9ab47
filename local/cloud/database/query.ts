import { Query } from 'mingo';
import { CloudError, unsupported } from '../cloud-error';
import type { Json, JsonObject } from './ejson';
import { checkFieldName, decodeFields, decodeValue, isJsonObject, typeKey } from './ejson';
import { decodeExpression } from './expression';
import type { Document, Value } from './value';

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
  /** Whether it asks for one `_id` and nothing else. */
  readonly isById: boolean;
}

type Condition = Record<string, unknown>;

const COMPARISONS = new Set(['$eq', '$ne', '$gt', '$gte', '$lt', '$lte']);
const ORDERED = ['$gt', '$gte', '$lt', '$lte'];
const LISTS = new Set(['$in', '$nin', '$all']);
const LOGICAL = new Set(['$and', '$or', '$nor']);

/**
 * Checks a query operator by operator and compiles it. Nothing that is not on the lists of this file reaches the matcher.
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
    matches: matcherOf(condition),
    equalities,
    compared,
    ids: idsOf(condition['_id']),
    isEmpty: Object.keys(condition).length === 0,
    isById: Object.keys(condition).length === 1 && isScalar(condition['_id']),
  };
}

/** Most queries only ask whether fields equal texts, numbers or flags; those need no general matcher. */
function matcherOf(condition: Condition): Filter['matches'] {
  const entries = Object.entries(condition);
  const isPlain = entries.every(
    ([path, value]) => !path.includes('.') && !path.startsWith('$') && isScalar(value) && !(value instanceof Date),
  );
  let query = isPlain ? undefined : new Query(condition);
  return (document) => {
    if (query !== undefined) return query.test(document);
    for (const [path, value] of entries) {
      const found = Object.hasOwn(document, path) ? document[path] : undefined;
      // An array also equals what one of its elements is.
      if (Array.isArray(found)) return (query ??= new Query(condition)).test(document);
      if (found !== value) return false;
    }
    return true;
  };
}

/** Decodes a condition of `$pull`: a query, an operator object or a plain value. */
export function decodePullCondition(json: Json, now: number): unknown {
  if (isOperatorObject(json)) return decodeOperators(json, now);
  if (isJsonObject(json) && typeKey(json) === undefined) return decodeQuery(json, now);
  return decodeOperand(json, now);
}

/** Checks and decodes a query, as the matcher takes it. */
export function decodeQuery(json: JsonObject, now: number): Condition {
  const condition: Condition = {};
  for (const [key, inner] of Object.entries(json)) {
    if (LOGICAL.has(key)) {
      condition[key] = nonEmptyList(inner, key).map((item) => {
        if (!isJsonObject(item)) throw new CloudError('INVALID_PARAM', `${key} takes an array of queries`);
        return decodeQuery(item, now);
      });
    } else if (key === '$expr') {
      condition[key] = decodeExpression(inner, now);
    } else if (key.startsWith('$')) {
      throw unsupported(`the query operator ${key}`);
    } else {
      checkFieldName(key);
      condition[key] = isOperatorObject(inner) ? decodeOperators(inner, now) : decodeOperand(inner, now);
    }
  }
  return condition;
}

/** An object of operators such as `{"$gt":1}`, told from a typed value such as `{"$numberInt":"1"}`. */
function isOperatorObject(json: Json): json is JsonObject {
  return isJsonObject(json) && Object.keys(json).some((key) => key.startsWith('$')) && !isTypedValue(json);
}

function isTypedValue(json: JsonObject): boolean {
  const key = typeKey(json);
  return key !== undefined && VALUE_TYPES.has(key);
}

const VALUE_TYPES = new Set([
  '$numberInt',
  '$numberLong',
  '$numberDouble',
  '$date',
  '$tcb_server_date',
  '$regularExpression',
]);

function decodeOperators(json: JsonObject, now: number): Condition {
  const operators: Condition = {};
  for (const [operator, operand] of Object.entries(json)) {
    if (operator === '$options') continue;
    operators[operator] = decodeOperator(operator, operand, json, now);
  }
  return operators;
}

function decodeOperator(operator: string, operand: Json, whole: JsonObject, now: number): unknown {
  if (COMPARISONS.has(operator)) return decodeValue(operand, now);
  if (LISTS.has(operator)) return list(operand, operator).map((item) => decodeOperand(item, now));
  switch (operator) {
    case '$exists':
      return truth(decodeValue(operand, now));
    case '$size':
      return decodeValue(operand, now);
    case '$mod':
      return list(operand, operator).map((item) => decodeValue(item, now));
    case '$not':
      return isOperatorObject(operand) ? decodeOperators(operand, now) : regularExpression(operand);
    case '$elemMatch':
      return elementCondition(operand, now);
    case '$regex':
      return regularExpression(operand, whole['$options']);
    default:
      throw unsupported(`the query operator ${operator}`);
  }
}

function elementCondition(json: Json, now: number): unknown {
  if (isOperatorObject(json) && !Object.keys(json).some((key) => LOGICAL.has(key))) return decodeOperators(json, now);
  if (!isJsonObject(json)) throw new CloudError('INVALID_PARAM', '$elemMatch takes an object');
  return decodeQuery(json, now);
}

/** A value to compare with, or a regular expression that a string must match. */
function decodeOperand(json: Json, now: number): unknown {
  if (isJsonObject(json) && typeKey(json) === '$regularExpression') return regularExpression(json);
  // A nested object in a query is compared whole, so it is decoded as a stored one would be.
  return isJsonObject(json) && typeKey(json) === undefined ? decodeFields(json, now) : decodeValue(json, now);
}

function regularExpression(json: Json, options?: Json): RegExp {
  const typed = isJsonObject(json) ? json['$regularExpression'] : undefined;
  const pattern = isJsonObject(typed) ? typed['pattern'] : json;
  const flags = (isJsonObject(typed) ? typed['options'] : options) ?? '';
  if (typeof pattern !== 'string' || typeof flags !== 'string') {
    throw new CloudError('INVALID_PARAM', 'malformed regular expression');
  }
  if (/[^ims]/.test(flags)) throw unsupported(`the regular expression flag in "${flags.slice(0, 10)}"`);
  try {
    return new RegExp(pattern, flags);
  } catch {
    throw new CloudError('INVALID_PARAM', 'malformed regular expression');
  }
}

function list(json: Json, operator: string): Json[] {
  if (!Array.isArray(json)) throw new CloudError('INVALID_PARAM', `${operator} takes an array`);
  return json;
}

function nonEmptyList(json: Json, operator: string): Json[] {
  const items = list(json, operator);
  if (items.length === 0) throw new CloudError('INVALID_PARAM', `${operator} takes a nonempty array`);
  return items;
}

function truth(value: Value): boolean {
  return value !== false && value !== 0 && value !== null;
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
