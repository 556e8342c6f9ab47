import { CloudError, unsupported } from '../cloud-error';
import type { Json, JsonObject } from './ejson';
import { checkFieldName, decodeFields, decodeValue, isJsonObject, refuseDepth } from './ejson';
import type { ArrayChange } from './update-array';
import { arrayOperators } from './update-array';
import type { FieldChange } from './update-field';
import { fieldOperators } from './update-field';
import { failed, passesArray, peek, read, remove, write } from './update-path';
import type { Document, Fields, Value } from './value';
import { cloneFields, cloneValue, typeName } from './value';

/**
 * A checked update: gives the document as it will be, and leaves the one it was given as it was.
 * @param isNew whether the document is about to be inserted, by an upsert
 */
export type Update = (document: Document, isNew?: boolean) => Document;

/** A checked replacement: gives the document that stands under an id from now on. */
export type Replacement = (id: Document['_id']) => Document;

/** One change of a checked update. */
type Change = (document: Fields, isNew: boolean) => void;

/**
 * Checks an update operator by operator. All of it is done or nothing: where MongoDB refuses to apply an operator to what a field holds,
 * the update refuses when it is applied.
 *
 * @param now what a server date stands for, in milliseconds since 1970
 * @see https://www.mongodb.com/docs/manual/reference/operator/update/
 */
export function compileUpdate(json: Json, now: number): Update {
  if (!isJsonObject(json)) throw new CloudError('INVALID_PARAM', 'update must be an object');
  const entries = Object.entries(json);
  if (entries.length === 0) throw failed('an update needs at least one operator');
  const paths: string[] = [];
  const changes = entries.flatMap(([operator, operands]) =>
    Object.entries(operandsOf(operator, operands)).map(([path, operand]) => {
      checkPath(path);
      paths.push(path, ...(operator === '$rename' ? [renamed(operand)] : []));
      return decodeChange(operator, path, operand, now);
    }),
  );
  refuseConflicts(paths);
  return (document, isNew = false) => {
    const updated = cloneFields(document);
    for (const change of changes) change(updated, isNew);
    refuseDepth(updated);
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

function operandsOf(operator: string, json: Json): JsonObject {
  if (!operator.startsWith('$')) throw failed(`update needs operators, found the field ${operator}`);
  if (!isJsonObject(json)) throw new CloudError('INVALID_PARAM', `${operator} takes an object`);
  return json;
}

function checkPath(path: string): void {
  const names = path.split('.');
  if (names.includes('')) throw new CloudError('INVALID_PARAM', 'empty field name');
  if (names.some((name) => name.startsWith('$'))) throw unsupported('a positional $ in an update path');
  checkFieldName(path);
  if (names[0] === '_id') throw failed('the field _id is immutable');
}

function decodeChange(operator: string, path: string, operand: Json, now: number): Change {
  const field = own(fieldOperators, operator);
  if (field !== undefined) return changeField(path, field(operand, now));
  const array = own(arrayOperators, operator);
  if (array !== undefined) return changeArray(operator, path, array(operand, now));
  switch (operator) {
    case '$setOnInsert': {
      const value = decodeValue(operand, now);
      return (document, isNew) => {
        if (isNew) write(document, path, cloneValue(value));
      };
    }
    case '$unset':
      return (document) => {
        remove(document, path);
      };
    case '$rename':
      return rename(path, renamed(operand));
    default:
      throw unsupported(`the update operator ${operator.slice(0, 40)}`);
  }
}

/** A document gets a copy of what was asked for, because many documents can be changed by one update. */
function changeField(path: string, change: FieldChange): Change {
  return (document) => {
    write(document, path, cloneValue(change(read(document, path))));
  };
}

/** What adds to an array makes it where it is missing; what takes from one has nothing to do where no path leads to it. */
function changeArray(operator: string, path: string, change: ArrayChange): Change {
  const adds = operator === '$push' || operator === '$addToSet';
  return (document) => {
    const present = adds ? read(document, path) : peek(document, path);
    if (present !== undefined && !Array.isArray(present)) {
      throw failed(`${operator} needs an array at ${path}, found ${typeName(present)}`);
    }
    const changed = change(present);
    if (changed !== undefined) write(document, path, changed.map(cloneValue));
  };
}

function rename(from: string, to: string): Change {
  return (document) => {
    const value: Value | undefined = peek(document, from);
    if (value === undefined) return;
    if (passesArray(document, from) || passesArray(document, to)) {
      throw failed(`$rename cannot take a field out of an array or put it into one, at ${from}`);
    }
    remove(document, from);
    write(document, to, value);
  };
}

function renamed(json: Json): string {
  if (typeof json !== 'string') throw new CloudError('INVALID_PARAM', '$rename takes a field name');
  checkPath(json);
  return json;
}

/** No path may be written twice, and none within another one. */
function refuseConflicts(paths: readonly string[]): void {
  const taken = new Set(paths);
  if (taken.size < paths.length) {
    const twice = paths.find((path, at) => paths.indexOf(path) < at) ?? '';
    throw failed(`Updating the path '${twice}' would create a conflict at '${twice}'`);
  }
  for (const path of paths) {
    const names = path.split('.');
    const above = names.map((_name, at) => names.slice(0, at).join('.')).find((prefix) => taken.has(prefix));
    if (above !== undefined) throw failed(`Updating the path '${path}' would create a conflict at '${above}'`);
  }
}

function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
