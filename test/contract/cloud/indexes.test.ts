import {
  collection,
  command,
  counted,
  found,
  refusal,
  startCloudUnderTest,
  type CloudUnderTest,
} from './cloud-under-test';

let under: CloudUnderTest;

beforeAll(async () => {
  under = await startCloudUnderTest({
    collections: [
      collection('cards', [
        { name: 'one_number', keys: { number: 1 }, unique: true, sparse: false },
        { name: 'by_owner', keys: { owner: 1, at: -1 }, unique: false, sparse: false },
      ]),
      collection('notes', [
        { name: 'one_tag', keys: { tag: 1 }, unique: true, sparse: true },
        { name: 'one_pair', keys: { 'place.shop': 1, 'place.till': 1 }, unique: true, sparse: true },
        { name: 'one_alias', keys: { aliases: 1 }, unique: true, sparse: true },
      ]),
      collection('plain'),
    ],
  });
});
afterAll(() => under.close());

const db = () => under.app.database();
const plain = () => db().collection('plain');
const cards = () => db().collection('cards');
const notes = () => db().collection('notes');

beforeEach(async () => {
  for (const open of [plain, cards, notes]) await open().where({}).remove();
});

const duplicate = (index: string, key: string) => ({
  code: 'DATABASE_REQUEST_FAILED',
  message: expect.stringContaining(`index: ${index} dup key: ${key}`) as string,
});

it('indexes refuse a second document of one key in the words of the cloud', async () => {
  await cards().add({ number: 'N1' });
  const { code, message } = await refusal(cards().add({ number: 'N1' }));
  expect(code).toBe('DATABASE_REQUEST_FAILED');
  expect(message).toContain(
    '[FailedOperation.Insert] multiple write errors: [{write errors: [{E11000 duplicate key error collection: tnt-local.cards index: one_number dup key: { number: "N1" }}]}, {<nil>}]',
  );
});

it('indexes refuse a second document of one id', async () => {
  await plain().add({ _id: 'one' });
  expect(await refusal(plain().add({ _id: 'one' }))).toMatchObject(duplicate('_id_', '{ _id: "one" }'));
});

it('indexes refuse an update and a set into a taken key, and leave the document', async () => {
  await cards().add([
    { _id: 'a', number: 1 },
    { _id: 'b', number: 2 },
  ]);
  expect(await refusal(cards().doc('b').update({ number: 1 }))).toMatchObject(duplicate('one_number', '{ number: 1 }'));
  expect(await refusal(cards().doc('b').set({ number: 1 }))).toMatchObject(duplicate('one_number', '{ number: 1 }'));
  expect(await found(cards().doc('b'))).toEqual([{ _id: 'b', number: 2 }]);
  await cards().doc('a').update({ number: 3 });
  expect(await cards().doc('b').update({ number: 1 })).toMatchObject({ updated: 1 });
});

it('indexes count a missing field as null where they are not sparse, and leave it out where they are', async () => {
  await cards().add({});
  expect(await refusal(cards().add({ number: null }))).toMatchObject(duplicate('one_number', '{ number: null }'));
  await notes().add([{}, {}]);
  await notes().add({ tag: null });
  expect(await refusal(notes().add({ tag: null }))).toMatchObject(duplicate('one_tag', '{ tag: null }'));
});

it('indexes tell keys of different types apart', async () => {
  await notes().add([{ tag: '1' }, { tag: 1 }, { tag: true }, { tag: new Date(1) }]);
  expect(await found(notes().where({ tag: 1 }))).toHaveLength(1);
  expect(await refusal(notes().add({ tag: new Date(1) }))).toMatchObject({ code: 'DATABASE_REQUEST_FAILED' });
});

it('indexes are compound', async () => {
  await notes().add([{ place: { shop: 'a', till: 1 } }, { place: { shop: 'a', till: 2 } }, { place: { shop: 'a' } }]);
  expect(await refusal(notes().add({ place: { shop: 'a', till: 2 } }))).toMatchObject(
    duplicate('one_pair', '{ place.shop: "a", place.till: 2 }'),
  );
  expect(await refusal(notes().add({ place: { shop: 'a' } }))).toMatchObject({ code: 'DATABASE_REQUEST_FAILED' });
  await notes().add([{ place: {} }, {}]);
});

it('indexes hold each element of an array', async () => {
  await notes().add({ _id: 'a', aliases: ['x', 'y', 'x'] });
  expect(await found(notes().where({ aliases: 'y' }))).toHaveLength(1);
  expect(await refusal(notes().add({ aliases: ['z', 'y'] }))).toMatchObject({ code: 'DATABASE_REQUEST_FAILED' });
  await notes().doc('a').remove();
  await notes().add({ aliases: ['z', 'y'] });
});

/** How often the cloud had to read all of a collection. */
const scans = async (name: string): Promise<number> => {
  const state = (await (await fetch(`${under.cloud.url}/_local/state`)).json()) as { scans: Record<string, number> };
  return state.scans[name] ?? 0;
};

it('indexes serve comparisons by their first field, whatever else stands there', async () => {
  const owners = [null, -1, 0, 2, 10, 'nulls', 'o', [3, 'o'], ['a', 'p'], {}, true];
  await cards().add([...owners.map((owner, at) => ({ number: at, owner })), { number: 99 }]);
  const before = await scans('cards');
  const numbers = async (owner: unknown): Promise<readonly unknown[]> =>
    (await found(cards().where({ owner }).orderBy('number', 'asc'))).map(({ number }) => number);
  expect(await numbers(command.gt(0))).toEqual([3, 4, 7]);
  expect(await numbers(command.gte('o'))).toEqual([6, 7, 8]);
  expect(await numbers(command.lt(1).and(command.gte(-1)))).toEqual([1, 2]);
  expect(await numbers(command.lte(null))).toContain(0);
  expect(await scans('cards')).toBe(before);
  // What is not above may be anything.
  expect(await numbers(command.not(command.gt(0)))).toEqual([0, 1, 2, 5, 6, 8, 9, 10, 99]);
  expect(await scans('cards')).toBe(before + 1);
});

it('indexes serve a comparison of one of two alternatives to nobody', async () => {
  await cards().add([{ number: 1, owner: 'o' }, { number: 2 }]);
  const either = command.or({ owner: command.gt('a') }, { number: 2 });
  expect(await found(cards().where(either))).toHaveLength(2);
});

it('the order of ids is an index', async () => {
  const ids = ['b', 'a', 'a b', 'a!', 'a"', 'ä', '10', 9, 10, -1];
  await plain().add(ids.map((_id) => ({ _id })));
  const before = await scans('plain');
  const ordered = async (direction: 'asc' | 'desc', skip: number, limit: number): Promise<readonly unknown[]> =>
    (await found(plain().orderBy('_id', direction).skip(skip).limit(limit))).map(({ _id }) => _id);
  const ascending = [-1, 9, 10, '10', 'a', 'a b', 'a!', 'a"', 'b', 'ä'];
  expect(await ordered('asc', 0, 20)).toEqual(ascending);
  expect(await ordered('desc', 1, 3)).toEqual([...ascending].reverse().slice(1, 4));
  expect(await scans('plain')).toBe(before);
});

it('indexes insert many in order up to the first clash', async () => {
  expect(await refusal(cards().add([{ number: 1 }, { number: 1 }, { number: 2 }]))).toMatchObject({
    code: 'DATABASE_REQUEST_FAILED',
  });
  expect(await counted(cards())).toBe(1);
});

it('indexes are built for stored documents when they are declared later, unless those clash', async () => {
  await plain().add([{ key: 1 }, { key: 2 }]);
  const declared = (keys: Record<string, 1>) => ({
    collections: [
      collection('plain', [{ name: 'late', keys, unique: true, sparse: false }]),
      collection('cards'),
      collection('notes'),
    ],
  });
  await under.restart(declared({ key: 1 }));
  expect(await refusal(plain().add({ key: 2 }))).toMatchObject({ code: 'DATABASE_REQUEST_FAILED' });
  await expect(under.restart(declared({ other: 1 }))).rejects.toThrow('index late of plain cannot be unique');
  await under.restart(declared({ key: 1 }));
});
