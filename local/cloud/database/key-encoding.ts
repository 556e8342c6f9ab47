import type { Fields, Value } from './value';

/**
 * One byte before each value: the order of BSON's types. None is 0, which ends lists, or 0xff, which is above all keys.
 *
 * @see https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/
 */
const RANKS = {
  emptyArray: '\x10',
  null: '\x20',
  number: '\x30',
  string: '\x40',
  object: '\x50',
  array: '\x60',
  boolean: '\x70',
  date: '\x80',
} as const;

const END = '\0';
/** Above every continuation of a key. */
export const ABOVE = '\xff';
/** What an index and an order hold for an array without elements: it comes before null. */
export const EMPTY_ARRAY = RANKS.emptyArray;

/**
 * A value as bytes that compare as MongoDB compares values, in a text of one character per byte. No value's bytes begin another's, so
 * the keys of several fields are their values' bytes one after the other. A missing value counts as null, -0 as 0, and the order
 * of an object's fields is left aside, as in `sameValue`.
 */
export function encodeKey(value: Value | undefined): string {
  if (value === undefined || value === null) return RANKS.null;
  if (typeof value === 'number') return RANKS.number + numberBytes(value);
  if (typeof value === 'string') return RANKS.string + textBytes(value);
  if (typeof value === 'boolean') return RANKS.boolean + (value ? '\x01' : '\0');
  if (value instanceof Date) return RANKS.date + numberBytes(value.getTime());
  if (Array.isArray(value)) return RANKS.array + value.map(encodeKey).join('') + END;
  return RANKS.object + fieldBytes(value);
}

/** The first key of the type of a value that has `key`, and what is above its last: comparisons stay within a type. */
export function typeRange(key: string): { readonly from: string; readonly to: string } {
  const rank = key.charCodeAt(0);
  return { from: String.fromCharCode(rank), to: String.fromCharCode(rank + 1) };
}

/** The bytes of a key, as SQLite compares them. */
export function keyBytes(key: string): Buffer {
  return Buffer.from(key, 'latin1');
}

const scratch = Buffer.alloc(8);

/** An IEEE 754 double with its sign turned over, and a negative one with all its bits: so its bytes order as its value does. */
function numberBytes(value: number): string {
  scratch.writeDoubleBE(value === 0 ? 0 : value);
  const flip = (scratch[0] ?? 0) & 0x80 ? [0xff, 0xff] : [0x80, 0];
  for (let at = 0; at < 8; at += 1) scratch[at] = (scratch[at] ?? 0) ^ (flip[at === 0 ? 0 : 1] ?? 0);
  return scratch.toString('latin1');
}

// eslint-disable-next-line no-control-regex -- what has neither an end nor its escape in it is its own bytes
const PLAIN = /^[\x02-\x7f]*$/;

/**
 * UTF-8, whose bytes order as code points do, with bytes 0 and 1 written as 1 1 and 1 2 so that 0 can end it. A surrogate stands for
 * itself, above what one unit of UTF-16 can say: a pair is above all of that, and a half without its other one is kept apart.
 */
function textBytes(text: string): string {
  if (PLAIN.test(text)) return text + END;
  let bytes = '';
  for (let at = 0; at < text.length; at += 1) bytes += unitBytes(text.charCodeAt(at));
  return bytes + END;
}

function unitBytes(unit: number): string {
  if (unit < 2) return String.fromCharCode(1, unit + 1);
  if (unit < 0x80) return String.fromCharCode(unit);
  const last = 0x80 | (unit & 0x3f);
  if (unit < 0x800) return String.fromCharCode(0xc0 | (unit >> 6), last);
  const middle = 0x80 | ((unit >> 6) & 0x3f);
  const isSurrogate = unit >= 0xd800 && unit <= 0xdfff;
  return String.fromCharCode(isSurrogate ? 0xf0 : 0xe0 | (unit >> 12), middle, last);
}

/** By name: the type of a field, its name, the rest of its value. */
function fieldBytes(fields: Fields): string {
  const named = Object.entries(fields).map(([name, value]) => ({ name: textBytes(name), key: encodeKey(value) }));
  named.sort((a, b) => (a.name < b.name ? -1 : 1));
  return named.map(({ name, key }) => key.slice(0, 1) + name + key.slice(1)).join('') + END;
}

/** Whether a stored value can be told from others by its key, which an index holds: an array has a key for each element instead. */
export function hasOneKey(value: unknown): value is Exclude<Value, Value[] | Fields> {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value) || value instanceof Date;
}
