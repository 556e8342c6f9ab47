import { outcome, type ParityCase, type ParityTransaction, type ParityWorld } from '../parity-case';

const plain = ({ db }: ParityWorld | { db: ParityTransaction }) => db.collection('parity_plain');

/** Two documents of this run and this case. */
const two = async (world: ParityWorld, of: string) => {
  const mark = `${world.mark}-${of}`;
  const ids = { a: `${mark}-a`, b: `${mark}-b` };
  await plain(world).add([
    { _id: ids.a, mark, n: 1 },
    { _id: ids.b, mark, n: 1 },
  ]);
  const stored = async () => (await plain(world).where({ mark }).orderBy('_id', 'asc').get()).data;
  return { mark, ...ids, stored };
};

export const transactionCases: readonly ParityCase[] = [
  {
    area: 'transactions',
    name: 'makes what a transaction wrote seen at its commit, and not before',
    evidence: 'vendor’s tests',
    run: async (world) => {
      const { a, b, stored } = await two(world, 'commit');
      const db = await world.db.startTransaction();
      const inside = [
        await plain({ db }).doc(a).update({ n: 2 }),
        await plain({ db }).doc(b).remove(),
        await plain({ db }).doc(a).get(),
      ];
      const before = await stored();
      return [inside, before, await db.commit(), await stored()];
    },
  },
  {
    area: 'transactions',
    name: 'leaves nothing of a transaction that is rolled back',
    evidence: 'vendor’s tests',
    run: async (world) => {
      const { a, mark, stored } = await two(world, 'rollback');
      const db = await world.db.startTransaction();
      await plain({ db }).doc(a).set({ mark, n: 5 });
      return [await db.rollback(), await stored()];
    },
  },
  {
    area: 'transactions',
    name: 'gives one document or null inside of a transaction, and a list outside of it',
    evidence: 'SDK source',
    run: async (world) => {
      const { a, mark } = await two(world, 'null');
      const db = await world.db.startTransaction();
      const answers = [await plain({ db }).doc(a).get(), await plain({ db }).doc(`${mark}-nobody`).get()];
      await db.rollback();
      return [...answers, await plain(world).doc(`${mark}-nobody`).get()];
    },
  },
  {
    area: 'transactions',
    name: 'refuses the second of two transactions that write one document, at its write',
    evidence: 'vendor’s tests',
    run: async (world) => {
      const { a, stored } = await two(world, 'conflict');
      const [first, second] = [await world.db.startTransaction(), await world.db.startTransaction()];
      await plain({ db: first }).doc(a).get();
      await plain({ db: second }).doc(a).get();
      await plain({ db: first }).doc(a).update({ n: 2 });
      const refused = await outcome(plain({ db: second }).doc(a).update({ n: 3 }));
      await first.commit();
      return [refused, await outcome(second.commit()), await stored()];
    },
  },
  {
    area: 'transactions',
    name: 'looks at the state of its first operation, not at that of its beginning',
    evidence: 'vendor’s tests',
    run: async (world) => {
      const { a, b } = await two(world, 'snapshot');
      const db = await world.db.startTransaction();
      await plain(world).doc(a).update({ n: 2 });
      const seen = [await plain({ db }).doc(a).get()];
      await plain(world).doc(b).update({ n: 3 });
      seen.push(await plain({ db }).doc(b).get());
      await db.rollback();
      return seen;
    },
  },
  {
    area: 'transactions',
    name: 'refuses what comes after the end of a transaction',
    evidence: 'vendor’s tests',
    run: async (world) => {
      const { a } = await two(world, 'over');
      const db = await world.db.startTransaction();
      await plain({ db }).doc(a).get();
      await db.commit();
      return [await outcome(plain({ db }).doc(a).get()), await outcome(db.commit())];
    },
  },
  {
    area: 'transactions',
    name: 'refuses operations of one transaction that are sent at once',
    evidence: 'public reports',
    run: async (world) => {
      const { a, b } = await two(world, 'busy');
      const db = await world.db.startTransaction();
      await plain({ db }).doc(a).get();
      const together = await Promise.all([a, b, a, b].map((id) => outcome(plain({ db }).doc(id).get())));
      await outcome(db.rollback());
      // How many are refused depends on the network; that some are, and with what, does not.
      const refused = together.filter((one) => typeof one === 'object' && one !== null && 'refused' in one);
      return [refused.length > 0, refused[0]];
    },
  },
  {
    area: 'transactions',
    name: 'lets where().update() of a transaction work beside it',
    evidence: 'SDK source',
    run: async (world) => {
      const { mark, b, stored } = await two(world, 'beside');
      const db = await world.db.startTransaction();
      await plain({ db }).doc(b).get();
      const answer = await plain({ db }).where({ mark, _id: b }).update({ leaked: true });
      await db.rollback();
      return [answer, await stored()];
    },
  },
  {
    area: 'transactions',
    name: 'is tried anew by runTransaction after a conflict',
    evidence: 'SDK source',
    run: async (world) => {
      const { a, stored } = await two(world, 'retry');
      let runs = 0;
      await world.db.runTransaction(async (db) => {
        runs += 1;
        await plain({ db }).doc(a).get();
        if (runs === 1) await plain(world).doc(a).update({ n: 7 });
        await plain({ db })
          .doc(a)
          .update({ n: world.db.command['inc']?.(1) });
      });
      return [runs, await stored()];
    },
  },
];
