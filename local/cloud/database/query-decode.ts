import { CloudError, unsupported } from '../cloud-error';
import type { Condition } from './condition';
import { LOGICAL } from './condition';
import type { Json, JsonObject } from './ejson';
import { checkFieldName, decodeFields, decodeValue, isJsonObject, typeKey } from './ejson';
import { decodeExpression } from './expression';
import type { TypeName } from './order';
import { compilePattern, type CompiledPattern } from './pattern/pattern';
import type { Value } from './value';

const COMPARISONS = new Set(['$eq', '$ne', '$gt', '$gte', '$lt', '$lte']);

const VALUE_TYPES = new Set([
  '$numberInt',
  '$numberLong',
  '$numberDouble',
  '$date',
  '$tcb_server_date',
  '$regularExpression',
]);

/** What `$type` calls the types that a value can have, by number and by name. */
const TYPES: ReadonlyMap<Value, TypeName> = new Map<Value, TypeName>([
  [2, 'string'],
  [3, 'object'],
  [4, 'array'],
  [8, 'boolean'],
  [9, 'date'],
  [10, 'null'],
  ['number', 'number'],
  ['string', 'string'],
  ['object', 'object'],
  ['array', 'array'],
  ['bool', 'boolean'],
  ['date', 'date'],
  ['null', 'null'],
]);

/**
 * Checks and decodes a query, as `compileCondition` takes it. Nothing that is not on the lists of this file gets through.
 *
 * @param now what a server date stands for, in milliseconds since 1970
 */
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
      condition[key] = decodeFieldCondition(inner, now);
    }
  }
  return condition;
}

/** Decodes what a field must be: operators, a regular expression or a value. */
export function decodeFieldCondition(json: Json, now: number): unknown {
  return isOperatorObject(json) ? decodeOperators(json, now) : decodeOperand(json, now);
}

/** Whether this is operators such as `{"$gt":1}`, told from a typed value such as `{"$numberInt":"1"}`. */
export function isOperatorObject(json: Json): json is JsonObject {
  return isJsonObject(json) && Object.keys(json).some((key) => key.startsWith('$')) && !isTypedValue(json);
}

/** Whether this is operators that an element of an array must meet itself, told from a query of its fields. */
export function isElementOperators(json: Json): json is JsonObject {
  return isOperatorObject(json) && !Object.keys(json).some((key) => LOGICAL.has(key));
}

/** Whether this is a regular expression. */
export function isPattern(json: Json): json is JsonObject {
  return isJsonObject(json) && typeKey(json) === '$regularExpression';
}

function isTypedValue(json: JsonObject): boolean {
  const key = typeKey(json);
  return key !== undefined && VALUE_TYPES.has(key);
}

function decodeOperators(json: JsonObject, now: number): Condition {
  const operators: Condition = {};
  if (Object.hasOwn(json, '$options') && !Object.hasOwn(json, '$regex')) {
    throw new CloudError('INVALID_PARAM', '$options needs a $regex');
  }
  for (const [operator, operand] of Object.entries(json)) {
    if (operator === '$options') continue;
    operators[operator] = decodeOperator(operator, operand, json, now);
  }
  return operators;
}

function decodeOperator(operator: string, operand: Json, whole: JsonObject, now: number): unknown {
  if (COMPARISONS.has(operator)) return decodeValue(operand, now);
  switch (operator) {
    case '$in':
    case '$nin':
      return list(operand, operator).map((item) => decodeOperand(item, now));
    case '$all':
      return allOf(list(operand, operator), now);
    case '$exists':
      return truth(decodeValue(operand, now));
    case '$size':
      return size(decodeValue(operand, now));
    case '$mod':
      return modulus(list(operand, operator).map((item) => decodeValue(item, now)));
    case '$type':
      return (Array.isArray(operand) ? nonEmptyList(operand, operator) : [operand]).map((type) => typeOf(type, now));
    case '$not':
      if (isPattern(operand)) return decodePattern(operand);
      if (!isOperatorObject(operand)) {
        throw new CloudError('INVALID_PARAM', '$not takes operators or a regular expression');
      }
      return decodeOperators(operand, now);
    case '$elemMatch':
      if (isElementOperators(operand)) return decodeOperators(operand, now);
      if (!isJsonObject(operand) || isTypedValue(operand)) {
        throw new CloudError('INVALID_PARAM', '$elemMatch takes an object');
      }
      return decodeQuery(operand, now);
    case '$regex':
      return decodePattern(operand, whole['$options']);
    default:
      throw unsupported(`the query operator ${operator}`);
  }
}

/** Values and regular expressions, or nothing but `$elemMatch`. */
function allOf(items: readonly Json[], now: number): unknown[] {
  const isElementMatch = (item: Json) => isJsonObject(item) && Object.keys(item)[0] === '$elemMatch';
  if (!items.some(isElementMatch)) return items.map((item) => decodeOperand(item, now));
  return items.map((item) => {
    if (!isJsonObject(item) || typeKey(item) !== '$elemMatch') {
      throw new CloudError('INVALID_PARAM', '$all takes values, or nothing but $elemMatch');
    }
    return decodeOperators(item, now);
  });
}

/** A value to compare with, or a regular expression that a text must match. */
function decodeOperand(json: Json, now: number): unknown {
  if (isPattern(json)) return decodePattern(json);
  // A nested object in a query is compared whole, so it is decoded as a stored one would be.
  return isJsonObject(json) && typeKey(json) === undefined ? decodeFields(json, now) : decodeValue(json, now);
}

function decodePattern(json: Json, options?: Json): CompiledPattern {
  const typed = isJsonObject(json) ? json['$regularExpression'] : undefined;
  const source = isJsonObject(typed) ? typed['pattern'] : json;
  const flags = (isJsonObject(typed) && typed['options'] !== '' ? typed['options'] : options) ?? '';
  if (typeof source !== 'string' || typeof flags !== 'string') {
    throw new CloudError('INVALID_PARAM', 'malformed regular expression');
  }
  return compilePattern(source, flags);
}

function size(value: Value): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new CloudError('INVALID_PARAM', '$size takes a whole number of 0 or more');
}

function modulus(values: readonly Value[]): number[] {
  const numbers = values.map((value) => (typeof value === 'number' ? Math.trunc(value) : NaN));
  if (numbers.length === 2 && numbers.every(Number.isSafeInteger) && numbers[0] !== 0) return numbers;
  throw new CloudError('INVALID_PARAM', '$mod takes a divisor that is not 0 and a remainder, both whole numbers');
}

/** Integers, longs and doubles of one value are stored alike, so `$type` cannot tell them. */
function typeOf(json: Json, now: number): TypeName {
  const asked = decodeValue(json, now);
  const type = TYPES.get(asked);
  if (type === undefined) throw unsupported(`the type ${JSON.stringify(asked).slice(0, 20)} of $type`);
  return type;
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
