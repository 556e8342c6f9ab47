import fc from 'fast-check';
import { indexKeys, keyRange } from '../../../local/cloud/database/index-keys';
import { compileFilter, type Scalar } from '../../../local/cloud/database/query';
import { encode, parseJson } from '../../../local/cloud/database/ejson';
import type { Document, Value } from '../../../local/cloud/database/value';

const scalars: fc.Arbitrary<Scalar | null> = fc.oneof(
  fc.constantFrom<Scalar | null>('', 'a', 'a\n', '"a"', '1', 1, 0, -0, 1.5, true, false, null, '\u0000', '\ud800'),
  fc.constantFrom(0, 1).map((ms) => new Date(ms)),
);
const index = (keys: Record<string, 1 | -1>, sparse = false) => ({ name: 'i', keys, unique: false, sparse });
const keysOf = (declared: ReturnType<typeof index>, document: Document): string[] | 'parallel arrays' => {
  try {
    return indexKeys(declared, document);
  } catch {
    return 'parallel arrays';
  }
};

/** Few, so that documents and queries often meet. */
const common = fc.constantFrom<Scalar | null>('a', '1', 1, true, null, new Date(1));

const leaf: fc.Arbitrary<Value> = fc.oneof(common, fc.array(common, { maxLength: 3 }));
const inner: fc.Arbitrary<Value> = fc.record({ x: leaf, y: leaf }, { requiredKeys: [], noNullPrototype: true });
const documents = fc
  .record(
    { a: leaf, b: fc.oneof(inner, fc.array(inner, { maxLength: 2 }), common) },
    { requiredKeys: [], noNullPrototype: true },
  )
  .map((fields): Document => ({ _id: 'd', ...fields }));

it('finds under its equalities every document that a query matches', () => {
  fc.assert(
    fc.property(
      documents,
      fc.constantFrom('a', 'b', 'b.x', 'b.y'),
      fc.constantFrom('a', 'b.x'),
      common,
      common,
      fc.boolean(),
      (document, first, second, one, two, sparse) => {
        fc.pre(first !== second);
        const declared = index({ [first]: 1, [second]: -1 }, sparse);
        const filter = compileFilter(parseJson(encode({ [first]: one, [second]: two }), 'query'), 0);
        const range = keyRange(declared, filter.equalities);
        const keys = keysOf(declared, document);
        if (range === undefined || keys === 'parallel arrays' || !filter.matches(document)) return;
        expect(keys.some((key) => key >= range.from && key < range.to)).toBe(true);
      },
    ),
    { numRuns: 3000 },
  );
});

it('leaves a null out of the equalities, because a missing field matches it too', () => {
  expect(keyRange(index({ a: 1 }), compileFilter({ a: null }, 0).equalities)).toBeUndefined();
});

it('gives two documents a common key only where they share a value of each field', () => {
  fc.assert(
    fc.property(scalars, scalars, scalars, scalars, (a, x, b, y) => {
      const declared = index({ a: 1, x: 1 });
      const [left] = indexKeys(declared, { _id: '1', a, x });
      const [right] = indexKeys(declared, { _id: '2', a: b, x: y });
      const text = (value: Value) => encode(Object.is(value, -0) ? 0 : value);
      expect(left === right).toBe(text(a) === text(b) && text(x) === text(y));
    }),
  );
});

it('takes the leading fields that the equalities cover', () => {
  const equalities = new Map<string, Scalar>([
    ['a', 1],
    ['c', 2],
  ]);
  expect(keyRange(index({ a: 1, b: 1, c: 1 }), equalities)).toMatchObject({ covered: 1 });
  expect(keyRange(index({ b: 1, a: 1 }), equalities)).toBeUndefined();
});

it('leaves out of a sparse index only what lacks all of its fields', () => {
  const sparse = index({ a: 1, b: 1 }, true);
  expect(indexKeys(sparse, { _id: 'd', c: 1 })).toEqual([]);
  expect(indexKeys(sparse, { _id: 'd', b: null })).toHaveLength(1);
  expect(indexKeys(index({ a: 1 }), { _id: 'd' })).toHaveLength(1);
});

it('refuses parallel arrays, as MongoDB does', () => {
  expect(() => indexKeys(index({ a: 1, b: 1 }), { _id: 'd', a: [1, 2], b: [1, 2] })).toThrow('parallel arrays');
});
