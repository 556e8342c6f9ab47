import { command as _, refusal } from './cloud-under-test';
import { CONFLICT, OVER, TAKEN, type Fields, type Transaction, transactionWorld } from './transaction-world';

const { cloud, db, accounts, cards, stored, start } = transactionWorld();

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
    await cloud().restart();
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
});
