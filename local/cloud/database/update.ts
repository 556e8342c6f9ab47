import { update as applyOperators } from 'mingo/updater';
import { CloudError, unsupported } from '../cloud-error';
import type { Json } from './ejson';
import { checkFieldName, decodeFields, decodeValue, isJsonObject } from './ejson';
import { decodePullCondition } from './query';
import type { Document, Value } from './value';
import { cloneFields, isFields, typeName } from './value';

/** A checked update: gives the document as it will be, and leaves the one it was given as it was. */
export type Update = (document: Document) => Document;

/** A checked replacement: gives the document that stands under an id from now on. */
export type Replacement = (id: Document['_id']) => Document;

type Operands = Record<string, unknown>;

const SCALAR_OPERATORS = new Set(['$set', '$min', '$max']);
const NUMERIC_OPERATORS = new Set(['$inc', '$mul']);
const ARRAY_OPERATORS = new Set(['$push', '$addToSet', '$pullAll', '$pull', '$pop']);
const PUSH_MODIFIERS = new Set(['$each', '$position', '$slice', '$sort']);

/**
 * Checks an update operator by operator. Where MongoDB refuses to apply an operator to what a field holds, the update
 * refuses too when it is applied; the library underneath would pass over it in silence.
 *
 * @param now what a server date stands for, in milliseconds since 1970
 */
export function compileUpdate(json: Json, now: number): Update {
  if (!isJsonObject(json)) throw new CloudError('INVALID_PARAM', 'update must be an object');
  const entries = Object.entries(json);
  if (entries.length === 0) throw failed('an update needs at least one operator');
  const modifier: Record<string, Operands> = {};
  for (const [operator, operands] of entries) modifier[operator] = decodeOperands(operator, operands, now);
  return (document) => {
    const updated = cloneFields(document);
    for (const [operator, operands] of Object.entries(modifier)) {
      for (const path of Object.keys(operands)) checkTarget(operator, path, document);
    }
    try {
      applyOperators(updated, modifier);
    } catch (error) {
      // The library's own refusals name the operator or the path, never a value.
      throw failed(error instanceof Error ? error.message : 'update failed');
    }
    return updated;
  };
}

/** The document that replaces another one as a whole, keeping its `_id`. */
export function compileReplacement(json: Json, now: number): Replacement {
  if (!isJsonObject(json)) throw new CloudError('INVALID_PARAM', 'document must be an object');
  const fields = decodeFields(json, now);
  return (id) => {
    if (fields['_id'] !== undefined && fields['_id'] !== id) throw failed('the field _id is immutable');
    return { _id: id, ...fields };
  };
}

function decodeOperands(operator: string, json: Json, now: number): Operands {
  if (!operator.startsWith('$')) throw failed(`update needs operators, found the field ${operator}`);
  if (!isJsonObject(json)) throw new CloudError('INVALID_PARAM', `${operator} takes an object`);
  const operands: Operands = {};
  for (const [path, operand] of Object.entries(json)) {
    checkPath(path);
    operands[path] = decodeOperand(operator, operand, now);
  }
  return operands;
}

function checkPath(path: string): void {
  if (path.split('.').some((segment) => segment === '')) throw new CloudError('INVALID_PARAM', 'empty field name');
  if (path.includes('$')) throw unsupported('a positional $ in an update path');
  checkFieldName(path);
  if (path === '_id' || path.startsWith('_id.')) throw failed('the field _id is immutable');
}

function decodeOperand(operator: string, json: Json, now: number): unknown {
  if (SCALAR_OPERATORS.has(operator)) return decodeValue(json, now);
  if (NUMERIC_OPERATORS.has(operator)) return number(decodeValue(json, now), operator);
  switch (operator) {
    case '$unset':
      return '';
    case '$rename':
      return renamed(json);
    case '$push':
    case '$addToSet':
      return pushed(json, operator, now);
    case '$pullAll':
      return array(decodeValue(json, now), operator);
    case '$pull':
      return decodePullCondition(json, now);
    case '$pop': {
      const end = decodeValue(json, now);
      if (end !== 1 && end !== -1) throw new CloudError('INVALID_PARAM', '$pop takes 1 or -1');
      return end;
    }
    default:
      throw unsupported(`the update operator ${operator}`);
  }
}

function pushed(json: Json, operator: string, now: number): unknown {
  if (!isJsonObject(json) || !Object.hasOwn(json, '$each')) return decodeValue(json, now);
  const allowed = (key: string) => (operator === '$push' ? PUSH_MODIFIERS.has(key) : key === '$each');
  return Object.fromEntries(
    Object.entries(json).map(([key, inner]) => {
      if (!allowed(key)) throw unsupported(`the modifier ${key} of ${operator}`);
      return [key, key === '$each' ? array(decodeValue(inner, now), key) : modifierValue(key, inner, now)];
    }),
  );
}

/** `$sort` is a direction or an object of paths; `$position` and `$slice` are whole numbers. */
function modifierValue(key: string, json: Json, now: number): Value {
  if (key !== '$sort' || !isJsonObject(json) || Object.keys(json).some((name) => name.startsWith('$'))) {
    return number(decodeValue(json, now), key);
  }
  return Object.fromEntries(
    Object.entries(json).map(([path, direction]) => {
      checkFieldName(path);
      return [path, number(decodeValue(direction, now), key)];
    }),
  );
}

function renamed(json: Json): string {
  if (typeof json !== 'string') throw new CloudError('INVALID_PARAM', '$rename takes a field name');
  checkPath(json);
  return json;
}

function number(value: Value, operator: string): number {
  if (typeof value !== 'number') throw failed(`${operator} takes a number, found ${typeName(value)}`);
  return value;
}

function array(value: Value, operator: string): Value[] {
  if (!Array.isArray(value)) throw failed(`${operator} takes an array, found ${typeName(value)}`);
  return value;
}

function checkTarget(operator: string, path: string, document: Document): void {
  const target = reach(operator, path, document);
  if (target === undefined) return;
  if (NUMERIC_OPERATORS.has(operator) && typeof target !== 'number') {
    throw failed(`${operator} needs a number at ${path}, found ${typeName(target)}`);
  }
  if (ARRAY_OPERATORS.has(operator) && !Array.isArray(target)) {
    throw failed(`${operator} needs an array at ${path}, found ${typeName(target)}`);
  }
}

/** The value at a path that is about to be written; refuses a path that leads through something without fields. */
function reach(operator: string, path: string, document: Document): Value | undefined {
  let value: Value | undefined = document;
  for (const segment of path.split('.')) {
    if (Array.isArray(value)) {
      if (!/^\d+$/.test(segment)) {
        if (operator === '$unset') return undefined;
        throw failed(`cannot create field ${segment} in an array at ${path}`);
      }
      value = value[Number(segment)];
    } else if (isFields(value)) {
      value = Object.hasOwn(value, segment) ? value[segment] : undefined;
    } else if (value === undefined) {
      return undefined;
    } else {
      if (operator === '$unset') return undefined;
      throw failed(`cannot create field ${segment} in ${typeName(value)} at ${path}`);
    }
  }
  return value;
}

function failed(reason: string): CloudError {
  return new CloudError('DATABASE_REQUEST_FAILED', `[FailedOperation.Update] ${reason}`);
}
