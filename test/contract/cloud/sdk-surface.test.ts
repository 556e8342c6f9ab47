import { isRefused, methodsOf, refusedAs, sorted, type Call, type Row } from './sdk-rows';
import { collection, command, found, refusal, startCloudUnderTest, type CloudUnderTest } from './cloud-under-test';

// Everything that the SDK lets a developer say has a row here: what it does, or by which name it is refused.

const _ = command as unknown as Record<string, Call> & {
  aggregate: Record<string, Call>;
  project: Record<string, Call>;
};
const at = new Date('2026-01-02T10:30:05.007Z');
const stored = [
  { _id: 'a', n: 1, t: 'pear', l: [1, 2, 3], o: [{ x: 1, y: 2 }], at },
  { _id: 'b', n: 4, t: 'plum', l: [], o: [{ x: 1 }, { y: 2 }], m: true },
];

let under: CloudUnderTest;
const rows = () => under.app.database().collection('rows');

beforeAll(async () => {
  under = await startCloudUnderTest({ collections: [collection('rows'), collection('changed')] });
  await rows().add(stored);
});
afterAll(() => under.close());

const point = () => new (under.app.database().Geo.Point)(1, 2);
const polygon = () => {
  // The SDK declares the point alone.
  const { LineString, Point, Polygon } = under.app.database().Geo as unknown as Record<
    string,
    new (...of: unknown[]) => unknown
  > &
    Record<'LineString' | 'Point' | 'Polygon', new (...of: unknown[]) => unknown>;
  return new Polygon([new LineString([new Point(0, 0), new Point(3, 0), new Point(3, 3), new Point(0, 0)])]);
};

const queries: Record<string, [query: () => object, Row<string[]>]> = {
  eq: [() => ({ n: _['eq']?.(1) }), ['a']],
  neq: [() => ({ n: _['neq']?.(1) }), ['b']],
  lt: [() => ({ n: _['lt']?.(4) }), ['a']],
  lte: [() => ({ n: _['lte']?.(4) }), ['a', 'b']],
  gt: [() => ({ n: _['gt']?.(1) }), ['b']],
  gte: [() => ({ t: _['gte']?.('pl') }), ['b']],
  in: [() => ({ n: _['in']?.([4, 9]) }), ['b']],
  nin: [() => ({ n: _['nin']?.([4, 9]) }), ['a']],
  all: [() => ({ l: _['all']?.([3, 1]) }), ['a']],
  elemMatch: [() => ({ o: _['elemMatch']?.({ x: 1, y: _['gt']?.(1) }) }), ['a']],
  exists: [() => ({ m: _['exists']?.(false) }), ['a']],
  size: [() => ({ l: _['size']?.(0) }), ['b']],
  mod: [() => ({ n: _['mod']?.(4, 0) }), ['b']],
  and: [() => ({ n: _['and']?.(_['gt']?.(0), _['lt']?.(2)) }), ['a']],
  or: [() => _['or']?.({ n: 1 }, { m: true }) as object, ['a', 'b']],
  nor: [() => _['nor']?.({ n: 1 }, { n: 9 }) as object, ['b']],
  not: [() => ({ n: _['not']?.(_['gt']?.(1)) }), ['a']],
  expr: [() => _['expr']?.(_.aggregate['gt']?.(['$n', 3])) as object, ['b']],
  jsonSchema: [() => _['jsonSchema']?.({ required: ['n'] }) as object, { refused: 'the query operator $jsonSchema' }],
  text: [() => ({ $text: _['text']?.({ search: 'pear' }) }), { refused: 'the query operator $text' }],
  geoNear: [() => ({ g: _['geoNear']?.({ geometry: point() }) }), { refused: 'the query operator $nearSphere' }],
  geoWithin: [() => ({ g: _['geoWithin']?.({ geometry: polygon() }) }), { refused: 'the query operator $geoWithin' }],
  geoIntersects: [
    () => ({ g: _['geoIntersects']?.({ geometry: point() }) }),
    { refused: 'the query operator $geoIntersects' },
  ],
};

/** A field before, its change and what is there afterwards. */
const updates: Record<string, [before: unknown, change: () => unknown, after: unknown]> = {
  set: [{ a: 1 }, () => _['set']?.({ b: 1 }), { b: 1 }],
  remove: [1, () => _['remove']?.(), undefined],
  inc: [1, () => _['inc']?.(2), 3],
  mul: [3, () => _['mul']?.(2), 6],
  push: [[2], () => _['push']?.({ each: [3, 1], position: 0, sort: -1, slice: 2 }), [3, 2]],
  pull: [[1, 5, 9], () => _['pull']?.(_['gt']?.(4)), [1]],
  pullAll: [[1, 5, 9, 5], () => _['pullAll']?.([5, 1]), [9]],
  pop: [[1, 2], () => _['pop']?.(), [1]],
  shift: [[1, 2], () => _['shift']?.(), [2]],
  unshift: [[1], () => _['unshift']?.(2, 3), [2, 3, 1]],
  addToSet: [[{ a: 1 }], () => _['addToSet']?.({ $each: [{ a: 1 }, { a: 2 }] }), [{ a: 1 }, { a: 2 }]],
  rename: ['x', () => _['rename']?.('other'), undefined],
  bit: [13, () => _['bit']?.({ and: 10 }), 8],
  max: [5, () => _['max']?.(9), 9],
  min: [5, () => _['min']?.(9), 5],
};

describe('a query by', () => {
  it.each(Object.entries(queries))('%s', async (_name, [query, given]) => {
    const asked = found(rows().where(query()));
    if (isRefused(given)) expect(await refusal(asked)).toMatchObject(refusedAs(given.refused));
    else expect((await asked).map(({ _id }) => _id)).toEqual(given);
  });
});

describe('an update by', () => {
  it.each(Object.entries(updates))('%s', async (name, [before, change, after]) => {
    const changed = under.app.database().collection('changed').doc(name);
    await changed.set({ field: before });
    await changed.update({ field: change() });
    expect((await found(changed))[0]?.['field']).toEqual(after);
  });
});

describe('nothing of the SDK is left out', () => {
  it('of its operators', () => {
    const { aggregate: _inPipelines, project, ...operators } = _;
    expect(sorted([...Object.keys(queries), ...Object.keys(updates)])).toEqual(sorted(Object.keys(operators)));
    expect(Object.keys(project)).toEqual(['slice', 'elemMatch']);
  });

  it('of its projections', async () => {
    const fields = { l: _.project['slice']?.([-2, 1]), o: _.project['elemMatch']?.({ x: 1 }), _id: true } as object;
    expect(await found(rows().field(fields as Record<string, boolean>))).toEqual([
      { _id: 'a', l: [2], o: [{ x: 1, y: 2 }] },
      { _id: 'b', l: [], o: [{ x: 1 }] },
    ]);
  });

  it('of what a collection, a query and a document can be asked', () => {
    const ofQueries = ['get', 'count', 'where', 'options', 'orderBy', 'limit', 'skip', 'update', 'field', 'remove'];
    const ofCollections = [...ofQueries, 'updateAndReturn', 'doc', 'add', 'aggregate'];
    expect(sorted(methodsOf(rows()))).toEqual(sorted(ofCollections));
    const ofDocuments = ['create', 'set', 'update', 'delete', 'remove', 'get', 'field'];
    expect(sorted(methodsOf(rows().doc('a')))).toEqual(sorted(ofDocuments));
    expect(sorted(methodsOf(under.app.database()))).toEqual(['collection', 'createCollection']);
  });

  it('of the methods that no other test calls', async () => {
    const one = under.app.database().collection('changed').doc('one') as unknown as Record<string, Call>;
    expect(await one['create']?.({ n: 1 })).toMatchObject({ id: 'one' });
    expect(await one['delete']?.()).toMatchObject({ deleted: 1 });
  });

  it('of queries and updates that the SDK sends as they are', async () => {
    const raw = under.app.database().collection('changed').options({ raw: true });
    await raw.add({ _id: 'raw', n: 6, l: [{ a: 1 }] });
    const query = { $or: [{ n: { $type: 'number' } }, { l: { $not: { $elemMatch: { a: 2 } } } }] };
    expect(
      await raw
        .where(query)
        .options({ raw: true, multiple: false })
        .update({ $bit: { n: { or: 1 } } }),
    ).toMatchObject({ updated: 1 });
    const positional = raw
      .where({ 'l.a': 1 })
      .options({ raw: true })
      .update({ $set: { 'l.$.a': 2 } });
    expect(await refusal(positional)).toMatchObject(refusedAs('a positional $ in an update path'));
  });

  it('of its own kinds of values', async () => {
    const database = under.app.database() as unknown as Record<string, Call>;
    const asked = found(rows().where({ t: database['RegExp']?.({ regexp: '^PE', options: 'i' }) as object }));
    expect((await asked).map(({ _id }) => _id)).toEqual(['a']);
    const objectId = database['ObjectId']?.({ id: '0'.repeat(24) }) as object;
    expect(await refusal(rows().where({ _id: objectId }).get() as Promise<unknown>)).toMatchObject(
      refusedAs('the query operator $oid'),
    );
    await under.app.database().collection('changed').add({ _id: 'geo', g: point() });
    expect((await found(under.app.database().collection('changed').doc('geo')))[0]?.['g']).toEqual(point());
  });
});
