import {
  collection,
  command as _,
  counted,
  found,
  refusal,
  startCloudUnderTest,
  type CloudUnderTest,
} from './cloud-under-test';

let under: CloudUnderTest;

beforeAll(async () => {
  under = await startCloudUnderTest({ collections: [collection('plain')] });
});
afterAll(() => under.close());

// The SDK's declarations leave out the arguments of mod and any type of serverDate.
const typed = _ as unknown as { mod(divisor: number, remainder: number): object };
const serverDate = (options?: { offset: number }): object =>
  (under.app.database() as unknown as { serverDate(given?: object): object }).serverDate(options);

const plain = () => under.app.database().collection('plain');

beforeEach(async () => {
  await plain().where({}).remove();
});

const dataOf = async (id: string) => (await found(plain().doc(id)))[0] ?? {};

describe('documents', () => {
  it('come back as they were stored, of every type', async () => {
    const document = {
      _id: 'all',
      text: '身份证 "quoted"',
      whole: 7,
      large: 2 ** 40,
      fraction: -1.5,
      yes: true,
      nothing: null,
      at: new Date(1_700_000_000_123),
      list: [1, [2, { three: 3 }], 'four'],
      nested: { deep: { deeper: [] } },
    };
    await plain().add(document);
    expect(await dataOf('all')).toEqual(document);
  });

  it('get a random id where they have none, and keep the one they have', async () => {
    const { id } = (await plain().add({ a: 1 })) as { id: string };
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(await plain().add({ _id: 'mine' })).toMatchObject({ id: 'mine' });
  });

  it('hold the time of the server where they ask for it', async () => {
    const before = Date.now();
    await plain().add({ _id: 't', now: serverDate(), later: serverDate({ offset: 60_000 }) });
    const { now, later } = (await dataOf('t')) as { now: Date; later: Date };
    expect(now.getTime()).toBeGreaterThanOrEqual(before);
    expect(later.getTime() - now.getTime()).toBe(60_000);
  });

  it('are there after a restart', async () => {
    await plain().add({ _id: 'kept', n: 1 });
    await under.restart();
    expect(await dataOf('kept')).toEqual({ _id: 'kept', n: 1 });
  });
});

describe('queries', () => {
  beforeEach(async () => {
    await plain().add(
      Array.from({ length: 20 }, (_, n) => ({
        _id: `d${String(n)}`,
        n,
        third: n % 3,
        owner: { id: `u${String(n % 2)}` },
        tags: [`t${String(n)}`, 'all'],
      })),
    );
  });
  const ids = async (query: Parameters<typeof found>[0]) => (await found(query)).map(({ _id }) => _id);

  it.each([
    ['equality', () => ({ n: 4 }), ['d4']],
    ['a nested field', () => ({ owner: { id: 'u1' }, n: _.lt(4) }), ['d1', 'd3']],
    ['a range', () => ({ n: _.gt(3).and(_.lte(6)) }), ['d4', 'd5', 'd6']],
    ['in and nin', () => ({ n: _.in([1, 2, 30]), third: _.nin([1]) }), ['d2']],
    ['neq', () => ({ n: _.lt(3), third: _.neq(1) }), ['d0', 'd2']],
    ['or', () => _.or([{ n: 1 }, { n: 19 }]), ['d1', 'd19']],
    ['nor', () => _.nor([{ n: _.gt(1) }, { n: 0 }]), ['d1']],
    ['not', () => ({ n: _.not(_.gt(0)) }), ['d0']],
    ['exists', () => ({ missing: _.exists(true) }), []],
    ['an element of an array', () => ({ tags: 't7' }), ['d7']],
    ['all', () => ({ tags: _.all(['all', 't3']) }), ['d3']],
    ['a regular expression', () => ({ _id: /^D1[0-2]$/i }), ['d10', 'd11', 'd12']],
    ['mod', () => ({ n: typed.mod(10, 5) }), ['d5', 'd15']],
    ['a list of ids', () => ({ _id: _.in(['d3', 'nobody', 'd1']) }), ['d1', 'd3']],
  ])('match by %s', async (_name, query, expected) => {
    expect(await ids(plain().where(query()))).toEqual(expected);
  });

  it('sort, skip, limit and project', async () => {
    const data = await found(
      plain().where({ third: 0 }).orderBy('n', 'desc').skip(1).limit(2).field({ n: true, _id: false }),
    );
    expect(data).toEqual([{ n: 15 }, { n: 12 }]);
  });

  it('sort by several keys', async () => {
    const data = await found(
      plain()
        .where({ n: _.lt(5) })
        .orderBy('third', 'desc')
        .orderBy('n', 'asc'),
    );
    expect((data as { n: number }[]).map(({ n }) => n)).toEqual([2, 1, 4, 0, 3]);
  });

  it('count', async () => {
    expect(await counted(plain().where({ third: 1 }))).toBe(7);
    expect(await counted(plain())).toBe(20);
  });

  it('give 100 documents unless more are asked for, and 1000 at the most', async () => {
    await plain().add(Array.from({ length: 1100 }, () => ({ many: true })));
    const many = plain().where({ many: true });
    expect(await found(many)).toHaveLength(100);
    expect(await found(many.limit(5000))).toHaveLength(1000);
    expect(await found(many.skip(1050).limit(100))).toHaveLength(50);
  });
});

describe('updates', () => {
  it.each([
    ['set, also nested', { a: 1, o: { x: 1, y: 2 } }, () => ({ a: 2, o: { x: 5 } }), { a: 2, o: { x: 5, y: 2 } }],
    ['inc and mul', { a: 1, b: 3 }, () => ({ a: _.inc(2), b: _.mul(4), c: _.inc(1) }), { a: 3, b: 12, c: 1 }],
    ['remove', { a: 1, o: { x: 1, y: 2 } }, () => ({ a: _.remove(), o: { x: _.remove() } }), { o: { y: 2 } }],
    ['push and unshift', { l: [1] }, () => ({ l: _.push([2, 3]) }), { l: [1, 2, 3] }],
    ['unshift', { l: [1] }, () => ({ l: _.unshift([2, 3]) }), { l: [2, 3, 1] }],
    ['push with slice', { l: [1, 2] }, () => ({ l: _.push({ each: [3], position: 0, slice: 2 }) }), { l: [3, 1] }],
    ['pop', { l: [1, 2] }, () => ({ l: _.pop() }), { l: [1] }],
    ['shift', { l: [1, 2] }, () => ({ l: _.shift() }), { l: [2] }],
    ['addToSet', { l: [1] }, () => ({ l: _.addToSet(1) }), { l: [1] }],
    ['rename', { a: 1 }, () => ({ a: _.rename('b') }), { b: 1 }],
    ['max and min', { a: 5, b: 5 }, () => ({ a: _.max(9), b: _.min(9) }), { a: 9, b: 5 }],
    ['a replaced object', { o: { x: 1 } }, () => ({ o: _.set({ z: 1 }) }), { o: { z: 1 } }],
  ])('by %s', async (_name, before, change, after) => {
    await plain().add({ _id: 'u', ...before });
    await plain().doc('u').update(change());
    expect(await dataOf('u')).toEqual({ _id: 'u', ...after });
  });

  it('tell how many documents changed', async () => {
    await plain().add([{ k: 1, v: 1 }, { k: 1, v: 2 }, { k: 2 }]);
    expect(await plain().where({ k: 1 }).update({ v: 2 })).toMatchObject({ updated: 1 });
    expect(await plain().where({ k: 9 }).update({ v: 2 })).toMatchObject({ updated: 0 });
    expect(await plain().where({ k: 1 }).options({ multiple: false }).update({ v: 3 })).toMatchObject({ updated: 1 });
  });

  it('replace or create a document as a whole by set', async () => {
    expect(await plain().doc('s').set({ a: 1, b: 2 })).toMatchObject({ updated: 0, upsertedId: 's' });
    expect(await plain().doc('s').set({ a: 3 })).toMatchObject({ updated: 1 });
    expect(await dataOf('s')).toEqual({ _id: 's', a: 3 });
  });

  it('give the changed document back', async () => {
    await plain().add({ _id: 'r', v: 1, open: true });
    expect(
      await plain()
        .where({ open: true })
        .updateAndReturn({ v: _.inc(1) }),
    ).toMatchObject({ updated: 1, doc: { _id: 'r', v: 2 } });
    expect(await plain().where({ open: false }).updateAndReturn({ v: 9 })).toMatchObject({ updated: 0, doc: null });
  });

  it('remove one or many', async () => {
    await plain().add([{ _id: 'a', k: 1 }, { k: 1 }, { k: 2 }]);
    expect(await plain().doc('a').remove()).toMatchObject({ deleted: 1 });
    expect(await plain().doc('a').remove()).toMatchObject({ deleted: 0 });
    expect(
      await plain()
        .where({ k: _.gt(0) })
        .remove(),
    ).toMatchObject({ deleted: 2 });
  });

  it('let exactly one of fifty racers win a conditional update', async () => {
    await plain().add({ _id: 'race', state: 'live' });
    const racers = Array.from({ length: 50 }, (_unused, racer) =>
      plain().where({ _id: 'race', state: 'live' }).update({ state: 'used', racer }),
    );
    const results = (await Promise.all(racers)) as { updated: number }[];
    const winners = results.flatMap(({ updated }, racer) => (updated === 1 ? [racer] : []));
    expect(winners).toHaveLength(1);
    expect(await dataOf('race')).toMatchObject({ state: 'used', racer: winners[0] });
  });

  it.each([
    ['inc on a text', () => ({ text: _.inc(1) })],
    ['push on a number', () => ({ number: _.push([1]) })],
    ['a field inside of a number', () => ({ number: { inner: 1 } })],
    ['inc by a text', () => ({ number: _.inc('1' as unknown as number) })],
  ])('refuse %s and leave the document', async (_name, change) => {
    const before = { _id: 'x', text: 'a', number: 1 };
    await plain().add(before);
    expect(await refusal(plain().doc('x').update(change()))).toMatchObject({ code: 'DATABASE_REQUEST_FAILED' });
    expect(await dataOf('x')).toEqual(before);
  });
});
