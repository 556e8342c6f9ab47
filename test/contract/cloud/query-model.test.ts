import fc from 'fast-check';
import { decodeStored } from '../../../local/cloud/database/ejson';
import type { Fields, Value } from '../../../local/cloud/database/value';
import { openDirect, sent, type DirectDatabase } from './direct-database';

// A second reading of MongoDB's manual, of queries over documents small enough that most of them meet.

let database: DirectDatabase;
beforeAll(() => {
  database = openDirect();
});
afterAll(() => database.close());

const TYPES = ['null', 'number', 'string', 'object', 'array', 'bool', 'date'] as const;
const typeOf = (value: Value): (typeof TYPES)[number] => {
  if (value === null) return 'null';
  if (value instanceof Date) return 'date';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : (typeof value as 'number' | 'string' | 'object');
};

/** "Comparison/Sort Order" of the manual. */
const compared = (a: Value, b: Value): number => {
  const types = TYPES.indexOf(typeOf(a)) - TYPES.indexOf(typeOf(b));
  if (types !== 0) return types;
  if (Array.isArray(a) && Array.isArray(b)) {
    const [x, ...xs] = a;
    const [y, ...ys] = b;
    if (x === undefined || y === undefined) return a.length - b.length;
    return compared(x, y) || compared(xs, ys);
  }
  if (typeOf(a) === 'object') {
    const [left, right] = [a, b].map((fields) => Object.entries(fields as Fields).sort());
    const flat = (pairs: [string, Value][] = []) => pairs.map(([name, value]) => [typeOf(value), name, value]);
    return compared(
      flat(left).flatMap(([t, n, v]) => [TYPES.indexOf(t as 'null'), n ?? null, v ?? null]),
      flat(right).flatMap(([t, n, v]) => [TYPES.indexOf(t as 'null'), n ?? null, v ?? null]),
    );
  }
  const [x, y] = typeof a === 'string' ? [a, b] : [Number(a), Number(b)];
  return (x as string) < (y as string) ? -1 : x === y ? 0 : 1;
};
const equal = (a: Value, b: Value) => compared(a, b) === 0;

/** The values that a path names, each with whether an array's elements stand for it; missing is `undefined`. */
const named = (value: Value | undefined, [name, ...rest]: string[]): (Value | undefined)[] => {
  if (name === undefined) return [value];
  if (Array.isArray(value)) {
    const objects = value.filter((item) => typeOf(item) === 'object').flatMap((item) => named(item, [name, ...rest]));
    const item = /^\d$/.test(name) ? value[Number(name)] : undefined;
    const isInner = item !== undefined && (rest.length === 0 || typeof item === 'object');
    // What a position names is one value, so that its own elements do not stand for it.
    return [...objects, ...(isInner ? (rest.length === 0 ? [[item]] : named(item, rest)) : [])];
  }
  return named(
    value !== undefined && value !== null && typeOf(value) === 'object' ? (value as Fields)[name] : undefined,
    rest,
  );
};

/** An array within an array is asked as an object whose names are positions. */
const fieldsOf = (item: Value): Fields => Object.fromEntries(Object.entries(item as Fields));

type Ask = Record<string, unknown>;

/** Whether one value is as operators ask. */
const oneMeets = (value: Value | undefined, operator: string, operand: unknown): boolean => {
  const given = operand as Value;
  const sameType = value !== undefined && typeOf(value) === typeOf(given);
  const [isNull, wantsNull] = [value === undefined || value === null, given === null];
  switch (operator) {
    case '$eq':
      return wantsNull ? isNull : value !== undefined && equal(value, given);
    case '$gt':
      return sameType && compared(value, given) > 0;
    case '$gte':
      return wantsNull ? isNull : sameType && compared(value, given) >= 0;
    case '$lt':
      return sameType && compared(value, given) < 0;
    case '$lte':
      return wantsNull ? isNull : sameType && compared(value, given) <= 0;
    case '$in':
      return (operand as Value[]).some((one) => oneMeets(value, '$eq', one));
    case '$exists':
      return value !== undefined;
    case '$type':
      return value !== undefined && typeOf(value) === operand;
    case '$mod': {
      const [divisor = 1, remainder] = operand as number[];
      return typeof value === 'number' && Math.trunc(value) % divisor === remainder;
    }
    case '$size':
      return Array.isArray(value) && value.length === operand;
    default:
      return (
        Array.isArray(value) &&
        value.some((item) =>
          Object.keys(operand as Ask).every((key) => key.startsWith('$'))
            ? Object.entries(operand as Ask).every(([inner, wanted]) => elementMeets(item, inner, wanted))
            : ['object', 'array'].includes(typeOf(item)) && matches(fieldsOf(item), operand as Ask),
        )
      );
  }
};

const elementMeets = (item: Value, operator: string, operand: unknown): boolean =>
  operator === '$ne' ? !oneMeets(item, '$eq', operand) : oneMeets(item, operator, operand);

const fieldMeets = (document: Fields, path: string, operator: string, operand: unknown): boolean => {
  if (operator === '$ne') return !fieldMeets(document, path, '$eq', operand);
  if (operator === '$nin') return !fieldMeets(document, path, '$in', operand);
  if (operator === '$exists' && operand === false) return !fieldMeets(document, path, operator, true);
  if (operator === '$not')
    return !Object.entries(operand as Ask).every(([inner, it]) => fieldMeets(document, path, inner, it));
  if (operator === '$all')
    return (
      (operand as Value[]).length > 0 && (operand as Value[]).every((one) => fieldMeets(document, path, '$eq', one))
    );
  const whole = operator === '$size' || operator === '$elemMatch';
  const byPosition = /\d$/.test(path);
  return named(document, path.split('.')).some((value) => {
    if (byPosition && Array.isArray(value)) return oneMeets(value[0], operator, operand);
    return (
      oneMeets(value, operator, operand) ||
      (!whole && Array.isArray(value) && value.some((item) => oneMeets(item, operator, operand)))
    );
  });
};

const matches = (document: Fields, query: Ask): boolean =>
  Object.entries(query).every(([key, asked]) => {
    const all = asked as Ask[];
    if (key === '$and') return all.every((one) => matches(document, one));
    if (key === '$or') return all.some((one) => matches(document, one));
    if (key === '$nor') return !all.some((one) => matches(document, one));
    return Object.entries(asked as Ask).every(([operator, operand]) => fieldMeets(document, key, operator, operand));
  });

const scalars = fc.constantFrom<Value>(null, 0, 1, 2, 5.5, '', 'a', 'b', true, false, new Date(0), new Date(9));
const small = fc.record({ x: scalars, y: scalars }, { requiredKeys: [], noNullPrototype: true });
const values: fc.Arbitrary<Value> = fc.oneof(
  { weight: 3, arbitrary: scalars },
  small,
  fc.array(fc.oneof<fc.Arbitrary<Value>[]>(scalars, small, fc.array(scalars, { maxLength: 2 })), { maxLength: 3 }),
);
const documents = fc.record({ a: values, b: values }, { requiredKeys: [], noNullPrototype: true });

const simple: fc.Arbitrary<Ask> = fc
  .oneof(
    fc.tuple(fc.constantFrom('$eq', '$ne', '$gt', '$gte', '$lt', '$lte'), values),
    fc.tuple(fc.constantFrom('$in', '$nin', '$all'), fc.array(values, { maxLength: 2 })),
    fc.tuple(fc.constant('$exists'), fc.boolean()),
    fc.tuple(fc.constant('$type'), fc.constantFrom(...TYPES)),
    fc.tuple(fc.constant('$size'), fc.integer({ min: 0, max: 2 })),
    fc.tuple(fc.constant('$mod'), fc.constantFrom([2, 1], [2, 0], [1, 0])),
    fc.tuple(
      fc.constant('$elemMatch'),
      fc
        .tuple(fc.constantFrom('$eq', '$ne', '$gt', '$lte'), scalars)
        .map(([operator, operand]) => ({ [operator]: operand })),
    ),
    fc.tuple(fc.constant('$elemMatch'), fc.record({ x: fc.record({ $gte: scalars }) }, { noNullPrototype: true })),
  )
  .map(([operator, operand]) => ({ [operator]: operand }));
const conditions = fc.oneof(
  simple,
  simple.map((inner) => ({ $not: inner })),
  fc.tuple(simple, simple).map(([one, other]) => ({ ...one, ...other })),
);
const paths = fc.constantFrom('a', 'b', 'a.x', 'b.y', 'a.0', 'b.1', 'a.0.x');
const field: fc.Arbitrary<Ask> = fc.tuple(paths, conditions).map(([path, condition]) => ({ [path]: condition }));
const queries = fc.oneof(
  { weight: 3, arbitrary: field },
  fc
    .tuple(fc.constantFrom('$and', '$or', '$nor'), fc.array(field, { minLength: 1, maxLength: 3 }))
    .map(([key, all]) => ({ [key]: all })),
  fc.tuple(field, field).map(([one, other]) => ({ $nor: [{ $or: [one, other] }, { $and: [other] }] })),
);

const wire = (query: unknown): string =>
  JSON.stringify(query, (_key, value: unknown) => value).replace(/"(\d{4}-[^"]+Z)"/g, '{"$date":"$1"}');

it('finds what the manual says that a query matches', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(documents, { maxLength: 6 }),
      fc.array(queries, { minLength: 1, maxLength: 12 }),
      async (all, asked) => {
        await database.clear();
        const stored = all.map((fields, n): Fields => ({ _id: n, ...fields }));
        if (stored.length > 0) await database.ask('insertDocument', { data: stored.map(sent) });
        for (const query of asked) {
          const answer = await database.ask('getDocument', { query: wire(query) });
          const list = (answer['data'] as { list: string[] } | undefined)?.list.map(
            (text) => (decodeStored(text) as Fields)['_id'],
          );
          const expected = stored.filter((document) => matches(document, query)).map((document) => document['_id']);
          expect({ query, list }).toEqual({ query, list: expected });
        }
      },
    ),
    { numRuns: 300 },
  );
});

it('sorts values of all types in one order, an array by its least or greatest element', async () => {
  const key = (value: Value | undefined, sign: number): [number, Value] => {
    if (!Array.isArray(value)) return [1, value ?? null];
    const [best] = [...value].sort((a, b) => sign * compared(a, b));
    return best === undefined ? [0, null] : [1, best];
  };
  await fc.assert(
    fc.asyncProperty(fc.array(documents, { maxLength: 8 }), fc.constantFrom(1, -1), async (all, sign) => {
      await database.clear();
      const stored = all.map((fields, n): Fields => ({ _id: n, ...fields }));
      if (stored.length > 0) await database.ask('insertDocument', { data: stored.map(sent) });
      const answer = await database.ask('getDocument', { order: JSON.stringify({ a: sign }) });
      const list = (answer['data'] as { list: string[] }).list.map((text) => decodeStored(text) as Fields);
      const expected = [...stored].sort((a, b) => {
        const [left, right] = [key(a['a'], sign), key(b['a'], sign)];
        return sign * (left[0] - right[0] || compared(left[1], right[1]));
      });
      expect(list.map(({ _id }) => _id)).toEqual(expected.map(({ _id }) => _id));
    }),
    { numRuns: 200 },
  );
});
