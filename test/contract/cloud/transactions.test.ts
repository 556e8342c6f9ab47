import { after } from '../../../local/cloud/after';
import { collection, command as _, found, refusal, startCloudUnderTest, type CloudUnderTest } from './cloud-under-test';

type Fields = Record<string, unknown>;

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
interface Transaction {
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

const hands = clock();
let under: CloudUnderTest;

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
afterAll(() => under.close());

const db = () => under.app.database() as unknown as Database;
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

const ADVICE = 'Please check your request, but if the problem persists, contact us.';
const CONFLICT = {
  code: 'DATABASE_TRANSACTION_CONFLICT',
  message: expect.stringContaining(
    `[ResourceUnavailable.TransactionConflict] Transaction is conflict, maybe resource operated by others. ${ADVICE}`,
  ) as string,
};
const OVER = {
  code: 'DATABASE_TRANSACTION_FAIL',
  message: expect.stringContaining(
    `[ResourceUnavailable.TransactionNotExist] Transaction does not exist on the server, transaction must be commit or abort in 30 seconds. ${ADVICE}`,
  ) as string,
};
const BUSY = {
  code: 'DATABASE_TRANSACTION_FAIL',
  message: expect.stringContaining(`[ResourceUnavailable.TransactionBusy] Transaction is busy. ${ADVICE}`) as string,
};
const TAKEN = {
  code: 'DATABASE_REQUEST_FAILED',
  message: expect.stringContaining('E11000 duplicate key error') as string,
};

/** A call beside, and whether it is answered yet. */
const pending = <T>(call: Promise<T>) => {
  const state = { isDone: false, call };
  const done = () => {
    state.isDone = true;
  };
  call.then(done, done);
  return state;
};
/** Lets the server come to what was sent before: the last of some later requests is answered after it has been seen. */
const seen = async () => {
  for (let n = 0; n < 5; n += 1) await accounts().where({}).get();
};

describe('a transaction', () => {
  it('makes what it wrote in several collections seen at once, when it is committed', async () => {
    const transaction = await start();
    await transaction.accounts.doc('a').update({ n: _.inc(-1) });
    await transaction.accounts.doc('b').remove();
    await transaction.cards.add({ _id: 'c', number: 7 });
    expect([await stored('a'), await stored('b'), await stored('c', cards())]).toEqual([
      { _id: 'a', n: 1 },
      { _id: 'b', n: 2 },
      undefined,
    ]);
    expect(await transaction.commit()).toMatchObject({ requestId: expect.any(String) as string });
    expect([await stored('a'), await stored('b'), await stored('c', cards())]).toEqual([
      { _id: 'a', n: 0 },
      undefined,
      { _id: 'c', number: 7 },
    ]);
    await under.restart();
    expect([await stored('a'), await stored('b'), await stored('c', cards())]).toEqual([
      { _id: 'a', n: 0 },
      undefined,
      { _id: 'c', number: 7 },
    ]);
  });

  it('leaves nothing when it is rolled back', async () => {
    const transaction = await start();
    await transaction.accounts.doc('a').set({ n: 9 });
    await transaction.cards.add({ _id: 'c' });
    await transaction.rollback();
    expect([await stored('a'), await stored('c', cards())]).toEqual([{ _id: 'a', n: 1 }, undefined]);
  });

  it('leaves nothing when its function throws or rolls back', async () => {
    const thrown = new Error('no');
    const thrower = db().runTransaction(async (transaction) => {
      await transaction.collection('accounts').doc('a').set({ n: 9 });
      throw thrown;
    });
    await expect(thrower).rejects.toBe(thrown);
    const leaver = db().runTransaction(async (transaction) => {
      await transaction.collection('accounts').doc('a').set({ n: 9 });
      await transaction.rollback('changed my mind');
    });
    await expect(leaver).rejects.toBe('changed my mind');
    expect(await stored('a')).toEqual({ _id: 'a', n: 1 });
    // Nothing is held any more.
    await accounts().doc('a').update({ n: 3 });
  });

  it('answers as the SDK expects it inside: a document is itself or null', async () => {
    const transaction = await start();
    expect((await transaction.accounts.doc('a').get()).data).toEqual({ _id: 'a', n: 1 });
    expect((await transaction.accounts.doc('x').get()).data).toBeNull();
    expect((await accounts().doc('x').get()).data).toEqual([]);
    expect(await transaction.accounts.add({ _id: 'x' })).toMatchObject({ inserted: 1, ok: 1, id: 'x' });
    expect(await transaction.accounts.add([{ _id: 'y' }, { _id: 'z' }])).toMatchObject({ ids: ['y', 'z'] });
    expect(await transaction.accounts.doc('x').set({ n: 5 })).toMatchObject({ updated: 1 });
    expect(await transaction.accounts.doc('v').set({ n: 6 })).toMatchObject({ updated: 0, upserted: [{ _id: 'v' }] });
    expect(await transaction.accounts.doc('b').update({ n: 2 })).toMatchObject({ updated: 0 });
    expect(await transaction.accounts.doc('y').remove()).toMatchObject({ deleted: 1 });
    expect(await transaction.accounts.doc('y').remove()).toMatchObject({ deleted: 0 });
    expect(await transaction.accounts.where({ n: 5 }).updateAndReturn({ n: _.inc(1) })).toMatchObject({
      updated: 1,
      doc: { _id: 'x', n: 6 },
    });
  });

  it('sees its own writes in every way of looking', async () => {
    await cards().add([
      { _id: 'c1', owner: 'u', at: 1 },
      { _id: 'c2', owner: 'u', at: 2 },
      { _id: 'c3', owner: 'w', at: 3 },
    ]);
    const transaction = await start();
    await transaction.cards.doc('c1').remove();
    await transaction.cards.doc('c3').update({ owner: 'u' });
    await transaction.cards.add({ _id: 'c0', owner: 'u', at: 0 });
    const idsOf = ({ data }: { data: Fields[] }) => data.map(({ _id }) => _id);
    expect(idsOf(await transaction.cards.where({ owner: 'u' }).get())).toEqual(['c2', 'c3', 'c0']);
    expect(idsOf(await transaction.cards.where({}).orderBy('_id', 'asc').limit(2).get())).toEqual(['c0', 'c2']);
    expect(idsOf(await transaction.cards.where({}).orderBy('at', 'desc').limit(2).get())).toEqual(['c3', 'c2']);
    expect(idsOf(await transaction.cards.where({ owner: 'w' }).get())).toEqual([]);
    expect(idsOf(await cards().where({ owner: 'u' }).get())).toEqual(['c1', 'c2']);
  });

  it('looks at the state of its first operation, not of its beginning', async () => {
    const transaction = await start();
    await accounts().doc('a').update({ n: 10 });
    expect((await transaction.accounts.doc('a').get()).data).toEqual({ _id: 'a', n: 10 });
    await accounts().doc('a').update({ n: 20 });
    await accounts().doc('a').update({ n: 30 });
    await accounts().doc('b').remove();
    await accounts().add({ _id: 'late', n: 10 });
    expect((await transaction.accounts.doc('a').get()).data).toEqual({ _id: 'a', n: 10 });
    const before = [
      { _id: 'a', n: 10 },
      { _id: 'b', n: 2 },
    ];
    expect((await transaction.accounts.where({}).get()).data).toEqual(before);
    expect((await transaction.accounts.where({ n: _.gt(0) }).get()).data).toEqual(before);
    expect((await transaction.accounts.where({}).orderBy('_id', 'asc').limit(5).get()).data).toEqual(before);
  });

  it('is ended where it would write what another one holds, and tells so at once', async () => {
    const [first, second] = [await start(), await start()];
    await first.accounts.doc('a').update({ n: 11 });
    await second.accounts.doc('b').update({ n: 12 });
    expect(await refusal(second.accounts.doc('a').update({ n: 13 }))).toMatchObject(CONFLICT);
    expect(await refusal(second.accounts.doc('b').get())).toMatchObject(OVER);
    expect(await refusal(second.commit())).toMatchObject(OVER);
    // What the loser held is free again.
    await first.accounts.doc('b').update({ n: 14 });
    await first.commit();
    expect([await stored('a'), await stored('b')]).toEqual([
      { _id: 'a', n: 11 },
      { _id: 'b', n: 14 },
    ]);
  });

  it.each([
    ['a write beside', () => accounts().doc('a').update({ n: 5 })],
    ['a removal beside', () => accounts().doc('a').remove()],
    [
      'another transaction',
      () => db().runTransaction(async (other) => other.collection('accounts').doc('a').update({ n: 5 })),
    ],
  ])('is ended where it would write what %s has changed since it first looked', async (_name, change) => {
    const transaction = await start();
    await transaction.accounts.doc('b').get();
    await change();
    expect(await refusal(transaction.accounts.doc('a').update({ n: 6 }))).toMatchObject(CONFLICT);
    expect(await refusal(transaction.accounts.doc('b').get())).toMatchObject(OVER);
  });

  it('does not hear of what it has only read: two write each what the other has read', async () => {
    const [first, second] = [await start(), await start()];
    await first.accounts.doc('a').get();
    await second.accounts.doc('b').get();
    await first.accounts.doc('b').update({ n: 0 });
    await second.accounts.doc('a').update({ n: 0 });
    await first.commit();
    await second.commit();
    expect([await stored('a'), await stored('b')]).toEqual([
      { _id: 'a', n: 0 },
      { _id: 'b', n: 0 },
    ]);
  });

  it('is begun anew by runTransaction after a conflict, and after no other refusal', async () => {
    let runs = 0;
    await db().runTransaction(async (transaction) => {
      runs += 1;
      const { data } = (await transaction.collection('accounts').doc('a').get()) as { data: { n: number } };
      if (runs < 3)
        await accounts()
          .doc('a')
          .update({ n: _.inc(10) });
      await transaction
        .collection('accounts')
        .doc('a')
        .update({ n: data.n + 1 });
    });
    expect(runs).toBe(3);
    expect(await stored('a')).toEqual({ _id: 'a', n: 22 });
    runs = 0;
    const always = db().runTransaction(async (transaction) => {
      runs += 1;
      await transaction.collection('accounts').doc('a').get();
      await accounts()
        .doc('a')
        .update({ n: _.inc(10) });
      await transaction.collection('accounts').doc('a').update({ n: 0 });
    }, 2);
    expect(await refusal(always)).toMatchObject(CONFLICT);
    expect(runs).toBe(3);
    runs = 0;
    const taken = db().runTransaction(async (transaction) => {
      runs += 1;
      await transaction.collection('accounts').add({ _id: 'a' });
    });
    expect(await refusal(taken)).toMatchObject(TAKEN);
    expect(runs).toBe(1);
  });

  it('keeps a sum under transfers that run together', async () => {
    const ids = ['p', 'q', 'r'];
    await accounts().add(ids.map((_id) => ({ _id, n: 100 })));
    const balance = async (transaction: Transaction, id: string) =>
      ((await transaction.collection('accounts').doc(id).get()) as { data: { n: number } }).data.n;
    const transfer = (from: string, to: string) =>
      db().runTransaction(async (transaction) => {
        const [out, into] = [await balance(transaction, from), await balance(transaction, to)];
        await transaction
          .collection('accounts')
          .doc(from)
          .update({ n: out - 1, moved: _.inc(1) });
        await transaction
          .collection('accounts')
          .doc(to)
          .update({ n: into + 1 });
      });
    const pairs = ids.flatMap((from) => ids.filter((to) => to !== from).map((to) => [from, to] as const));
    const outcomes = await Promise.allSettled(pairs.map(([from, to]) => transfer(from, to)));
    const lost = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    for (const reason of lost) expect(reason).toMatchObject({ code: CONFLICT.code });
    const { data } = await accounts()
      .where({ _id: _.in(ids) })
      .get();
    expect(data.reduce((sum, { n }) => sum + Number(n), 0)).toBe(300);
    expect(data.reduce((sum, { moved }) => sum + Number(moved ?? 0), 0)).toBe(pairs.length - lost.length);
  });

  it('refuses a second operation while one is under way, and goes on', async () => {
    const transaction = await start();
    const together = ['a', 'b', 'a', 'b'].map((id) => transaction.accounts.doc(id).get());
    const outcomes = await Promise.allSettled(together);
    const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []));
    expect(refused).toHaveLength(together.length - 1);
    for (const error of refused) expect(await refusal(Promise.reject(error))).toMatchObject(BUSY);
    await transaction.accounts.doc('a').update({ n: 7 });
    await transaction.commit();
    expect(await stored('a')).toEqual({ _id: 'a', n: 7 });
  });

  it.each<[string, (transaction: Transaction) => Promise<unknown> | undefined]>([
    ['its commit', (transaction) => transaction.commit()],
    ['its end', (transaction) => transaction.rollback()],
    [
      'thirty seconds',
      () => {
        hands.strikeAll();
        return undefined;
      },
    ],
  ])('is over after %s', async (_name, over) => {
    const transaction = await start();
    await transaction.accounts.doc('a').get();
    await over(transaction);
    const calls: (() => Promise<unknown>)[] = [
      () => transaction.accounts.doc('a').get(),
      () => transaction.accounts.where({}).get(),
      () => transaction.accounts.add({ n: 1 }),
      () => transaction.accounts.doc('a').set({ n: 1 }),
      () => transaction.accounts.doc('a').update({ n: 1 }),
      () => transaction.accounts.doc('a').remove(),
      () => transaction.commit(),
      () => transaction.rollback(),
    ];
    for (const call of calls) expect(await refusal(call())).toMatchObject(OVER);
    expect(await stored('a')).toEqual({ _id: 'a', n: 1 });
    expect(hands.waiting()).toBe(0);
  });

  it('is forgotten with the server, and so is what it wrote', async () => {
    const transaction = await start();
    await transaction.accounts.doc('a').update({ n: 9 });
    await under.restart();
    expect(await stored('a')).toEqual({ _id: 'a', n: 1 });
    await accounts().doc('a').update({ n: 2 });
    // The SDK of the new server asks for the old one's.
    const late = await start();
    const { _id } = late;
    late._id = transaction._id;
    expect(await refusal(late.commit())).toMatchObject(OVER);
    late._id = _id;
  });

  it('is ended by an update that cannot be applied, and by nothing that is malformed', async () => {
    const transaction = await start();
    await transaction.accounts.doc('a').update({ n: 5 });
    expect(await refusal(transaction.accounts.where({ $where: 'true' }).get())).toMatchObject({
      code: 'INVALID_PARAM',
    });
    await transaction.accounts.doc('b').update({ text: 'x' });
    expect(await refusal(transaction.accounts.doc('b').update({ text: _.inc(1) }))).toMatchObject({
      code: 'DATABASE_REQUEST_FAILED',
    });
    expect(await refusal(transaction.commit())).toMatchObject(OVER);
    expect([await stored('a'), await stored('b')]).toEqual([
      { _id: 'a', n: 1 },
      { _id: 'b', n: 2 },
    ]);
  });

  it('has at most a hundred operations, and there are at most a hundred of them', async () => {
    const transaction = await start();
    for (let n = 0; n < 100; n += 1) await transaction.accounts.doc('a').get();
    expect(await refusal(transaction.accounts.doc('a').get())).toMatchObject({
      code: 'DATABASE_TRANSACTION_FAIL',
      message: expect.stringContaining('100 operations') as string,
    });
    await transaction.commit();
    await Promise.all(Array.from({ length: 100 }, start));
    expect(await refusal(start())).toMatchObject({ code: 'EXCEED_CONCURRENT_REQUEST_LIMIT' });
    await Promise.all(open.splice(0).map((one) => one.rollback().catch(() => undefined)));
    await start();
  });
});

describe('unique keys', () => {
  it('are refused to a transaction that would take one twice, which ends it', async () => {
    await cards().add({ _id: 'c', number: 1 });
    const transaction = await start();
    await transaction.cards.add({ _id: 'd', number: 2 });
    expect(await refusal(transaction.cards.doc('d').update({ number: 1 }))).toMatchObject(TAKEN);
    expect(await refusal(transaction.commit())).toMatchObject(OVER);
    const other = await start();
    await other.cards.add({ _id: 'd', number: 2 });
    expect(await refusal(other.cards.add({ _id: 'e', number: 2 }))).toMatchObject(TAKEN);
    const third = await start();
    expect(await refusal(third.cards.add({ _id: 'c' }))).toMatchObject(TAKEN);
  });

  it('may change their document within one transaction', async () => {
    await cards().add([
      { _id: 'c', number: 1 },
      { _id: 'd', number: 2 },
    ]);
    const transaction = await start();
    await transaction.cards.doc('c').update({ number: 3 });
    await transaction.cards.doc('d').update({ number: 1 });
    await transaction.cards.doc('c').update({ number: 2 });
    await transaction.cards.doc('d').remove();
    await transaction.cards.add({ _id: 'd', number: 1, again: true });
    await transaction.commit();
    expect((await cards().where({ number: 1 }).get()).data).toEqual([{ _id: 'd', number: 1, again: true }]);
    expect((await cards().where({ number: 2 }).get()).data).toEqual([{ _id: 'c', number: 2 }]);
    expect(await refusal(cards().add({ number: 1 }))).toMatchObject(TAKEN);
    await cards().add({ number: 3 });
  });

  it('conflict where two transactions take one, or one takes what the other gives up', async () => {
    await cards().add({ _id: 'c', number: 1 });
    const [first, second, third] = [await start(), await start(), await start()];
    await first.cards.add({ _id: 'd', number: 2 });
    await first.cards.doc('c').remove();
    expect(await refusal(second.cards.add({ _id: 'e', number: 2 }))).toMatchObject(CONFLICT);
    expect(await refusal(third.cards.add({ _id: 'e', number: 1 }))).toMatchObject(CONFLICT);
    await first.commit();
    expect((await cards().where({}).get()).data).toEqual([{ _id: 'd', number: 2 }]);
  });

  it('conflict where one was taken since the transaction first looked', async () => {
    const transaction = await start();
    await transaction.cards.where({}).get();
    await cards().add({ _id: 'c', number: 1 });
    expect(await refusal(transaction.cards.add({ _id: 'd', number: 1 }))).toMatchObject(CONFLICT);
  });
});

describe('a write beside transactions', () => {
  it('waits for the one that holds its document, and changes what that one left', async () => {
    const transaction = await start();
    await transaction.accounts.doc('a').update({ n: 10 });
    const increase = pending(
      accounts()
        .doc('a')
        .update({ n: _.inc(1) }),
    );
    const conditional = pending(accounts().where({ _id: 'a', n: 1 }).update({ late: true }));
    await accounts().doc('b').update({ n: 3 });
    await seen();
    expect([increase.isDone, conditional.isDone]).toEqual([false, false]);
    expect(await stored('a')).toEqual({ _id: 'a', n: 1 });
    await transaction.commit();
    expect(await increase.call).toMatchObject({ updated: 1 });
    expect(await conditional.call).toMatchObject({ updated: 0 });
    expect(await stored('a')).toEqual({ _id: 'a', n: 11 });
  });

  it('does nothing of its work before it can do all of it', async () => {
    const transaction = await start();
    await transaction.accounts.doc('b').remove();
    const all = pending(
      accounts()
        .where({})
        .update({ n: _.inc(5) }),
    );
    await seen();
    expect(all.isDone).toBe(false);
    expect(await stored('a')).toEqual({ _id: 'a', n: 1 });
    await transaction.rollback();
    expect(await all.call).toMatchObject({ updated: 2 });
    expect([await stored('a'), await stored('b')]).toEqual([
      { _id: 'a', n: 6 },
      { _id: 'b', n: 7 },
    ]);
  });

  it('waits for the thirty seconds of one that nobody ends', async () => {
    const transaction = await start();
    await transaction.accounts.doc('a').update({ n: 10 });
    const removal = pending(accounts().doc('a').remove());
    await seen();
    expect(removal.isDone).toBe(false);
    hands.strikeAll();
    expect(await removal.call).toMatchObject({ deleted: 1 });
    expect(await refusal(transaction.commit())).toMatchObject(OVER);
  });

  it('gives up after thirty seconds of its own', async () => {
    const transaction = await start();
    await transaction.accounts.doc('a').update({ n: 10 });
    const set = pending(refusal(accounts().doc('a').set({ n: 0 })));
    await seen();
    hands.strikeLast();
    expect(await set.call).toMatchObject({ code: 'DATABASE_TIMEOUT' });
    await transaction.commit();
    expect(await stored('a')).toEqual({ _id: 'a', n: 10 });
  });

  it('waits for the id and the unique keys that a transaction is about to take or to give up', async () => {
    await cards().add({ _id: 'c', number: 1 });
    const transaction = await start();
    await transaction.cards.add({ _id: 'd', number: 2 });
    await transaction.cards.doc('c').update({ number: 3 });
    const writes = {
      id: pending(refusal(cards().add({ _id: 'd' }))),
      taken: pending(refusal(cards().add({ _id: 'e', number: 2 }))),
      givenUp: pending(cards().add({ _id: 'f', number: 1 })),
    };
    await cards().add({ _id: 'free', number: 4 });
    await seen();
    expect(Object.values(writes).map(({ isDone }) => isDone)).toEqual([false, false, false]);
    await transaction.commit();
    expect(await writes.id.call).toMatchObject(TAKEN);
    expect(await writes.taken.call).toMatchObject(TAKEN);
    await writes.givenUp.call;
    expect(await found(under.app.database().collection('cards').where({ number: 1 }))).toEqual([
      { _id: 'f', number: 1 },
    ]);
  });

  it('is what the SDK makes of where().update(), remove() and count() in a transaction', async () => {
    const transaction = await start();
    await transaction.cards.add({ _id: 'mine', owner: 'u' });
    expect(await transaction.accounts.where({ n: 1 }).update({ leaked: true })).toMatchObject({ updated: 1 });
    expect(await transaction.accounts.where({ n: 2 }).remove()).toMatchObject({ deleted: 1 });
    expect(await transaction.cards.where({ owner: 'u' }).count()).toMatchObject({ total: 0 });
    await transaction.rollback();
    expect((await accounts().where({}).get()).data).toEqual([{ _id: 'a', n: 1, leaked: true }]);
  });
});
