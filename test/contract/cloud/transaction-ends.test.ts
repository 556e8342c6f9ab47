import { command as _, refusal } from './cloud-under-test';
import { OVER, BUSY, type Transaction, transactionWorld } from './transaction-world';

const { cloud, hands, accounts, stored, open, start } = transactionWorld();

describe('a transaction', () => {
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
    await cloud().restart();
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
