import { Query } from 'mingo';
import { CloudError, unsupported } from '../cloud-error';
import type { Bounds } from './bounds';
import { boundsOf, conjuncts } from './bounds';
import type { Json, JsonObject } from './ejson';
import { checkFieldName, decodeFields, decodeValue, isJsonObject, typeKey } from './ejson';
import { decodeExpression } from './expression';
import type { Document, Value } from './value';

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
}

type Condition = Record<string, unknown>;

const COMPARISONS = new Set(['$eq', '$ne', '$gt', '$gte', '$lt', '$lte']);
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
  const query = new Query(condition);
  const equalities = new Map<string, Scalar>();
  for (const part of conjuncts(condition)) collect(part, equalities);
  return {
    matches: (document) => query.test(document),
    equalities,
    bounds: boundsOf(condition),
    isEmpty: Object.keys(condition).length === 0,
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

function collect(condition: Condition, equalities: Map<string, Scalar>): void {
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
