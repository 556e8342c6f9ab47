import { compareBytes } from '../bytes/bytes';
import { utf8Encode } from '../bytes/utf8';
import { argumentLength, majorType } from '../spec/rfc8949';
import { isArray, isBytes, isMap, MAX_DEPTH, type CborMap, type CborValue } from './cbor-value';

/** The head of an item: major type and argument, in the fewest bytes (RFC 8949, section 4.2.1). */
const head = (major: number, argument: number): number[] => {
  const type = major << 5;
  if (argument < 24) return [type | argument];
  if (argument < 0x100) return [type | argumentLength.one, argument];
  if (argument < 0x10000) return [type | argumentLength.two, argument >> 8, argument & 0xff];
  const low = [(argument >>> 24) & 0xff, (argument >>> 16) & 0xff, (argument >>> 8) & 0xff, argument & 0xff];
  if (argument < 0x1_0000_0000) return [type | argumentLength.four, ...low];
  const high = Math.floor(argument / 0x1_0000_0000);
  return [type | argumentLength.eight, 0, (high >>> 16) & 0xff, (high >>> 8) & 0xff, high & 0xff, ...low];
};

const integer = (value: number): number[] => {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new RangeError('not a safe integer');
  return value < 0 ? head(majorType.negative, -1 - value) : head(majorType.unsigned, value);
};

const append = (out: number[], bytes: Iterable<number>): void => {
  // Byte by byte: spread over a large picture it would overflow the stack.
  for (const byte of bytes) out.push(byte);
};

const writeMap = (out: number[], map: CborMap, depth: number): void => {
  const entries = Array.from(map, ([key, value]) => ({ key: cborEncode(key), value }));
  entries.sort((one, other) => compareBytes(one.key, other.key));
  append(out, head(majorType.map, entries.length));
  for (const { key, value } of entries) {
    append(out, key);
    write(out, value, depth);
  }
};

const write = (out: number[], value: CborValue, depth: number): void => {
  if (typeof value === 'number') append(out, integer(value));
  else if (typeof value === 'string') {
    const bytes = utf8Encode(value);
    append(out, head(majorType.text, bytes.length));
    append(out, bytes);
  } else if (isBytes(value)) {
    append(out, head(majorType.bytes, value.length));
    append(out, value);
  } else {
    if (depth >= MAX_DEPTH) throw new RangeError('too deeply nested');
    if (isArray(value)) {
      append(out, head(majorType.array, value.length));
      for (const item of value) write(out, item, depth + 1);
    } else if (isMap(value)) writeMap(out, value, depth + 1);
    else {
      append(out, head(majorType.tag, value.tag));
      write(out, value.content, depth + 1);
    }
  }
};

/**
 * A value in deterministic CBOR: shortest heads, definite lengths, map keys in the order of their encodings (RFC 8949, section 4.2.1).
 * @throws RangeError where the subset cannot say the value: a number that is no safe integer, a lone surrogate, too deep a nesting
 */
export const cborEncode = (value: CborValue): Uint8Array => {
  const out: number[] = [];
  write(out, value, 0);
  return Uint8Array.from(out);
};
