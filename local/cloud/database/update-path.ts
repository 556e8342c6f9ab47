import { CloudError } from '../cloud-error';
import type { Fields, Value } from './value';
import { isFields, typeName } from './value';

/** The most elements by which a position behind its end may lengthen an array, as in MongoDB. */
const MAX_PADDING = 1_500_000;

/** A refusal to change a document; it names operators, paths and types, never a value. */
export function failed(reason: string): CloudError {
  return new CloudError('DATABASE_REQUEST_FAILED', `[FailedOperation.Update] ${reason}`);
}

/** The value at a path that is about to be written. @throws CloudError when the path leads through something without fields */
export function read(root: Fields, path: string): Value | undefined {
  let value: Value | undefined = root;
  for (const name of path.split('.')) {
    if (value === undefined) return undefined;
    value = within(containerOf(value, name, path), name, path);
  }
  return value;
}

/** The value at a path, also where the path leads through something without fields: nothing is there then. */
export function peek(root: Fields, path: string): Value | undefined {
  let value: Value | undefined = root;
  for (const name of path.split('.')) {
    if (Array.isArray(value)) value = isPosition(name) ? value[Number(name)] : undefined;
    else value = isFields(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return value;
}

/** Writes a value at a path, with objects for what is missing on the way and nulls before a position behind an array's end. */
export function write(root: Fields, path: string, value: Value): void {
  const names = path.split('.');
  const last = names.pop() ?? '';
  let container: Fields | Value[] = root;
  for (const name of names) {
    let next: Value | undefined = within(container, name, path);
    if (next === undefined) {
      next = {};
      put(container, name, path, next);
    }
    container = containerOf(next, name, path);
  }
  put(container, last, path, value);
}

/** Removes the field at a path; an element of an array becomes null, so that the others keep their places. */
export function remove(root: Fields, path: string): void {
  const names = path.split('.');
  const last = names.pop() ?? '';
  const container = names.length === 0 ? root : peek(root, names.join('.'));
  if (Array.isArray(container)) {
    if (isPosition(last) && Number(last) < container.length) container[Number(last)] = null;
  } else if (isFields(container)) {
    Reflect.deleteProperty(container, last);
  }
}

/** Whether a path leads through an array, or ends at one of its elements. */
export function passesArray(root: Fields, path: string): boolean {
  const names = path.split('.').slice(0, -1);
  return names.some((_name, at) => Array.isArray(peek(root, names.slice(0, at + 1).join('.'))));
}

function isPosition(name: string): boolean {
  return /^(?:0|[1-9]\d{0,8})$/.test(name);
}

function containerOf(value: Value, name: string, path: string): Fields | Value[] {
  if (Array.isArray(value) || isFields(value)) return value;
  throw failed(`cannot create field ${name} in ${typeName(value)} at ${path}`);
}

function within(container: Fields | Value[], name: string, path: string): Value | undefined {
  if (!Array.isArray(container)) return Object.hasOwn(container, name) ? container[name] : undefined;
  if (!isPosition(name)) throw failed(`cannot create field ${name} in an array at ${path}`);
  return container[Number(name)];
}

function put(container: Fields | Value[], name: string, path: string, value: Value): void {
  if (!Array.isArray(container)) {
    container[name] = value;
    return;
  }
  if (!isPosition(name)) throw failed(`cannot create field ${name} in an array at ${path}`);
  const position = Number(name);
  if (position - container.length > MAX_PADDING) throw failed(`cannot fill the array at ${path} so far`);
  while (container.length < position) container.push(null);
  container[position] = value;
}
