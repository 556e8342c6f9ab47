import fc from 'fast-check';
import { collection, command as _, startCloudUnderTest, type CloudUnderTest } from './cloud-under-test';

interface Item {
  readonly _id: string;
  readonly email?: string | null;
  readonly place: { readonly shop: string; readonly till: number };
  readonly state: string;
}

type Step =
  | { readonly kind: 'insert'; readonly item: Item }
  | { readonly kind: 'update'; readonly id: string; readonly from: string; readonly change: Partial<Omit<Item, '_id'>> }
  | { readonly kind: 'set'; readonly item: Item }
  | { readonly kind: 'remove'; readonly state: string; readonly shop: string };

/** What a step gave: how many documents it changed, or that a unique key was taken. */
type Outcome = number | 'taken';

const ids = fc.constantFrom('a', 'b', 'c', 'd');
const states = fc.constantFrom('new', 'live', 'used');
const places = fc.record(
  { shop: fc.constantFrom('s', 't'), till: fc.integer({ min: 1, max: 2 }) },
  { noNullPrototype: true },
);
const emails = fc.constantFrom('x', 'y', 'z', null);
const items: fc.Arbitrary<Item> = fc.record(
  { _id: ids, email: emails, place: places, state: states },
  { requiredKeys: ['_id', 'place', 'state'], noNullPrototype: true },
);
const changes = fc
  .record({ email: emails, place: places, state: states }, { requiredKeys: [], noNullPrototype: true })
  .filter((change) => Object.keys(change).length > 0);
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: items.map((item) => ({ kind: 'insert', item }) as const) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('update' as const), id: ids, from: states, change: changes }) },
  { weight: 1, arbitrary: items.map((item) => ({ kind: 'set', item }) as const) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('remove' as const), state: states, shop: fc.constantFrom('s', 't') }),
  },
);

/** Whether two documents may not stand side by side: a sparse unique email, and one document for each till of a shop. */
const clash = (a: Item, b: Item): boolean =>
  a._id !== b._id &&
  (('email' in a && 'email' in b && a.email === b.email) ||
    (a.place.shop === b.place.shop && a.place.till === b.place.till));

/** The same database as a list, one step after another. */
const model = () => {
  let items: Item[] = [];
  const put = (item: Item): Outcome => {
    if (items.some((other) => clash(item, other))) return 'taken';
    const before = items.find(({ _id }) => _id === item._id);
    items = [...items.filter((other) => other !== before), item];
    return before === undefined || JSON.stringify(sorted(before)) !== JSON.stringify(sorted(item)) ? 1 : 0;
  };
  return {
    items: () => items,
    take(step: Step): Outcome {
      switch (step.kind) {
        case 'insert':
          return items.some(({ _id }) => _id === step.item._id) ? 'taken' : put(step.item);
        case 'set':
          return put(step.item);
        case 'update': {
          const found = items.find(({ _id, state }) => _id === step.id && state === step.from);
          return found === undefined ? 0 : put({ ...found, ...step.change });
        }
        case 'remove': {
          const kept = items.filter(({ state, place }) => state !== step.state || place.shop !== step.shop);
          const removed = items.length - kept.length;
          items = kept;
          return removed;
        }
      }
    },
  };
};

const sorted = (item: Item) => [
  item._id,
  'email' in item ? item.email : 'none',
  item.place.shop,
  item.place.till,
  item.state,
];
const byId = (list: readonly Item[]) => [...list].sort((a, b) => a._id.localeCompare(b._id)).map(sorted);

let under: CloudUnderTest;
beforeAll(async () => {
  under = await startCloudUnderTest({
    collections: [
      collection('items', [
        { name: 'one_email', keys: { email: 1 }, unique: true, sparse: true },
        { name: 'one_till', keys: { 'place.shop': 1, 'place.till': 1 }, unique: true, sparse: false },
        { name: 'by_state', keys: { state: 1, 'place.shop': 1 }, unique: false, sparse: false },
      ]),
    ],
  });
});
afterAll(() => under.close());

const items_ = () => under.app.database().collection('items');
const stored = async () => (await items_().limit(1000).get()).data as Item[];

const perform = async (step: Step): Promise<Outcome> => {
  try {
    switch (step.kind) {
      case 'insert':
        await items_().add(step.item);
        return 1;
      case 'set': {
        const { _id, ...fields } = step.item;
        const { updated, upsertedId } = (await items_().doc(_id).set(fields)) as {
          updated: number;
          upsertedId: string | null;
        };
        return upsertedId === null ? updated : 1;
      }
      case 'update':
        return (
          (await items_()
            .where({ _id: step.id, state: step.from })
            .update(step.change.place ? { ...step.change, place: _.set(step.change.place) } : step.change)) as {
            updated: number;
          }
        ).updated;
      case 'remove':
        return (
          (await items_()
            .where({ state: step.state, place: { shop: step.shop } })
            .remove()) as { deleted: number }
        ).deleted;
    }
  } catch (error) {
    if (error instanceof Error && error.message.includes('E11000')) return 'taken';
    throw error;
  }
};

it('does one step after another what a list would', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { maxLength: 25 }), async (sequence) => {
      await items_().where({}).remove();
      const list = model();
      for (const step of sequence) expect(await perform(step)).toEqual(list.take(step));
      expect(byId(await stored())).toEqual(byId(list.items()));
      for (const state of ['new', 'live', 'used']) {
        const found = (await items_().where({ state }).get()).data as Item[];
        expect(byId(found)).toEqual(byId(list.items().filter((item) => item.state === state)));
      }
    }),
    { numRuns: 30 },
  );
});

it('gives steps that run at once the outcome of some order, with every unique key held once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 2, maxLength: 5 }), async (together) => {
      await items_().where({}).remove();
      const outcomes = await Promise.all(together.map(perform));
      const after = await stored();
      expect(after.filter((item) => after.some((other) => clash(item, other)))).toEqual([]);
      const explained = permutations(together.map((_step, at) => at)).some((order) => {
        const list = model();
        return (
          order.every((at) => {
            const step = together[at];
            return step !== undefined && list.take(step) === outcomes[at];
          }) && JSON.stringify(byId(list.items())) === JSON.stringify(byId(after))
        );
      });
      expect(explained).toBe(true);
    }),
    { numRuns: 60 },
  );
});

const permutations = (list: readonly number[]): number[][] =>
  list.length === 0
    ? [[]]
    : list.flatMap((first) => permutations(list.filter((other) => other !== first)).map((rest) => [first, ...rest]));
