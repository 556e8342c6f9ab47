import type { CloudBase } from '@cloudbase/node-sdk';
import type { Resources } from '../../../cloudfunctions/resources';
import { collection, command, counted, found, refusal } from '../../contract/cloud/cloud-under-test';

type Database = ReturnType<CloudBase['database']>;

/** The SDK leaves its transactions untyped. */
const runTransaction = (db: Database, work: (transaction: Pick<Database, 'collection'>) => Promise<void>) =>
  (db as unknown as { runTransaction(given: typeof work): Promise<void> }).runTransaction(work);

/** What is written while a server is killed, and what of it was acknowledged. */
export const ledgerResources: Resources = {
  collections: [
    collection('notes', [{ name: 'one_number', keys: { number: 1 }, unique: true, sparse: false }]),
    collection('counters'),
  ],
  functions: [],
  routes: [],
  timers: [],
  storage: [{ prefix: 'files/', clientAccess: 'none', maxBytes: 1_000_000 }],
};

const TOGETHER = 3;

interface Tally {
  acknowledged: number;
  attempted: number;
}

/** Writes of all kinds, and the account of what must be there after any death. */
export const newLedger = () => {
  /** Numbers of notes: those that were acknowledged, and those that were sent and may be there or not. */
  const acknowledged = new Set<number>();
  const open = new Set<number>();
  const files = new Map<string, string>();
  const increments: Tally = { acknowledged: 0, attempted: 0 };
  const transfers: Tally = { acknowledged: 0, attempted: 0 };
  let last = 0;

  const note = (number: number) => ({ _id: `n${String(number)}`, number, text: 'x'.repeat(300) });

  /** Adds notes in one request. */
  const add = async (db: Database, count: number): Promise<void> => {
    const numbers = Array.from({ length: count }, () => (last += 1));
    for (const number of numbers) open.add(number);
    await db.collection('notes').add(count === 1 ? note(last) : numbers.map(note));
    for (const number of numbers) {
      open.delete(number);
      acknowledged.add(number);
    }
  };
  const increment = async (db: Database): Promise<void> => {
    const [counter] = await found(db.collection('counters').doc('one'));
    increments.attempted += 1;
    const condition = { _id: 'one', n: counter?.['n'] };
    const { updated } = (await db
      .collection('counters')
      .where(condition)
      .update({ n: command.inc(1) })) as { updated: number };
    increments.acknowledged += updated;
  };
  const transfer = async (db: Database): Promise<void> => {
    transfers.attempted += 1;
    await runTransaction(db, async (transaction) => {
      for (const [id, by] of [
        ['from', -1],
        ['to', 1],
      ] as const) {
        await transaction
          .collection('counters')
          .doc(id)
          .update({ n: command.inc(by) });
      }
    });
    transfers.acknowledged += 1;
  };
  const store = async (app: CloudBase): Promise<void> => {
    const text = `${String((last += 1))}-${'y'.repeat(5000)}`;
    const fileContent = Buffer.from(text) as never;
    const { fileID } = await app.uploadFile({ cloudPath: `files/${String(last)}`, fileContent });
    files.set(fileID, text);
  };

  const valueOf = async (db: Database, id: string): Promise<unknown> =>
    (await found(db.collection('counters').doc(id)))[0]?.['n'];

  /** Which of some notes are there. */
  const there = async (db: Database, numbers: readonly number[]): Promise<Set<number>> => {
    const present = new Set<number>();
    for (let from = 0; from < numbers.length; from += 500) {
      const ids = numbers.slice(from, from + 500).map((number) => `n${String(number)}`);
      const rows = await found(
        db
          .collection('notes')
          .where({ _id: command.in(ids) })
          .limit(1000),
      );
      for (const row of rows) present.add(row['number'] as number);
    }
    return present;
  };

  return {
    /** The first documents. */
    begin: (app: CloudBase) =>
      app
        .database()
        .collection('counters')
        .add(['one', 'from', 'to'].map((_id) => ({ _id, n: 0 }))),

    /** Kinds of writes; each is repeated until the server dies. */
    writers(app: CloudBase): (() => Promise<void>)[] {
      const db = app.database();
      const count = () => increment(db);
      return [() => add(db, 1), () => add(db, TOGETHER), count, count, () => transfer(db), () => store(app)];
    },

    /** Whether all that was acknowledged is there, and nothing by halves. */
    async check(app: CloudBase): Promise<void> {
      const db = app.database();
      const present = await there(db, [...acknowledged, ...open]);
      expect([...acknowledged].filter((number) => !present.has(number))).toEqual([]);

      for (const number of [...open].sort((one, other) => one - other)) {
        open.delete(number);
        acknowledged.add(number);
        // What was cut off is there with its key, or the key is free.
        const again = db.collection('notes').add({ ...note(number), _id: `again${String(number)}` });
        if (present.has(number)) expect((await refusal(again)).message).toContain('one_number');
        else {
          await again;
          await db
            .collection('notes')
            .doc(`again${String(number)}`)
            .remove();
          await db.collection('notes').add(note(number));
        }
      }

      const n = await valueOf(db, 'one');
      expect(n).toBeGreaterThanOrEqual(increments.acknowledged);
      expect(n).toBeLessThanOrEqual(increments.attempted);
      const moved = await valueOf(db, 'to');
      expect(moved).toBeGreaterThanOrEqual(transfers.acknowledged);
      expect(moved).toBeLessThanOrEqual(transfers.attempted);
      expect(await valueOf(db, 'from')).toBe(0 - Number(moved));
    },

    /** Whether documents, index and files agree in the end. */
    async checkWhole(app: CloudBase): Promise<void> {
      const notes = app.database().collection('notes');
      expect(await counted(notes)).toBe(acknowledged.size);
      // Counted by the index.
      expect(await counted(notes.where({ number: command.gt(0) }))).toBe(acknowledged.size);
      for (const number of [...acknowledged].slice(-50)) {
        expect(await found(notes.where({ number }))).toHaveLength(1);
      }
      for (const [fileID, text] of files) {
        expect((await app.downloadFile({ fileID })).fileContent?.toString()).toBe(text);
      }
    },
    /** How many writes were acknowledged. */
    acknowledged: () => acknowledged.size + increments.acknowledged + transfers.acknowledged + files.size,
    /** How much of it is of which kind: of each kind there must be some, or nothing is proved. */
    figures: () => ({
      notes: acknowledged.size,
      increments: increments.acknowledged,
      transfers: transfers.acknowledged,
      files: files.size,
    }),
  };
};
