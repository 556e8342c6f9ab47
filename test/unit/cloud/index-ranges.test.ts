import fc from 'fast-check';
import type { Index } from '../../../cloudfunctions/resources';
import type { Collection } from '../../../local/cloud/database/collection';
import { encode, parseJson } from '../../../local/cloud/database/ejson';
import type { Order } from '../../../local/cloud/database/order-by';
import { compileFilter, type Filter } from '../../../local/cloud/database/query';
import { closeSqlite, openSqlite } from '../../../local/cloud/database/sqlite';
import type { Document, Fields, Row, Value } from '../../../local/cloud/database/value';
import { oneCollection } from './one-collection';
import { compare } from './value-order';

const index = (name: string, keys: Index['keys'], sparse = false): Index => ({ name, keys, unique: false, sparse });
const closing: (() => void)[] = [];
afterAll(() => {
  for (const close of closing) close();
});

/** A collection of its own in memory. */
const collectionWith = (indexes: readonly Index[]): Collection => {
  const sqlite = openSqlite(':memory:');
  const { collection, close } = oneCollection(sqlite, indexes);
  closing.push(close, () => {
    closeSqlite(sqlite);
  });
  return collection;
};
const filterOf = (query: Fields): Filter => compileFilter(parseJson(encode(query), 'query'), 0);
const everything = filterOf({});

const scalar = fc.constantFrom<Value>(null, -1, 0, 1, 2.5, 'a', 'ab', 'b', true, false, new Date(0), new Date(5));
const list = fc.array(scalar, { maxLength: 3 });
const bound = scalar.filter((value) => value !== null);
const paths = ['a', 'b', 'c', 'd.x', '_id'];

const operators: fc.Arbitrary<Value> = fc.oneof(
  { weight: 3, arbitrary: scalar },
  { weight: 2, arbitrary: fc.record({ $gte: bound }) },
  fc.record({ $gt: bound }),
  fc.record({ $lt: bound }),
  fc.record({ $lte: fc.oneof(bound, fc.constant(null)) }),
  { weight: 2, arbitrary: fc.record({ $gt: bound, $lte: bound }) },
  { weight: 2, arbitrary: fc.record({ $in: fc.array(scalar, { maxLength: 4 }) }) },
  fc.record({ $in: list, $gte: bound }),
  fc.record({ $all: fc.array(bound, { minLength: 1, maxLength: 2 }) }),
  fc.record({ $ne: scalar }),
  fc.record({ $exists: fc.boolean() }),
);
const fields = fc.dictionary(fc.constantFrom(...paths), operators, { maxKeys: 3, noNullPrototype: true });
const queries: fc.Arbitrary<Fields> = fc.oneof(
  fields,
  fc.tuple(fields, fields, fields).map(([one, two, three]): Fields => ({ ...one, $and: [two, three] })),
  fc.tuple(fields, fields).map(([one, two]): Fields => ({ $or: [one, two] })),
);
const orders: fc.Arbitrary<Order> = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...paths), fc.constantFrom<1 | -1>(1, -1)), {
    maxLength: 3,
    selector: ([path]) => path,
  })
  .map((entries) => Object.fromEntries(entries));

/** Where an array may be; two in one document cannot both be in an index or an order. */
type Arrays = 'none' | 'a' | 'd' | 'd.x';

const documentsOf = (arrays: Arrays): fc.Arbitrary<Fields[]> => {
  const leaf = (path: Arrays): fc.Arbitrary<Value> => (path === arrays ? fc.oneof(scalar, list) : scalar);
  const inner = fc.record({ x: leaf('d.x') }, { requiredKeys: [], noNullPrototype: true });
  const d = arrays === 'd' ? fc.oneof(inner, fc.array(inner, { maxLength: 3 })) : inner;
  const document = fc.record({ a: leaf('a'), b: scalar, c: scalar, d }, { requiredKeys: [], noNullPrototype: true });
  return fc.array(document, { maxLength: 25 });
};

/** A path's value in an order: of several the least or the greatest, and nothing for an array without any. */
const sortKey = (document: Fields, path: string, direction: 1 | -1): Value | undefined => {
  const [name, inner] = path.split('.');
  const outer = document[name ?? ''] ?? null;
  const within = (value: Value): Value => (value as Fields | null)?.[inner ?? ''] ?? null;
  if (inner !== undefined && Array.isArray(outer) && outer.length === 0) return null;
  const value = inner === undefined ? outer : Array.isArray(outer) ? outer.map(within) : within(outer);
  const keys = Array.isArray(value) ? value : [value];
  return [...keys].sort((x, y) => direction * compare(x, y))[0];
};
const compareKeys = (a: Value | undefined, b: Value | undefined): number =>
  a === undefined || b === undefined ? Number(a !== undefined) - Number(b !== undefined) : compare(a, b);

/** Everything is looked at, sorted and cut. */
const model = (rows: readonly Row[], filter: Filter, order: Order, limit: number): Value[] => {
  const found = rows.filter((row) => filter.matches(row.document));
  found.sort((left, right) => {
    for (const [path, direction] of Object.entries(order)) {
      const [a, b] = [left, right].map(({ document }) => sortKey(document, path, direction));
      const compared = direction * compareKeys(a, b);
      if (compared !== 0) return compared;
    }
    return left.seq - right.seq;
  });
  return found.slice(0, limit).map((row) => row.document._id);
};

const indexes = [
  index('by_a', { a: 1 }),
  index('by_ab', { a: 1, b: -1 }),
  index('by_bac', { b: 1, a: 1, c: 1 }),
  index('by_bc', { b: 1, c: -1 }, true),
  index('by_c', { c: 1 }, true),
  index('by_dx', { 'd.x': 1, b: 1 }),
];

const checks = fc.array(fc.tuple(queries, orders, fc.integer({ min: 1, max: 8 })), { minLength: 5, maxLength: 5 });

const equalsTheModel = (collection: Collection, arrays: Arrays): void => {
  const ids = ['b', 'a', 2.5, 'ab', 1, 0, -1];
  fc.assert(
    fc.property(documentsOf(arrays), documentsOf(arrays), checks, (documents, changed, asked) => {
      for (const row of collection.find(everything)) collection.remove(row);
      const idOf = (at: number): Document['_id'] => ids[at] ?? `id ${String(at)}`;
      for (const [at, document] of documents.entries()) collection.insert({ _id: idOf(at), ...document }, 'Insert');
      for (const [at, row] of collection.find(everything, changed.length).entries()) {
        collection.replace(row, { ...changed[at], _id: row.document._id });
      }
      const rows = collection.find(everything);
      for (const [query, order, limit] of asked) {
        const filter = filterOf(query);
        const found = collection.find(filter, limit, order).map((row) => row.document._id);
        expect({ query, order, found }).toEqual({ query, order, found: model(rows, filter, order, limit) });
        expect(collection.count(filter)).toBe(model(rows, filter, {}, Infinity).length);
      }
    }),
    { numRuns: 120 },
  );
};

it.each<Arrays>(['none', 'a', 'd', 'd.x'])(
  'finds by indexes what looking at everything finds, in the same order, with arrays in: %s',
  (arrays) => {
    equalsTheModel(collectionWith(indexes), arrays);
  },
);

it('finds and sorts without indexes as well', () => {
  equalsTheModel(collectionWith([]), 'a');
});

describe('among two thousand documents', () => {
  const SIZE = 2000;
  const full = collectionWith([
    index('by_at', { at: 1 }),
    index('by_owner', { owner: 1, at: -1 }),
    index('by_state', { state: 1, at: 1 }),
    index('by_tag', { tags: 1, at: 1 }),
    index('by_note', { note: 1 }, true),
  ]);
  for (let at = 0; at < SIZE; at += 1) {
    const document = {
      _id: at,
      at: (at * 7) % SIZE,
      owner: `o${String(at % 20)}`,
      state: null,
      tags: [at % 5, at % 3],
    };
    full.insert(at % 100 === 0 ? { ...document, note: at } : document, 'Insert');
  }
  /** How many documents are read, and whether an index was used. */
  const reading = (query: Fields, order: Order = {}, limit = Infinity): { read: number; scans: number } => {
    const filter = filterOf(query);
    let read = 0;
    const before = full.scans();
    const matches = (document: Document): boolean => {
      read += 1;
      return filter.matches(document);
    };
    full.find({ ...filter, matches }, limit, order);
    return { read, scans: full.scans() - before };
  };

  it.each<[string, Fields, number, Order?, number?]>([
    ['a range with two ends', { at: { $gte: 500, $lt: 510 } }, 10],
    ['a range in two conditions', { at: { $gte: 500 }, $and: [{ at: { $lt: 510 } }] }, 10],
    ['an equality and a range', { owner: 'o3', at: { $gt: 1000, $lte: 1100 } }, 5],
    ['some values', { at: { $in: [3, 1, 3, -5] } }, 2],
    ['some values and a range', { owner: { $in: ['o1', 'o2'] }, at: { $lt: 100 } }, 10],
    ['some ids', { _id: { $in: [1, 2, 'no'] } }, 2],
    ['a range of ids', { _id: { $gte: 1990 } }, 10],
    ['null, which is where there is nothing', { state: null, at: { $lt: 3 } }, 3],
    ['what cannot be', { at: { $gt: 5, $lt: 5 } }, 0],
    ['a type that nothing has', { at: { $lt: new Date(0) } }, 0],
    ['what few have', { note: { $gte: 0 } }, 20],
    ['one of several elements', { tags: 4, at: { $lt: 100 } }, 20],
    ['an order', {}, 5, { at: 1 }, 5],
    ['an order that descends', {}, 5, { at: -1 }, 5],
    ['an order within an equality', { owner: 'o3' }, 5, { at: -1 }, 5],
    ['an order that names the equality', { owner: 'o3' }, 5, { owner: 1, at: -1 }, 5],
    ['an order within a range', { owner: 'o3', at: { $gt: 1000 } }, 5, { at: 1 }, 5],
    ['an order of ids', {}, 5, { _id: -1 }, 5],
  ])('reads by an index %s', (_what, query, read, order = {}, limit = Infinity) => {
    expect(reading(query, order, limit)).toEqual({ read, scans: 0 });
  });

  it.each<[string, Fields, Order]>([
    ['a sparse index where null is asked for', { note: null }, {}],
    ['a sparse index for its order', {}, { note: 1 }],
    ['an index by a field that it has not', { missing: 1 }, {}],
    ['an order of two directions', {}, { owner: 1, at: -1 }],
    ['an order over arrays', {}, { tags: 1, at: 1 }],
  ])('does not use %s', (_what, query, order) => {
    expect(reading(query, order, 5)).toMatchObject({ scans: 1 });
  });
});
