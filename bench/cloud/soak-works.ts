import { randomInt, randomUUID } from 'node:crypto';
import type { CloudFunction, Resources } from '../../cloudfunctions/resources';
import { connectSdk, transactionsOf, type Transaction } from './sdk-operations';
import type { BenchServer } from './server';

const DOCUMENTS = 2000;

const soakFunction = (name: string): CloudFunction => ({
  name,
  runtime: 'Nodejs20.19',
  memoryMb: 256,
  timeoutSeconds: 5,
  invokedBy: ['function'],
  environment: [],
});

/** What the soak's server declares. */
export const soakResources: Resources = {
  collections: [
    {
      name: 'accounts',
      clientAccess: 'none',
      indexes: [{ name: 'one_number', keys: { number: 1 }, unique: true, sparse: false }],
    },
    { name: 'passing', clientAccess: 'none', indexes: [] },
  ],
  functions: ['echo', 'dying'].map(soakFunction),
  routes: [],
  timers: [],
  storage: [{ prefix: 'files/', clientAccess: 'none', maxBytes: 1_000_000 }],
};

/** The functions' sources by name: one that answers, and one that takes its process with it now and then. */
export const SOAK_FUNCTIONS: Readonly<Record<string, string>> = {
  echo: 'exports.main = async (event) => { console.log("called"); return event; };',
  dying: 'exports.main = async () => { if (Math.random() < 0.1) process.exit(1); return null; };',
};

/** Refusals that the soak provokes are part of it. */
const refused = async (work: Promise<unknown>): Promise<void> => {
  const outcome = await work.then(
    () => 'done',
    () => 'refused',
  );
  if (outcome !== 'refused') throw new Error('what must be refused was done');
};

/** All kinds of work, each to be repeated by a caller of its own; every one leaves as many documents and files as it found. */
export const soakWorks = async (server: BenchServer): Promise<readonly (() => Promise<unknown>)[]> => {
  const app = connectSdk(server);
  const db = app.database();
  const accounts = db.collection('accounts');
  const any = () => accounts.doc(`account-${String(randomInt(DOCUMENTS))}`);
  const account = (number: number) => ({
    _id: `account-${String(number)}`,
    number,
    balance: 100,
    note: 'x'.repeat(300),
  });
  for (let from = 0; from < DOCUMENTS; from += 500) {
    await accounts.add(Array.from({ length: 500 }, (_none, at) => account(from + at)));
  }
  const move = { balance: db.command.inc(1) };
  const leave = new Error('rolled back');

  const transfer = (end: (transaction: Transaction) => Promise<void>) =>
    transactionsOf(db).runTransaction(async (transaction) => {
      for (const one of [randomInt(1000), 1000 + randomInt(1000)]) {
        await transaction
          .collection('accounts')
          .doc(`account-${String(one)}`)
          .update(move);
      }
      await end(transaction);
    });

  const fault = (body: Readonly<Record<string, unknown>>) =>
    fetch(`${server.url}/_local/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  return [
    () => any().get(),
    () => accounts.where({ number: randomInt(DOCUMENTS) }).get(),
    () =>
      accounts
        .where({ balance: db.command.gt(randomInt(1000)) })
        .limit(5)
        .get(),
    () =>
      accounts
        .aggregate()
        .match({ number: db.command.lt(100) })
        .sort({ balance: -1 })
        .limit(3)
        .end(),
    () => accounts.where({ number: randomInt(DOCUMENTS) }).update(move),
    () => refused(accounts.add(account(randomInt(DOCUMENTS)))),
    async () => {
      const { id } = (await db.collection('passing').add({ text: 'x'.repeat(randomInt(20_000)) })) as { id: string };
      await db.collection('passing').doc(id).remove();
    },
    // Two that want the same documents conflict now and then.
    () => transfer(() => Promise.resolve()).catch(() => undefined),
    () => transfer(() => Promise.resolve()).catch(() => undefined),
    () => transfer((transaction) => transaction.rollback(leave)).catch(() => undefined),
    async () => {
      // Left open: the server has to end it by itself.
      if (randomInt(50) === 0) await transactionsOf(db).startTransaction();
    },
    () => app.callFunction({ name: 'echo', data: { text: 'x'.repeat(randomInt(5000)) } }),
    () => app.callFunction({ name: 'dying', data: {} }).catch(() => undefined),
    async () => {
      const fileContent = Buffer.alloc(randomInt(100_000), 1);
      const { fileID } = await app.uploadFile({
        cloudPath: `files/${randomUUID()}`,
        fileContent: fileContent as never,
      });
      await app.downloadFile({ fileID });
      await app.deleteFile({ fileList: [fileID] });
    },
    async () => {
      await fault({ action: 'database.calculateDocument', fault: 'conflict' });
      await refused(accounts.count());
      await (await fetch(`${server.url}/_local/calls?since=0`)).arrayBuffer();
    },
  ];
};
