import type { JsonObject } from '../../../local/cloud/database/ejson';
import { sent, openDirect, type DirectDatabase } from './direct-database';
import { collection } from './cloud-under-test';

// What a caller could hold all others up with: long lists, and work that goes on for long.

let database: DirectDatabase;
const LONG = 4000;
const range = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_none, at) => make(at));

beforeAll(async () => {
  const unique = [{ name: 'one_key', keys: { keys: 1 as const }, unique: true, sparse: true }];
  database = openDirect([collection('c'), collection('unique', unique)]);
  const lists = { _id: 'lists', numbers: range(LONG, (at) => at), dates: range(LONG, (at) => new Date(at)) };
  await database.ask('insertDocument', { data: [sent(lists), sent({ _id: 'text', text: 'a'.repeat(1_000_000) })] });
  await database.ask('insertDocument', { data: range(400, (at) => sent({ _id: at, at: new Date(at), o: { x: at } })) });
});
afterAll(() => database.close());

const total = async (query: object): Promise<unknown> =>
  (await database.ask('calculateDocument', { query: sent(query) }))['data'] ?? null;

it.each<[string, () => object, number]>([
  ['$in of dates', () => ({ at: { $in: range(LONG, (n) => new Date(n + 399)) } }), 1],
  ['$nin of objects', () => ({ o: { $nin: range(LONG, (n) => ({ x: n + 1 })) } }), 3],
  ['$in of what is one and the same', () => ({ at: { $in: range(LONG, () => true) } }), 0],
  ['$all of numbers', () => ({ numbers: { $all: range(LONG, (n) => LONG - 1 - n) } }), 1],
  ['$all of which one is not there', () => ({ numbers: { $all: range(LONG, (n) => n + 1) } }), 0],
  ['$all of dates', () => ({ dates: { $all: range(LONG, (n) => new Date(n)) } }), 1],
])('answers a long list: %s', async (_name, query, expected) => {
  expect(await total(query())).toEqual({ total: expected });
});

it('refuses paths that are deeper than any value, and orders of more fields than MongoDB takes', async () => {
  const path = (depth: number) => 'a.'.repeat(depth - 1) + 'b';
  const order = (fields: number) => JSON.stringify(Object.fromEntries(range(fields, (at) => [`k${String(at)}`, 1])));
  const asked = (body: JsonObject) => database.ask('getDocument', { query: sent({ _id: 1 }), ...body });
  expect(await asked({ query: sent({ [path(101)]: 1 }) })).toMatchObject({ code: 'INVALID_PARAM' });
  expect(await asked({ order: order(33) })).toMatchObject({ code: 'INVALID_PARAM' });
  const change = { query: sent({ _id: 1 }), merge: true, data: sent({ $set: { [path(101)]: 1 } }) };
  expect(await database.ask('modifyDocument', change)).toMatchObject({ code: 'INVALID_PARAM' });
  expect(await asked({ query: sent({ [path(100)]: null }), order: order(32) })).not.toHaveProperty('code');
});

it('makes no list of numbers that the memory does not hold', async () => {
  const range = async (given: unknown) => {
    const stages = [{ $limit: 1 }, { $project: { _id: 0, x: { $range: given } } }].flatMap((stage) =>
      Object.entries(stage).map(([stageKey, value]) => ({ stageKey, stageValue: JSON.stringify(value) })),
    );
    const answer = await database.ask('aggregateDocuments', { stages });
    return 'code' in answer ? answer['message'] : answer['data'];
  };
  expect(await range([0, 2 ** 31])).toContain('$range gives at most');
  expect(await range([0, 5, 0])).toContain('$range takes');
  expect(await range([0, 1.5])).toContain('whole number');
  const list = (...numbers: number[]) => ({ list: [sent({ x: numbers })] });
  expect(await range([0, 5, 2])).toEqual(list(0, 2, 4));
  expect(await range([5, 0, -2])).toEqual(list(5, 3, 1));
  expect(await range([3, 0])).toEqual(list());
});

it('changes a long list by a long list', async () => {
  const change = async (update: object) =>
    (await database.ask('modifyDocument', { query: sent({ _id: 'lists' }), merge: true, data: sent(update) }))['data'];
  await change({ $addToSet: { dates: { $each: range(LONG, (n) => new Date(n + 1)) } } });
  expect(await total({ dates: { $size: LONG + 1 } })).toEqual({ total: 1 });
  await change({ $pullAll: { dates: range(LONG, (n) => new Date(n + 1)) } });
  expect(await total({ dates: [new Date(0)] })).toEqual({ total: 1 });
});

it('gives up a regular expression that goes too many ways through a long text', async () => {
  const asked = await database.ask('getDocument', {
    query: JSON.stringify({ text: { $regularExpression: { pattern: '(a?){900}b', options: '' } } }),
  });
  expect(asked['code']).toBe('DATABASE_REQUEST_FAILED');
  expect(asked['message']).toContain('takes too long');
  expect(await total({ text: { $regex: 'a$' } })).toEqual({ total: 1 });
});

it('changes long lists of unique keys beside and within a transaction', async () => {
  const unique = { collectionName: 'unique' };
  const { transactionId } = (await database.ask('startTransaction', {})) as { transactionId: string };
  const document = (id: string, from: number) => sent({ _id: id, keys: range(LONG, (n) => from + n) });
  await database.ask('getDocument', { ...unique, query: '{}', transactionId });
  expect(await database.ask('insertDocument', { ...unique, data: [document('beside', 0)] })).not.toHaveProperty('code');
  const within = (from: number) =>
    database.ask('insertDocument', { ...unique, data: [document(`within ${String(from)}`, from)], transactionId });
  for (const from of [1, 2, 3]) expect(await within(from * LONG)).not.toHaveProperty('code');
  expect((await within(3 * LONG + 1))['message']).toContain('E11000');
});

describe('a read that takes long', () => {
  const slow = () => {
    const never = range(1500, (at) => ({ [`no${String(at)}`]: 1 }));
    return database.ask('calculateDocument', { query: sent({ $or: [...never, { o: { $exists: true } }] }) });
  };

  it('lets others have their turn', async () => {
    const ended: string[] = [];
    const asked = slow().then((answer) => {
      ended.push('slow');
      return answer;
    });
    await database.ask('getDocument', { query: sent({ _id: 7 }) });
    ended.push('quick');
    expect(await asked).toEqual({ data: { total: 400 } });
    expect(ended).toEqual(['quick', 'slow']);
  });

  it('sees each document once that others leave as it is', async () => {
    const asked = slow();
    for (let at = 0; at < 20; at += 1) {
      await database.ask('insertDocument', { data: [sent({ _id: `new ${String(at)}` })] });
      await database.ask('removeDocument', { query: sent({ _id: `new ${String(at)}` }) });
      await database.ask('modifyDocument', { query: sent({ _id: at }), merge: true, data: sent({ $set: { m: at } }) });
    }
    expect(await asked).toEqual({ data: { total: 400 } });
  });
});
