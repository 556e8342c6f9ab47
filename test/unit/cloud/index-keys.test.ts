import fc from 'fast-check';
import { indexKeys } from '../../../local/cloud/database/index-keys';
import { encodeKey } from '../../../local/cloud/database/key-encoding';
import type { Document, Value } from '../../../local/cloud/database/value';
import { sameValue } from '../../../local/cloud/database/value';
import { compare } from './value-order';

const index = (keys: Record<string, 1 | -1>, sparse = false) => ({ name: 'i', keys, unique: false, sparse });
const document = (fields: Record<string, Value>): Document => ({ _id: 'd', ...fields });

const texts = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    'a\0',
    'a\u0001',
    'a\u0002',
    'ab',
    'é',
    '\uffff',
    '\u{10000}',
    '\u{1f600}b',
    '\ue000',
    '\u07ff',
    '\u0800',
  ),
  fc.string({ unit: 'binary', maxLength: 4 }),
);
const numbers = fc.oneof(
  fc.constantFrom(0, -0, 1, -1, 1.5, 2 ** 53 - 1, -(2 ** 53 - 1), 1e300, -1e300, 5e-324, -5e-324, 2 ** 31),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const scalars: fc.Arbitrary<Value> = fc.oneof(
  texts,
  numbers,
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom(-1, 0, 1, 8.64e15, -8.64e15).map((ms) => new Date(ms)),
);
const values = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    scalars,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'ab', 'é'), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;

it('orders keys as MongoDB orders their values', () => {
  fc.assert(
    fc.property(values, values, (a, b) => {
      expect(Math.sign(Buffer.compare(Buffer.from(encodeKey(a), 'latin1'), Buffer.from(encodeKey(b), 'latin1')))).toBe(
        Math.sign(compare(a, b)),
      );
    }),
    { numRuns: 5000 },
  );
});

it('begins no key with another, so that the keys of several fields can stand in a row', () => {
  fc.assert(
    fc.property(values, values, (a, b) => {
      const [left, right] = [encodeKey(a), encodeKey(b)];
      expect(left.startsWith(right)).toBe(left === right);
      expect(left === right).toBe(sameValue(a, b) || compare(a, b) === 0);
    }),
    { numRuns: 3000 },
  );
});

it('ends texts where they end, whatever bytes they hold', () => {
  const keys = ['', '\0', '\u0001', '\u0002', 'a', 'a\0', 'a\0\0', 'a\u0001', 'é\0', 'é'].map(encodeKey);
  for (const key of keys) expect(keys.filter((other) => other.startsWith(key))).toEqual([key]);
});

it('keeps halves of surrogate pairs apart, though UTF-8 has none', () => {
  const keys = ['\ud800', '\ud801', '\udc00', '\ufffd', '\u{10000}'].map(encodeKey);
  expect(new Set(keys).size).toBe(5);
});

it('gives two documents a common key only where they share a value of each field', () => {
  fc.assert(
    fc.property(scalars, scalars, scalars, scalars, (a, x, b, y) => {
      const declared = index({ a: 1, x: -1 });
      const [left] = indexKeys(declared, document({ a, x }));
      const [right] = indexKeys(declared, document({ a: b, x: y }));
      expect(left === right).toBe(compare(a, b) === 0 && compare(x, y) === 0);
    }),
  );
});

it('leaves out of a sparse index only what lacks all of its fields', () => {
  const sparse = index({ a: 1, b: 1 }, true);
  expect(indexKeys(sparse, document({ c: 1 }))).toEqual([]);
  expect(indexKeys(sparse, document({ b: null }))).toHaveLength(1);
  expect(indexKeys(index({ a: 1 }), document({}))).toHaveLength(1);
});

it('has a key for each element of an array, and one for what is missing in one of its objects', () => {
  const [one, two, nothing] = [1, 2, null].map(encodeKey);
  expect(indexKeys(index({ a: 1 }), document({ a: [1, 2, 1] }))).toEqual([one, two]);
  expect(indexKeys(index({ 'a.x': 1 }), document({ a: [{ x: 1 }, { y: 1 }, { x: [2] }] }))).toEqual([
    one,
    nothing,
    two,
  ]);
  expect(indexKeys(index({ 'a.x': 1 }), document({ a: [] }))).toEqual([nothing]);
  expect(indexKeys(index({ 'a.1': 1 }), document({ a: [1, 2] }))).toEqual([two]);
});

it('tells an array without elements from null, from nothing and from one within another', () => {
  const keys = [[], null, [[]]].map((a) => indexKeys(index({ a: 1 }), document({ a }))[0] ?? '');
  expect(new Set(keys).size).toBe(3);
  expect([...keys].sort()).toEqual(keys);
});

it('keeps the fields of one element together, and refuses arrays that have nothing to do with each other', () => {
  const pairs = index({ 'a.x': 1, 'a.y': 1 });
  const elements = [
    { x: 1, y: 2 },
    { x: 2, y: 1 },
  ];
  expect(indexKeys(pairs, document({ a: elements }))).toEqual([
    encodeKey(1) + encodeKey(2),
    encodeKey(2) + encodeKey(1),
  ]);
  expect(() => indexKeys(index({ a: 1, b: 1 }), document({ a: [1, 2], b: [1, 2] }))).toThrow('parallel arrays');
});
