import tcb from '@cloudbase/node-sdk';
import { anyCard, card, cardId, CARDS, PER_OWNER } from './cards';
import type { Caller } from './load';
import type { BenchServer } from './server';

type Database = ReturnType<ReturnType<typeof tcb.init>['database']>;

/** A transaction of the SDK. */
export interface Transaction extends Pick<Database, 'collection'> {
  rollback(reason?: unknown): Promise<void>;
}

interface Transactions {
  runTransaction(work: (transaction: Transaction) => Promise<void>): Promise<void>;
  startTransaction(): Promise<Transaction>;
}

/** The SDK leaves its transactions untyped. */
export const transactionsOf = (db: Database): Transactions => db;

/** Points the SDK of this process at a server, as a function is. */
export const connectSdk = ({ sdkEnvironment }: BenchServer) => {
  Object.assign(process.env, sdkEnvironment, { SILENCE: 'true' });
  return tcb.init({ env: tcb.SYMBOL_CURRENT_ENV });
};

/** The bench's operations through the unmodified SDK. */
export const sdkOperations = (server: BenchServer) => {
  const db = connectSdk(server).database();
  const cards = db.collection('cards');
  const increase = { version: db.command.inc(1) };
  let inserted = 4 * CARDS;

  /** @param work gives whether the answer is what it must be */
  const operation = (name: string, work: () => Promise<boolean>) => ({
    name,
    callers: (count: number) =>
      Array.from({ length: count }, (): Caller => async () => {
        if (!(await work())) throw new Error(`${name} was answered wrongly`);
        return 'done';
      }),
  });

  return [
    operation('point read', async () => lengthOf(await cards.doc(cardId(anyCard())).get()) === 1),
    operation(
      `indexed query of ${String(PER_OWNER)}`,
      async () => lengthOf(await cards.where({ owner: card(anyCard()).owner }).get()) === PER_OWNER,
    ),
    operation('conditional update', async () => {
      const query = { _id: cardId(anyCard()), state: 'issued' };
      return ((await cards.where(query).update(increase)) as { updated: number }).updated === 1;
    }),
    operation(
      'insert',
      async () => typeof ((await cards.add(card((inserted += 1)))) as { id: unknown }).id === 'string',
    ),
    operation('transaction of 3', async () => {
      // One after the other, so that no two that are open want the same document.
      const of = cardId((inserted += 1) % CARDS);
      await transactionsOf(db).runTransaction(async (transaction) => {
        const one = transaction.collection('cards').doc(of);
        await one.get();
        await one.update(increase);
        await transaction.collection('entries').add({ of });
      });
      return true;
    }),
  ];
};

const lengthOf = (answer: unknown): number => (answer as { data: unknown[] }).data.length;
