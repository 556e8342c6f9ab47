import { cdeDecodeOptions, cdeEncodeOptions, decode, encode, Tag } from 'cbor2';
import fc from 'fast-check';
import { cborDecode } from '../../../protocol/cbor/cbor-decode';
import { cborEncode } from '../../../protocol/cbor/cbor-encode';
import { isArray, isMap, type CborMap, type CborValue } from '../../../protocol/cbor/cbor-value';
import { flipBit, fromHex, toHex } from './support';

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const { value } = fc.letrec<{ value: CborValue; list: CborValue[]; map: CborMap; tagged: CborValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.maxSafeInteger(),
    fc.integer({ min: -70000, max: 70000 }),
    text,
    fc.uint8Array({ maxLength: 40 }),
    tie('list'),
    tie('map'),
    tie('tagged'),
  ),
  list: fc.array(tie('value'), { maxLength: 5 }),
  map: fc
    .array(fc.tuple(fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -30, max: 300 }), text), tie('value')), {
      maxLength: 6,
    })
    .map((entries) => new Map(entries)),
  tagged: tie('value').map((content) => ({ tag: 18 as const, content })),
}));

/** The same value in the independent library's types. */
const foreign = (ours: CborValue): unknown => {
  if (typeof ours !== 'object' || ours instanceof Uint8Array) return ours;
  if (isMap(ours)) return new Map(Array.from(ours, ([key, member]) => [key, foreign(member)]));
  return isArray(ours) ? ours.map(foreign) : new Tag(ours.tag, foreign(ours.content));
};

describe('deterministic CBOR', () => {
  // RFC 8949, appendix A: the rows that the subset can say
  it.each<[string, CborValue]>([
    ['00', 0],
    ['01', 1],
    ['0a', 10],
    ['17', 23],
    ['1818', 24],
    ['1819', 25],
    ['1864', 100],
    ['1903e8', 1000],
    ['1a000f4240', 1000000],
    ['1b000000e8d4a51000', 1000000000000],
    ['20', -1],
    ['29', -10],
    ['3863', -100],
    ['3903e7', -1000],
    ['40', fromHex('')],
    ['4401020304', fromHex('01020304')],
    ['60', ''],
    ['6161', 'a'],
    ['6449455446', 'IETF'],
    ['62225c', '"\\'],
    ['62c3bc', 'ü'],
    ['63e6b0b4', '水'],
    ['64f0908591', '𐅑'],
    ['80', []],
    ['83010203', [1, 2, 3]],
    ['8301820203820405', [1, [2, 3], [4, 5]]],
    ['98190102030405060708090a0b0c0d0e0f101112131415161718181819', Array.from({ length: 25 }, (_, at) => at + 1)],
    ['a0', new Map()],
    ['a201020304', new Map([[1, 2], [3, 4]])], // prettier-ignore
    ['a26161016162820203', new Map<string, CborValue>([['a', 1], ['b', [2, 3]]])], // prettier-ignore
    ['826161a161626163', ['a', new Map([['b', 'c']])]],
    ['1b001fffffffffffff', Number.MAX_SAFE_INTEGER],
    ['3b001ffffffffffffe', Number.MIN_SAFE_INTEGER],
  ])('spells %s as the standard does, and reads it', (hex, said) => {
    expect(toHex(cborEncode(said))).toBe(hex);
    expect(cborDecode(fromHex(hex))).toEqual({ ok: true, value: said });
  });

  it('orders map keys by their encodings, whatever order they came in (RFC 8949, section 4.2.1)', () => {
    const keys = [10, 100, -1, 'z', 'aa'];
    const shuffled = ['aa', -1, 100, 'z', 10];
    expect(cborEncode(new Map(shuffled.map((key) => [key, 0])))).toEqual(
      cborEncode(new Map(keys.map((key) => [key, 0]))),
    );
    expect(toHex(cborEncode(new Map(shuffled.map((key) => [key, 0]))))).toBe('a50a00186400200061' + '7a0062616100');
  });

  it('writes the bytes that an independent encoder writes', () => {
    fc.assert(
      fc.property(value, (said) => {
        const independent = encode(foreign(said), { ...cdeEncodeOptions, ignoreOriginalEncoding: true });
        expect(toHex(cborEncode(said))).toBe(toHex(independent));
      }),
    );
  });

  it('reads back what it wrote, as an independent decoder does', () => {
    fc.assert(
      fc.property(value, (said) => {
        const bytes = cborEncode(said);
        expect(cborDecode(bytes)).toEqual({ ok: true, value: said });
        expect(decode(bytes, { ...cdeDecodeOptions, preferMap: true })).toEqual(foreign(said));
      }),
    );
  });

  it('accepts of a turned bit only what encodes to the very same bytes', () => {
    fc.assert(
      fc.property(value, fc.nat(), (said, seed) => {
        const bytes = cborEncode(said);
        const turned = flipBit(bytes, seed % (bytes.length * 8));
        const decoded = cborDecode(turned);
        if (decoded.ok) expect(toHex(cborEncode(decoded.value))).toBe(toHex(turned));
      }),
      { numRuns: 2000 },
    );
  });

  it('answers to any bytes, and never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const decoded = cborDecode(bytes);
        if (decoded.ok) expect(toHex(cborEncode(decoded.value))).toBe(toHex(bytes));
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['nothing', '', 'truncated'],
    ['a cut number', '19ff', 'truncated'],
    ['a cut string', '4401', 'truncated'],
    ['an array that promises four thousand million items', '9affffffff', 'truncated'],
    ['a map without its last value', 'a101', 'truncated'],
    ['a byte too many', '0000', 'trailing_bytes'],
    ['23 in two bytes', '1817', 'not_shortest'],
    ['255 in three bytes', '1900ff', 'not_shortest'],
    ['65535 in five bytes', '1a0000ffff', 'not_shortest'],
    ['2³² − 1 in nine bytes', '1b00000000ffffffff', 'not_shortest'],
    ['−1 in two bytes', '3800', 'not_shortest'],
    ['a long length of a short string', '580101', 'not_shortest'],
    ['a long count of a short array', '980101', 'not_shortest'],
    ['a long tag', 'd81200', 'not_shortest'],
    ['2⁵³', '1b0020000000000000', 'too_large'],
    ['−2⁵³', '3b001fffffffffffff', 'too_large'],
    ['the largest number', '1bffffffffffffffff', 'too_large'],
    ['a byte string in pieces', '5f42010243030405ff', 'indefinite_length'],
    ['a text in pieces', '7f657374726561646d696e67ff', 'indefinite_length'],
    ['an array without count', '9fff', 'indefinite_length'],
    ['a map without count', 'bf61610161629f0203ffff', 'indefinite_length'],
    ['a half float', 'f93c00', 'unsupported'],
    ['a double', 'fb3ff199999999999a', 'unsupported'],
    ['false', 'f4', 'unsupported'],
    ['null', 'f6', 'unsupported'],
    ['undefined', 'f7', 'unsupported'],
    ['break alone', 'ff', 'unsupported'],
    ['a reserved head', '1c', 'unsupported'],
    ['tag 17', 'd100', 'unsupported'],
    ['tag 2, a big number', 'c249010000000000000000', 'unsupported'],
    ['a byte string as a key', 'a14100', 'unsupported'],
    ['an array as a key', 'a18000', 'unsupported'],
    ['a key twice', 'a201000100', 'key_order'],
    ['keys in falling order', 'a203000100', 'key_order'],
    ['a text before a number', 'a26161000100', 'key_order'],
    ['a longer text before a shorter', 'a262616100617a00', 'key_order'],
    ['an overlong text', '62c0af', 'not_utf8'],
    ['a surrogate', '63eda080', 'not_utf8'],
    ['nine arrays in one another', '818181818181818180', 'too_deep'],
    ['a hundred thousand arrays', '81'.repeat(100_000), 'too_deep'],
  ])('refuses %s', (_, hex, fault) => {
    expect(cborDecode(fromHex(hex))).toEqual({ ok: false, fault });
  });

  it('holds eight arrays in one another, and no more', () => {
    const nested = (depth: number): CborValue => (depth === 0 ? [] : [nested(depth - 1)]);
    expect(cborDecode(cborEncode(nested(7))).ok).toBe(true);
    expect(() => cborEncode(nested(8))).toThrow(RangeError);
  });

  it.each([1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -(2 ** 53), -0])('does not write %d', (number) => {
    expect(() => cborEncode(number)).toThrow(RangeError);
  });

  it('keeps what it read apart from the buffer that it read from', () => {
    const buffer = fromHex('4401020304');
    const decoded = cborDecode(buffer);
    buffer.fill(0);
    expect(decoded).toEqual({ ok: true, value: fromHex('01020304') });
  });
});
