import { refusal } from './cloud-under-test';
import { aggregationWorld, orders, type Pipeline } from './aggregation-world';

const { cloud, aggregate } = aggregationWorld();

describe('the stages of an aggregation', () => {
  it('are those of the SDK’s own methods, by its operators', async () => {
    const database = cloud().app.database();
    const { command: _ } = database;
    const { data } = (await database
      .collection('orders')
      .aggregate()
      .match({ count: _.lt(10) })
      .group({ _id: '$shop', sold: _.aggregate.sum('$count'), dearest: _.aggregate.max('$price') })
      .sort({ sold: -1 })
      .end()) as { data: unknown };
    expect(data).toEqual([
      { _id: 'north', sold: 7, dearest: 3 },
      { _id: 'south', sold: 1, dearest: 4 },
    ]);
  });

  it.each<[string, Pipeline, unknown]>([
    ['nothing', [], orders],
    [
      '$match',
      [{ $match: { $or: [{ item: 'fig' }, { price: { $gt: 3 } }] } }, { $project: { _id: 1 } }],
      [{ _id: 'o3' }, { _id: 'o4' }],
    ],
    [
      '$match with $expr',
      [{ $match: { $expr: { $gt: ['$price', '$count'] } } }, { $project: { item: 1, _id: 0 } }],
      [{ item: 'pear' }, { item: 'pear' }],
    ],
    [
      '$addFields',
      [{ $match: { _id: 'o1' } }, { $addFields: { sum: { $multiply: ['$count', '$price'] } } }],
      [{ ...orders[0], sum: 6 }],
    ],
    [
      '$sort, $skip and $limit',
      [{ $sort: { count: -1 } }, { $skip: 1 }, { $limit: 2 }, { $project: { count: 1, _id: 0 } }],
      [{ count: 5 }, { count: 2 }],
    ],
    [
      '$group with several accumulators',
      [{ $group: { _id: null, n: { $sum: 1 }, items: { $addToSet: '$item' }, mean: { $avg: '$price' } } }],
      [{ _id: null, n: 4, items: ['pear', 'plum', 'fig'], mean: 8.5 / 3 }],
    ],
    ['$count', [{ $match: { shop: 'north' } }, { $count: 'total' }], [{ total: 2 }]],
    ['$sortByCount', [{ $sortByCount: '$shop' }, { $limit: 1 }], [{ _id: 'north', count: 2 }]],
    [
      '$unwind',
      [{ $unwind: '$tags' }, { $group: { _id: '$tags', n: { $sum: 1 } } }, { $sort: { _id: 1 } }],
      [
        { _id: 'a', n: 1 },
        { _id: 'b', n: 2 },
      ],
    ],
    [
      '$unwind that keeps what has nothing',
      [{ $unwind: { path: '$tags', preserveNullAndEmptyArrays: true } }, { $count: 'n' }],
      [{ n: 5 }],
    ],
    [
      '$bucket',
      [{ $bucket: { groupBy: '$count', boundaries: [0, 2, 6], default: 'many', output: { n: { $sum: 1 } } } }],
      [
        { _id: 0, n: 1 },
        { _id: 2, n: 2 },
        { _id: 'many', n: 1 },
      ],
    ],
    [
      '$bucketAuto',
      [{ $bucketAuto: { groupBy: '$count', buckets: 2 } }],
      [
        { _id: { min: 1, max: 5 }, count: 2 },
        { _id: { min: 5, max: 10 }, count: 2 },
      ],
    ],
    ['$replaceRoot', [{ $match: { _id: 'o1' } }, { $replaceRoot: { newRoot: { what: '$item' } } }], [{ what: 'pear' }]],
  ])('%s', async (_stage, pipeline, expected) => {
    expect(await aggregate(pipeline)).toEqual(expected);
  });

  it('$sample takes as many as asked for', async () => {
    const sampled = await aggregate([{ $sample: { size: 2 } }]);
    const known = new Set(orders.map(({ _id }) => _id));
    expect(sampled.map(({ _id }) => known.has(_id as string))).toEqual([true, true]);
  });

  it('$lookup joins by equal fields, and by a pipeline with variables', async () => {
    const byFields = { from: 'shops', localField: 'shop', foreignField: '_id', as: 'at' };
    const joined = await aggregate([{ $lookup: byFields }, { $project: { 'at.town': 1, _id: 0 } }]);
    expect(joined).toEqual([
      { at: [{ town: '哈尔滨' }] },
      { at: [{ town: '哈尔滨' }] },
      { at: [{ town: '广州' }] },
      { at: [] },
    ]);
    const pipeline = [
      { $match: { $expr: { $and: [{ $eq: ['$shop', '$$shop'] }, { $gt: ['$count', 2] }] } } },
      { $project: { _id: 0, item: 1 } },
    ];
    const sold = await aggregate(
      [{ $lookup: { from: 'orders', let: { shop: '$_id' }, pipeline, as: 'sold' } }],
      'shops',
    );
    expect(sold.map((one) => one['sold'])).toEqual([[{ item: 'plum' }], []]);
  });

  it('a first $match is found by an index', async () => {
    const state = async () => {
      const response = await fetch(`${cloud().cloud.url}/_local/state`);
      return ((await response.json()) as { scans: Record<string, number> }).scans['orders'];
    };
    const before = await state();
    await aggregate([{ $match: { shop: 'north' } }, { $count: 'n' }]);
    expect(await state()).toBe(before);
    await aggregate([{ $match: { item: 'pear' } }, { $count: 'n' }]);
    expect(await state()).toBe((before ?? 0) + 1);
  });

  it('leave the documents as they are', async () => {
    await aggregate([{ $addFields: { 'more.of': 1, tags: 'gone' } }, { $unwind: '$tags' }]);
    expect(await aggregate([])).toEqual(orders);
  });
});

describe('refused by name is', () => {
  it.each<[string, Pipeline]>([
    ['the aggregation stage $out', [{ $out: 'shops' }]],
    ['the aggregation stage $merge', [{ $merge: { into: 'shops' } }]],
    ['the aggregation stage $geoNear', [{ $geoNear: { near: {}, distanceField: 'd' } }]],
    ['the aggregation stage constructor', [{ constructor: {} }]],
    [
      'the expression operator $function',
      [{ $project: { x: { $function: { body: 'return 1', args: [], lang: 'js' } } } }],
    ],
    ['the expression operator $indexOfCP', [{ $project: { x: { $indexOfCP: ['ab', 'b'] } } }]],
    ['the expression operator $meta', [{ $project: { x: { $meta: 'textScore' } } }]],
    ['the expression operator $accumulator', [{ $group: { _id: 1, x: { $accumulator: {} } } }]],
    ['the expression operator $week', [{ $project: { x: { $week: '$at' } } }]],
    ['granularity of $bucket', [{ $bucket: { groupBy: '$count', boundaries: [0, 1], granularity: 'R5' } }]],
    ['the query operator $where', [{ $match: { $where: 'true' } }]],
    ['more of $lookup', [{ $lookup: { from: 'shops', localField: 'a', foreignField: 'b', as: 'c', more: 1 } }]],
    ['the date format "%Z"', [{ $project: { x: { $dateToString: { date: '$at', format: '%Z' } } } }]],
    ['the operator or value type $other at this place', [{ $project: { x: { a: 1, $other: 1 } } }]],
  ])('%s', async (name, pipeline) => {
    expect(await refusal(aggregate(pipeline))).toMatchObject({
      code: 'INVALID_PARAM',
      message: expect.stringContaining(`${name} is not supported`) as string,
    });
  });

  it.each<[string, Pipeline]>([
    ['$limit takes a whole number of 1 or more', [{ $limit: 0 }]],
    ['$skip takes a whole number of 0 or more', [{ $skip: -1 }]],
    ['$group takes an _id', [{ $group: { n: { $sum: 1 } } }]],
    ['$unwind takes a path that begins with $', [{ $unwind: 'tags' }]],
    ['$count takes a name', [{ $count: 7 }]],
    ['$lookup takes a name', [{ $lookup: { from: 'shops', as: 'x' } }]],
    ['$bucket takes groupBy and two or more boundaries', [{ $bucket: { groupBy: '$count', boundaries: [0] } }]],
    ['boundaries of one type in ascending order', [{ $bucket: { groupBy: '$count', boundaries: [0, 2, 2] } }]],
    ['boundaries of one type in ascending order', [{ $bucket: { groupBy: '$count', boundaries: [0, 'a'] } }]],
    ['__proto__ is not allowed', [{ $project: { x: '$a.__proto__.b' } }]],
  ])('what is malformed: %s', async (message, pipeline) => {
    expect(await refusal(aggregate(pipeline))).toMatchObject({
      code: 'INVALID_PARAM',
      message: expect.stringContaining(message) as string,
    });
  });

  it('a collection that nobody declared, also where it is joined', async () => {
    const lookup = { from: 'nowhere', localField: 'a', foreignField: 'b', as: 'c' };
    expect(await refusal(aggregate([{ $lookup: lookup }]))).toMatchObject({ code: 'DATABASE_COLLECTION_NOT_EXIST' });
    expect(await refusal(aggregate([], 'nowhere'))).toMatchObject({ code: 'DATABASE_COLLECTION_NOT_EXIST' });
  });

  it.each<[string, Pipeline]>([
    ['$bucket', [{ $bucket: { groupBy: '$count', boundaries: [0, 2] } }]],
    ['$switch', [{ $project: { x: { $switch: { branches: [{ case: false, then: 1 }] } } } }]],
  ])('a value that no case of %s holds, where it has no default', async (_stage, pipeline) => {
    expect(await refusal(aggregate(pipeline))).toMatchObject({
      code: 'DATABASE_REQUEST_FAILED',
      message: expect.stringContaining('no case holds') as string,
    });
  });

  it('a value that an operator does not take, without the value', async () => {
    const divided = [{ $project: { x: { $divide: ['$item', 2] } } }];
    const { code, message } = await refusal(aggregate(divided));
    expect(code).toBe('DATABASE_REQUEST_FAILED');
    expect(message).not.toContain('pear');
  });
});
