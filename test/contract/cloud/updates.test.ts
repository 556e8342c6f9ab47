import fc from 'fast-check';
import { decodeStored } from '../../../local/cloud/database/ejson';
import type { Fields } from '../../../local/cloud/database/value';
import { openDirect, sent, type DirectDatabase } from './direct-database';

let database: DirectDatabase;
beforeAll(() => {
  database = openDirect();
});
afterAll(() => database.close());

const update: DirectDatabase['update'] = (data, more) => database.update(data, more);
const only = () => database.only();

describe('an upsert', () => {
  beforeEach(() => database.clear());
  const upserted = async (query: string, data: unknown) => {
    const answer = await update(data, { query, upsert: true });
    return { answer, document: await only() };
  };

  it.each<[string, unknown, Fields]>([
    ['{"_id":"u","a":1,"b":{"$eq":2},"c":{"$gt":3}}', { $inc: { a: 1 } }, { _id: 'u', a: 2, b: 2 }],
    [
      '{"_id":"u","$and":[{"a.x":1},{"b":{"$in":[5]}}],"$or":[{"c":{"$all":[6]}}]}',
      { $set: { 'a.y': 2 } },
      { _id: 'u', a: { x: 1, y: 2 }, b: 5, c: 6 },
    ],
    [
      '{"_id":"u","$or":[{"a":1},{"b":1}],"t":{"$regex":"x"}}',
      { $setOnInsert: { n: 1 }, $push: { l: 1 } },
      { _id: 'u', n: 1, l: [1] },
    ],
  ])('of %s takes what must be equal', async (query, data, document) => {
    expect(await upserted(query, data)).toEqual({ answer: { data: { updated: 0, upsert_id: 'u' } }, document });
  });

  it('changes what is there, and sets nothing on insert', async () => {
    await database.ask('insertDocument', { data: ['{"_id":"u","a":1}'] });
    const { answer, document } = await upserted('{"a":1}', { $setOnInsert: { n: 1 }, $set: { a: 2 } });
    expect({ answer, document }).toEqual({
      answer: { data: { updated: 1, upsert_id: null } },
      document: { _id: 'u', a: 2 },
    });
  });

  it('is refused where its query names a path twice', async () => {
    const { answer, document } = await upserted('{"a":1,"$and":[{"a":2}]}', { $set: { b: 1 } });
    expect(answer).toMatchObject({
      code: 'DATABASE_REQUEST_FAILED',
      message: expect.stringContaining('matched twice') as string,
    });
    expect(document).toBeUndefined();
  });
});

const start = { _id: 1, a: { b: 1 }, l: [1, { x: 1 }], n: 1 };

it.each<[unknown, string]>([
  [{ $set: { a: 1 }, $inc: { 'a.b': 1 } }, "Updating the path 'a.b' would create a conflict at 'a'"],
  [{ $set: { n: 1 }, $inc: { n: 1 } }, "Updating the path 'n' would create a conflict at 'n'"],
  [{ $rename: { n: 'a.c' }, $set: { 'a.c': 1 } }, "would create a conflict at 'a.c'"],
  [{ $rename: { n: 'n' } }, 'conflict'],
  [{ $rename: { 'l.0': 'z' } }, 'out of an array'],
  [{ $rename: { n: 'l.0' } }, 'into one'],
  [{ $set: { 'l.x': 1 } }, 'cannot create field x in an array'],
  [{ $set: { 'l.9999999': 1 } }, 'so far'],
  [{ $set: { 'n.x': 1 } }, 'cannot create field x in number'],
  [{ $inc: { n: 2 ** 53 - 1 } }, 'beyond 2^53'],
  [{ $mul: { n: 1e308 }, $inc: { 'a.b': 'x' } }, '$inc takes a number'],
  [{ $bit: { n: { and: 1.5 } } }, 'whole numbers'],
  [{ $set: { [Array.from({ length: 150 }, () => 'd').join('.')]: 1 } }, 'at most 100 deep'],
  [{ $push: { l: { $each: [1], $slice: 1.5 } } }, 'whole number'],
  [{ $set: { 'l.$[].x': 1 } }, 'positional $'],
])('refuses %j and changes nothing', async (data, words) => {
  await database.clear();
  await database.ask('insertDocument', { data: [JSON.stringify(start)] });
  expect(await update(data)).toMatchObject({ message: expect.stringContaining(words) as string });
  expect(await only()).toEqual(start);
});

it('does what it does to arrays by position, and to what is not there', async () => {
  await database.clear();
  await database.ask('insertDocument', { data: [JSON.stringify(start)] });
  await update({
    $unset: { 'l.0': '', 'n.x': '', 'l.x': '' },
    $set: { 'l.3': 4 },
    $pull: { 'n.y': 1 },
    $pop: { none: 1 },
  });
  expect(await only()).toEqual({ ...start, l: [null, { x: 1 }, null, 4] });
});

it('answers whatever is sent with a refusal or a result, and a refusal changes nothing', async () => {
  const names = fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    'a.__proto__.b',
    '$set',
    '$where',
    '$expr',
    '$or',
    '$not',
    '$in',
    '$regex',
    '$elemMatch',
    '$pull',
    '$push',
    '$each',
    '$type',
    '$oid',
    '$date',
    'a',
    'l.0',
    '',
    '.',
    'a..b',
    '$',
    '\0',
  );
  const json = fc.letrec<{ any: unknown }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, 1, -1, 'x', '$a', '(', '{"', true),
      fc.array(tie('any'), { maxLength: 2 }),
      fc.dictionary(names, tie('any'), { maxKeys: 3, noNullPrototype: true }),
    ),
  })).any;
  const deep = fc
    .constantFrom(['[', ']'], ['{"a":', '}'], ['{"$not":', '}'], ['{"$or":[', ']}'], ['{"a":{"$elemMatch":', '}}'])
    .map(([open = '', close = '']) => `${open.repeat(9000)}{}${close.repeat(9000)}`);
  const texts = fc.oneof({ weight: 19, arbitrary: json.map((any) => JSON.stringify(any)) }, deep);
  await fc.assert(
    fc.asyncProperty(texts, texts, fc.boolean(), fc.boolean(), async (query, data, merge, upsert) => {
      await database.clear();
      await database.ask('insertDocument', { data: [JSON.stringify(start)] });
      const answers = [
        await database.ask('getDocument', { query, order: data, projection: data }),
        await database.ask('aggregateDocuments', {
          stages: [
            { stageKey: '$match', stageValue: query },
            { stageKey: '$project', stageValue: data },
          ],
        }),
        await database.ask('modifyDocument', { query, data, merge, upsert, multi: merge }),
      ];
      if ('code' in (answers[2] ?? {})) expect(await database.texts()).toEqual([sent(start)]);
      // What was stored can be read again.
      expect((await database.texts()).map(decodeStored)).not.toHaveLength(0);
      expect({}).not.toHaveProperty('b');
    }),
    { numRuns: 400 },
  );
});
