import fc from 'fast-check';
import type { Fields, Value } from '../../../local/cloud/database/value';
import { NOW, openDirect, sent, type DirectDatabase } from './direct-database';

// A second reading of MongoDB's manual, of updates of one field `f` by one operator after the other.

let database: DirectDatabase;
beforeAll(() => {
  database = openDirect();
});
afterAll(() => database.close());

const update: DirectDatabase['update'] = (data, more) => database.update(data, more);
const only = () => database.only();

const scalars = fc.constantFrom<Value>(null, 0, 1, 3, -2, 'a', 'b', true, false);
const objects = fc.record({ x: scalars }, { requiredKeys: [], noNullPrototype: true });
const lists = fc.array(fc.oneof(scalars, objects), { maxLength: 4 });
const fields = fc.option(fc.oneof(scalars, objects, lists), { nil: undefined });

const RANK = ['null', 'number', 'string', 'object', 'array', 'boolean', 'date'];
const rank = (value: Value) =>
  value instanceof Date ? 6 : RANK.indexOf(value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);
const compared = (a: Value, b: Value): number => {
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
      const order = compared(a[at] ?? null, b[at] ?? null);
      if (order !== 0) return order;
    }
    return a.length - b.length;
  }
  if (rank(a) === 3) {
    const [x, y] = [(a as Fields)['x'], (b as Fields)['x']];
    if (x === undefined || y === undefined) return Number(x !== undefined) - Number(y !== undefined);
    return compared(x, y);
  }
  return Number((a as number) > (b as number)) - Number((a as number) < (b as number));
};

/** The field afterwards, or that the update is refused. */
type After = { readonly f: Value | undefined } | 'refused';
type Before = Value | undefined;
interface Change {
  readonly operator: string;
  readonly operand: unknown;
  readonly after: (before: Before) => After;
}

const change = (operator: string, operand: unknown, after: (before: Before) => After): Change => ({
  operator,
  operand,
  after,
});
const counting = (operator: string, by: Value, give: (a: number, b: number) => number) =>
  change(operator, by, (before = 0) =>
    typeof before === 'number' && typeof by === 'number' ? { f: give(before, by) } : 'refused',
  );
const adding = (operator: string, operand: unknown, give: (list: Value[]) => Value[]) =>
  change(operator, operand, (before = []) => (Array.isArray(before) ? { f: give(before) } : 'refused'));
const taking = (operator: string, operand: unknown, give: (list: Value[]) => Value[]) =>
  change(operator, operand, (before) =>
    before === undefined ? { f: undefined } : Array.isArray(before) ? { f: give(before) } : 'refused',
  );
const equal = (a: Value, b: Value) => compared(a, b) === 0;
const inserted = (list: Value[], each: Value[], position: number | undefined): Value[] => {
  const at = position === undefined ? list.length : position < 0 ? Math.max(0, list.length + position) : position;
  return [...list.filter((_one, n) => n < at), ...each, ...list.filter((_one, n) => n >= at)];
};
const cut = (list: Value[], slice: number | undefined) =>
  slice === undefined
    ? list
    : slice < 0
      ? list.filter((_one, n) => n >= list.length + slice)
      : list.filter((_one, n) => n < slice);

const signs = fc.option(fc.constantFrom(1, -1), { nil: undefined });
const small = fc.option(fc.integer({ min: -5, max: 5 }), { nil: undefined });
const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.oneof(scalars, lists).map((value) => change('$set', value, () => ({ f: value }))),
  fc.constant(change('$unset', '', () => ({ f: undefined }))),
  scalars.map((value) => counting('$inc', value, (a, b) => a + b)),
  scalars.map((value) => counting('$mul', value, (a, b) => a * b)),
  fc
    .oneof(scalars, objects, lists)
    .map((value) =>
      change('$min', value, (before) => ({ f: before === undefined || compared(value, before) < 0 ? value : before })),
    ),
  fc
    .oneof(scalars, objects, lists)
    .map((value) =>
      change('$max', value, (before) => ({ f: before === undefined || compared(value, before) > 0 ? value : before })),
    ),
  fc
    .integer({ min: -9, max: 9 })
    .map((by) => counting('$bit', by, (a, b) => a ^ b))
    .map((one) => ({ ...one, operand: { xor: one.operand } })),
  fc.constant(change('$rename', 'g', () => ({ f: undefined }))),
  fc.constant(change('$currentDate', true, () => ({ f: new Date(NOW) }))),
  fc.constant(change('$setOnInsert', 7, (before) => ({ f: before }))),
  fc.oneof(scalars, objects).map((value) => adding('$push', value, (list) => [...list, value])),
  fc.tuple(lists, small, small, signs).map(([$each, $position, $slice, $sort]) =>
    adding('$push', { $each, $position, $slice, $sort }, (list) => {
      const all = inserted(list, $each, $position);
      return cut($sort === undefined ? all : all.sort((a, b) => $sort * compared(a, b)), $slice);
    }),
  ),
  fc.tuple(fc.array(objects, { maxLength: 3 }), fc.constantFrom(1, -1)).map(([$each, sign]) =>
    adding('$push', { $each, $sort: { x: sign } }, (list) => {
      const key = (value: Value): Value => (rank(value) === 3 ? ((value as Fields)['x'] ?? null) : null);
      return [...list, ...$each].sort((a, b) => sign * compared(key(a), key(b)));
    }),
  ),
  fc
    .array(fc.oneof(scalars, objects), { maxLength: 3 })
    .map(($each) =>
      adding('$addToSet', { $each }, (list) =>
        $each.reduce<Value[]>((set, one) => (set.some((it) => equal(it, one)) ? set : [...set, one]), list),
      ),
    ),
  scalars.map((value) => taking('$pull', value, (list) => list.filter((item) => !equal(item, value)))),
  scalars.map((value) =>
    taking('$pull', { $gt: value }, (list) =>
      list.filter((item) => rank(item) !== rank(value) || compared(item, value) <= 0),
    ),
  ),
  scalars.map((value) =>
    taking('$pull', { x: value }, (list) =>
      list.filter((item) => rank(item) !== 3 || !equal((item as Fields)['x'] ?? (value === null ? null : []), value)),
    ),
  ),
  lists.map((values) =>
    taking('$pullAll', values, (list) => list.filter((item) => !values.some((value) => equal(item, value)))),
  ),
  fc
    .constantFrom(1, -1)
    .map((end) => taking('$pop', end, (list) => list.filter((_one, n) => n !== (end === 1 ? list.length - 1 : 0)))),
);

it('changes a field as the manual says, at any depth, or refuses and leaves it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fields,
      fc.array(changes, { minLength: 1, maxLength: 4 }),
      fc.constantFrom('f', 'o.f'),
      async (start, all, path) => {
        await database.clear();
        const document = (f: Before): Fields => {
          const inner: Fields = f === undefined ? {} : { f };
          return { _id: 1, ...(path === 'f' ? inner : { o: inner }) };
        };
        await database.ask('insertDocument', { data: [sent(document(start))] });
        let f = start;
        for (const { operator, operand, after } of all) {
          const answer = await update({ [operator]: { [path]: operand } });
          const expected = after(f);
          expect({ operator, operand, f, isRefused: 'code' in answer }).toEqual({
            operator,
            operand,
            f,
            isRefused: expected === 'refused',
          });
          if (expected !== 'refused') f = expected.f;
          const { g: _renamed, ...rest } = (await only()) as Fields;
          expect(rest).toEqual(document(f));
        }
      },
    ),
    { numRuns: 400 },
  );
});
