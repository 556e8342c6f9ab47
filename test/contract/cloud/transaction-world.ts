import { after } from '../../../local/cloud/after';
import { collection, startCloudUnderTest, type CloudUnderTest } from './cloud-under-test';

/** What the SDK answers, which it does not declare. */
export type Fields = Record<string, unknown>;

/** What the SDK gives and does not declare. */
interface Documents {
  add(document: object): Promise<Fields>;
  doc(id: string): {
    get(): Promise<{ data: unknown }>;
    set(fields: object): Promise<Fields>;
    update(change: object): Promise<Fields>;
    remove(): Promise<Fields>;
  };
  where(query: object): {
    get(): Promise<{ data: Fields[] }>;
    orderBy(path: string, direction: 'asc' | 'desc'): { limit(n: number): { get(): Promise<{ data: Fields[] }> } };
    count(): Promise<Fields>;
    update(change: object): Promise<Fields>;
    updateAndReturn(change: object): Promise<Fields>;
    remove(): Promise<Fields>;
  };
}
export interface Transaction {
  _id: string;
  collection(name: string): Documents;
  commit(): Promise<Fields>;
  rollback(reason?: unknown): Promise<Fields>;
}
interface Database {
  collection(name: string): Documents;
  startTransaction(): Promise<Transaction>;
  runTransaction<T>(work: (transaction: Transaction) => Promise<T>, times?: number): Promise<T>;
}

/** A clock that goes by hand, but for moments. */
const clock = () => {
  const waiting = new Set<() => void>();
  const strike = (works: readonly (() => void)[]): void => {
    for (const work of works) {
      waiting.delete(work);
      work();
    }
  };
  return {
    after: (milliseconds: number, work: () => void) => {
      if (milliseconds < 1000) return after(milliseconds, work);
      waiting.add(work);
      return () => {
        waiting.delete(work);
      };
    },
    waiting: () => waiting.size,
    /** Lets the time be over for all that wait, or for the last of them. */
    strikeAll: () => {
      strike([...waiting]);
    },
    strikeLast: () => {
      strike([...waiting].slice(-1));
    },
  };
};

/** A cloud with accounts `a` and `b` and no card before each test; its transactions end by a clock that goes by hand. */
export const transactionWorld = () => {
  const hands = clock();
  let under: CloudUnderTest | undefined;
  const cloud = (): CloudUnderTest => {
    if (!under) throw new Error('the cloud has not started');
    return under;
  };

  beforeAll(async () => {
    const collections = [
      collection('accounts'),
      collection('cards', [
        { name: 'one_number', keys: { number: 1 }, unique: true, sparse: true },
        { name: 'by_owner', keys: { owner: 1 }, unique: false, sparse: false },
      ]),
    ];
    under = await startCloudUnderTest({ collections }, {}, undefined, { after: hands.after });
  });
  afterAll(() => cloud().close());

  const db = () => cloud().app.database() as unknown as Database;
  const accounts = () => db().collection('accounts');
  const cards = () => db().collection('cards');
  const stored = async (id: string, of = accounts()): Promise<unknown> => (await of.where({ _id: id }).get()).data[0];

  const open: Transaction[] = [];
  const start = async () => {
    const transaction = await db().startTransaction();
    open.push(transaction);
    return Object.assign(transaction, {
      accounts: transaction.collection('accounts'),
      cards: transaction.collection('cards'),
    });
  };

  beforeEach(async () => {
    for (const all of [accounts(), cards()]) await all.where({}).remove();
    await accounts().add([
      { _id: 'a', n: 1 },
      { _id: 'b', n: 2 },
    ]);
  });
  afterEach(async () => {
    // Most are over; those that are not would hold up the next test.
    for (const transaction of open.splice(0)) await transaction.rollback().catch(() => undefined);
  });

  /** Lets the server come to what was sent before: the last of some later requests is answered after it has been seen. */
  const seen = async () => {
    for (let n = 0; n < 5; n += 1) await accounts().where({}).get();
  };

  return { cloud, hands, db, accounts, cards, stored, open, start, seen };
};

const ADVICE = 'Please check your request, but if the problem persists, contact us.';
/** Refusals by what the SDK tells of them. */
export const CONFLICT = {
  code: 'DATABASE_TRANSACTION_CONFLICT',
  message: expect.stringContaining(
    `[ResourceUnavailable.TransactionConflict] Transaction is conflict, maybe resource operated by others. ${ADVICE}`,
  ) as string,
};
export const OVER = {
  code: 'DATABASE_TRANSACTION_FAIL',
  message: expect.stringContaining(
    `[ResourceUnavailable.TransactionNotExist] Transaction does not exist on the server, transaction must be commit or abort in 30 seconds. ${ADVICE}`,
  ) as string,
};
export const BUSY = {
  code: 'DATABASE_TRANSACTION_FAIL',
  message: expect.stringContaining(`[ResourceUnavailable.TransactionBusy] Transaction is busy. ${ADVICE}`) as string,
};
export const TAKEN = {
  code: 'DATABASE_REQUEST_FAILED',
  message: expect.stringContaining('E11000 duplicate key error') as string,
};

/** A call beside, and whether it is answered yet. */
export const pending = <T>(call: Promise<T>) => {
  const state = { isDone: false, call };
  const done = () => {
    state.isDone = true;
  };
  call.then(done, done);
  return state;
};
