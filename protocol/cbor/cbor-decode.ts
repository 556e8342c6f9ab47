import { compareBytes } from '../bytes/bytes';
import { utf8Decode } from '../bytes/utf8';
import { cose } from '../spec/rfc9052';
import { argumentLength, majorType } from '../spec/rfc8949';
import { MAX_DEPTH, type CborMap, type CborValue } from './cbor-value';

/** Why bytes are not one value in the deterministic subset. */
export type CborFault =
  /** The bytes end before the value does. */
  | 'truncated'
  /** Bytes follow the value. */
  | 'trailing_bytes'
  /** A number or length is not in its fewest bytes. */
  | 'not_shortest'
  /** A number or length is above 2⁵³ − 1. */
  | 'too_large'
  /** A string, array or map has no length of its own. */
  | 'indefinite_length'
  /** Floats, simple values, reserved heads, other tags, map keys other than numbers and texts. */
  | 'unsupported'
  | 'not_utf8'
  /** Map keys are not in their order, or one stands twice. */
  | 'key_order'
  | 'too_deep';

/** What decoding comes to. */
export type CborResult =
  { readonly ok: true; readonly value: CborValue } | { readonly ok: false; readonly fault: CborFault };

interface Reader {
  readonly bytes: Uint8Array;
  at: number;
  fault: CborFault | null;
}

interface Head {
  readonly major: number;
  readonly argument: number;
}

/** Notes the fault; every reading function returns null after it, up to the outermost. */
const fail = (reader: Reader, fault: CborFault): null => {
  reader.fault = fault;
  return null;
};

/** The least argument that needs one, two, four or eight bytes, with that count. */
const longArguments = new Map<number, { length: number; least: number }>([
  [argumentLength.one, { length: 1, least: 24 }],
  [argumentLength.two, { length: 2, least: 0x100 }],
  [argumentLength.four, { length: 4, least: 0x1_0000 }],
  [argumentLength.eight, { length: 8, least: 0x1_0000_0000 }],
]);

const readHead = (reader: Reader): Head | null => {
  const first = reader.bytes[reader.at];
  if (first === undefined) return fail(reader, 'truncated');
  reader.at += 1;
  const major = first >> 5;
  const information = first & 31;
  // Floats and simple values too: their argument is no number.
  if (major > majorType.tag) return fail(reader, 'unsupported');
  if (information < 24) return { major, argument: information };
  if (information === 31) return fail(reader, 'indefinite_length');
  const long = longArguments.get(information);
  if (!long) return fail(reader, 'unsupported');
  if (reader.at + long.length > reader.bytes.length) return fail(reader, 'truncated');
  let argument = 0;
  for (const end = reader.at + long.length; reader.at < end; reader.at += 1) {
    argument = argument * 256 + (reader.bytes[reader.at] ?? 0);
  }
  if (argument < long.least) return fail(reader, 'not_shortest');
  return argument > Number.MAX_SAFE_INTEGER ? fail(reader, 'too_large') : { major, argument };
};

const readBytes = (reader: Reader, length: number): Uint8Array | null => {
  const end = reader.at + length;
  if (end > reader.bytes.length) return fail(reader, 'truncated');
  // A copy: what the caller does with its buffer later must not change what was read.
  const read = new Uint8Array(reader.bytes.subarray(reader.at, end));
  reader.at = end;
  return read;
};

const readText = (reader: Reader, length: number): string | null => {
  const bytes = readBytes(reader, length);
  return bytes && (utf8Decode(bytes) ?? fail(reader, 'not_utf8'));
};

const readArray = (reader: Reader, length: number, depth: number): readonly CborValue[] | null => {
  const items: CborValue[] = [];
  while (items.length < length) {
    const item = readItem(reader, depth);
    if (item === null) return null;
    items.push(item);
  }
  return items;
};

const readMap = (reader: Reader, size: number, depth: number): CborMap | null => {
  const map = new Map<number | string, CborValue>();
  let prior: Uint8Array | null = null;
  for (let count = 0; count < size; count += 1) {
    const start = reader.at;
    const key = readItem(reader, depth);
    if (key === null) return null;
    if (typeof key !== 'number' && typeof key !== 'string') return fail(reader, 'unsupported');
    const encoded = reader.bytes.subarray(start, reader.at);
    // Strictly ascending, so that no key can stand twice.
    if (prior && compareBytes(prior, encoded) >= 0) return fail(reader, 'key_order');
    prior = encoded;
    const value = readItem(reader, depth);
    if (value === null) return null;
    map.set(key, value);
  }
  return map;
};

const readTagged = (reader: Reader, tag: number, depth: number): CborValue | null => {
  if (tag !== cose.sign1Tag) return fail(reader, 'unsupported');
  const content = readItem(reader, depth);
  return content === null ? null : { tag, content };
};

const readItem = (reader: Reader, depth: number): CborValue | null => {
  const read = readHead(reader);
  if (!read) return null;
  const { major, argument } = read;
  if (major >= majorType.array && depth >= MAX_DEPTH) return fail(reader, 'too_deep');
  switch (major) {
    case majorType.unsigned:
      return argument;
    case majorType.negative:
      return argument < Number.MAX_SAFE_INTEGER ? -1 - argument : fail(reader, 'too_large');
    case majorType.bytes:
      return readBytes(reader, argument);
    case majorType.text:
      return readText(reader, argument);
    case majorType.array:
      return readArray(reader, argument, depth + 1);
    case majorType.map:
      return readMap(reader, argument, depth + 1);
    default:
      return readTagged(reader, argument, depth + 1);
  }
};

/**
 * Reads exactly one value in the deterministic subset that `cborEncode` writes. Every value has one spelling: what is read without
 * fault encodes to the very same bytes. Never throws, whatever the bytes are.
 */
export const cborDecode = (bytes: Uint8Array): CborResult => {
  const reader: Reader = { bytes, at: 0, fault: null };
  const value = readItem(reader, 0);
  if (value === null) return { ok: false, fault: reader.fault ?? 'unsupported' };
  return reader.at === bytes.length ? { ok: true, value } : { ok: false, fault: 'trailing_bytes' };
};
