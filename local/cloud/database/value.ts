/** What a field of a document may hold. Other BSON types are refused when they arrive. */
export type Value = null | boolean | number | string | Date | Value[] | Fields;

/** A nested object; also a document's body. */
export interface Fields {
  [field: string]: Value;
}

/** A document as it is stored: `_id` is always there. */
export interface Document extends Fields {
  _id: string | number;
}

/** A stored document and its row; rows are numbered in the order of their insertion. */
export interface Row {
  readonly seq: number;
  readonly document: Document;
  /** The text of the document, where it is as it is stored. */
  readonly body?: string;
}

/** Whether `value` is a nested object, neither array nor date. */
export function isFields(value: Value | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** The mongo name of a value's type, for messages that must not show the value itself. */
export function typeName(value: Value | undefined): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return 'date';
  return typeof value;
}

/** Whether two values are the same, with the order of fields left aside. */
export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, at) => sameValue(item, b[at]));
  }
  if (!isFields(a) || !isFields(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && sameValue(a[name], b[name]))
  );
}

/** A copy that shares nothing with the original. */
export function cloneFields<T extends Fields>(fields: T): T {
  const copy = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, cloneValue(value)]));
  // The copy has the same fields with the same types.
  return copy as T;
}

/** A copy of a value that shares nothing with it. */
export function cloneValue(value: Value): Value {
  if (value instanceof Date) return new Date(value);
  if (Array.isArray(value)) return value.map(cloneValue);
  return isFields(value) ? cloneFields(value) : value;
}
