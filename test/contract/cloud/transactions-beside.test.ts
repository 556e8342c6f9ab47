import { command as _, found, refusal } from './cloud-under-test';
import { CONFLICT, OVER, TAKEN, pending, transactionWorld } from './transaction-world';

const { cloud, hands, accounts, cards, stored, start, seen } = transactionWorld();

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
    expect(await found(cloud().app.database().collection('cards').where({ number: 1 }))).toEqual([
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
