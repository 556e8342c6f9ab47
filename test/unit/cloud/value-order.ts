import type { Value } from '../../../local/cloud/database/value';

const types = ['null', 'number', 'string', 'object', 'array', 'boolean', 'date'];
const typeOf = (value: Value): string => {
  if (value === null) return 'null';
  if (value instanceof Date) return 'date';
  return Array.isArray(value) ? 'array' : typeof value;
};
const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');

/** MongoDB's order as its manual gives it, with the order of fields left aside. */
export const compare = (a: Value, b: Value): number => {
  const kinds = types.indexOf(typeOf(a)) - types.indexOf(typeOf(b));
  if (kinds !== 0) return kinds;
  if (typeof a === 'string') return Buffer.compare(utf8(a), utf8(b as string));
  if (Array.isArray(a)) return compareLists(a, b as Value[]);
  if (a instanceof Date || typeof a !== 'object' || a === null) {
    const [left, right] = [Number(a), Number(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  }
  const entries = (fields: Value) =>
    Object.entries(fields as Record<string, Value>)
      .sort(([left], [right]) => Buffer.compare(utf8(left), utf8(right)))
      .map(([name, value]): Value[] => [types.indexOf(typeOf(value)), name, value]);
  return compareLists(entries(a), entries(b));
};
const compareLists = (a: Value[], b: Value[]): number => {
  const at = a.findIndex((item, place) => place >= b.length || compare(item, b[place] ?? null) !== 0);
  return at === -1 ? a.length - b.length : at >= b.length ? 1 : compare(a[at] ?? null, b[at] ?? null);
};
