import { collection, refusal, startCloudUnderTest, type CloudUnderTest } from './cloud-under-test';

const day = (text: string): Date => new Date(`${text}T10:30:05.007Z`);

const orders = [
  { _id: 'o1', shop: 'north', item: 'pear', count: 2, price: 3, tags: ['a', 'b'], at: day('2026-01-02') },
  { _id: 'o2', shop: 'north', item: 'plum', count: 5, price: 1.5, tags: [], at: day('2026-01-31') },
  { _id: 'o3', shop: 'south', item: 'pear', count: 1, price: 4, tags: ['b'], at: day('2026-02-01') },
  { _id: 'o4', shop: 'east', item: 'fig', count: 10, price: null, at: day('2026-12-31') },
];
const shops = [
  { _id: 'north', town: '哈尔滨', staff: [{ name: 'Ai', age: 30 }] },
  { _id: 'south', town: '广州', staff: [] },
];

let under: CloudUnderTest;
beforeAll(async () => {
  const byShop = { name: 'by_shop', keys: { shop: 1 }, unique: false, sparse: false } as const;
  under = await startCloudUnderTest({ collections: [collection('orders', [byShop]), collection('shops')] });
  await under.app.database().collection('orders').add(orders);
  await under.app.database().collection('shops').add(shops);
});
afterAll(() => under.close());

type Pipeline = readonly Readonly<Record<string, unknown>>[];

/** The SDK sends a pipeline as it is where the collection is asked for `raw`; its declarations know of no argument. */
const aggregate = async (pipeline: Pipeline, name = 'orders'): Promise<Record<string, unknown>[]> => {
  const from = under.app.database().collection(name).options({ raw: true }) as unknown as {
    aggregate(stages: Pipeline): { end(): Promise<{ data: Record<string, unknown>[] }> };
  };
  return (await from.aggregate(pipeline).end()).data;
};

/** What an expression gives for the first order. */
const computed = async (expression: unknown): Promise<unknown> =>
  (await aggregate([{ $match: { _id: 'o1' } }, { $project: { _id: 0, value: expression } }]))[0]?.['value'];

describe('the stages of an aggregation', () => {
  it('are those of the SDK’s own methods, by its operators', async () => {
    const database = under.app.database();
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
      const response = await fetch(`${under.cloud.url}/_local/state`);
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

describe('an expression', () => {
  const list = { $literal: [3, 1, 2] };
  it.each<[unknown, unknown]>([
    [{ $literal: '$item' }, '$item'],
    [{ $abs: -4 }, 4],
    [{ $add: ['$count', 1, 2] }, 5],
    [{ $add: ['$at', 1000] }, new Date('2026-01-02T10:30:06.007Z')],
    [{ $ceil: 1.2 }, 2],
    [{ $divide: ['$count', 4] }, 0.5],
    [{ $floor: 1.8 }, 1],
    [{ $mod: [7, '$price'] }, 1],
    [{ $pow: ['$count', 3] }, 8],
    [{ $round: [2.567, 1] }, 2.6],
    [{ $sqrt: 16 }, 4],
    [{ $subtract: ['$count', '$price'] }, -1],
    [{ $trunc: -1.8 }, -1],
    [{ $log10: 1000 }, 3],
    [{ $log: [8, 2] }, 3],
    [{ $ln: 1 }, 0],
    [{ $exp: 0 }, 1],
    [{ $arrayElemAt: ['$tags', -1] }, 'b'],
    [{ $concatArrays: ['$tags', ['c']] }, ['a', 'b', 'c']],
    [{ $filter: { input: list, as: 'n', cond: { $gt: ['$$n', 1] } } }, [3, 2]],
    [{ $in: ['b', '$tags'] }, true],
    [{ $indexOfArray: ['$tags', 'b'] }, 1],
    [{ $isArray: '$tags' }, true],
    [{ $map: { input: list, as: 'n', in: { $multiply: ['$$n', 2] } } }, [6, 2, 4]],
    [{ $range: [0, 6, 2] }, [0, 2, 4]],
    [{ $reduce: { input: list, initialValue: 0, in: { $add: ['$$value', '$$this'] } } }, 6],
    [{ $reverseArray: list }, [2, 1, 3]],
    [{ $size: '$tags' }, 2],
    [{ $slice: [list, 2] }, [3, 1]],
    [
      { $zip: { inputs: [list, '$tags'] } },
      [
        [3, 'a'],
        [1, 'b'],
      ],
    ],
    [{ $arrayToObject: { $literal: [{ k: 'x', v: 1 }] } }, { x: 1 }],
    [{ $objectToArray: { $literal: { x: 1 } } }, [{ k: 'x', v: 1 }]],
    [{ $mergeObjects: [{ a: 1 }, { b: '$item' }] }, { a: 1, b: 'pear' }],
    [{ $and: ['$count', { $not: [{ $eq: ['$price', 0] }] }] }, true],
    [{ $or: [false, '$nothing'] }, false],
    [{ $cmp: ['$count', '$price'] }, -1],
    [{ $ne: ['$count', '$price'] }, true],
    [{ $lte: ['$count', 2] }, true],
    [{ $cond: { if: { $gte: ['$count', 2] }, then: 'many', else: 'few' } }, 'many'],
    [{ $ifNull: ['$nothing', 'none'] }, 'none'],
    [{ $switch: { branches: [{ case: { $lt: ['$count', 1] }, then: 'a' }], default: 'b' } }, 'b'],
    [{ $let: { vars: { twice: { $multiply: ['$count', 2] } }, in: { $add: ['$$twice', 1] } } }, 5],
    [{ $concat: ['$item', '-', '$shop'] }, 'pear-north'],
    [{ $split: ['a,b', ','] }, ['a', 'b']],
    [{ $toUpper: '$item' }, 'PEAR'],
    [{ $toLower: 'ABC' }, 'abc'],
    [{ $strLenCP: '身份证' }, 3],
    [{ $strLenBytes: '身份证' }, 9],
    [{ $strcasecmp: ['Pear', '$item'] }, 0],
    [{ $substrCP: ['身份证', 1, 2] }, '份证'],
    [{ $trim: { input: ' x ' } }, 'x'],
    [{ $year: '$at' }, 2026],
    [{ $month: '$at' }, 1],
    [{ $dayOfMonth: '$at' }, 2],
    [{ $dayOfYear: '$at' }, 2],
    [{ $dayOfWeek: '$at' }, 6],
    [{ $isoDayOfWeek: '$at' }, 5],
    [{ $isoWeek: '$at' }, 1],
    [{ $isoWeekYear: '$at' }, 2026],
    [{ $hour: '$at' }, 10],
    [{ $minute: '$at' }, 30],
    [{ $second: '$at' }, 5],
    [{ $millisecond: '$at' }, 7],
    [{ $dateToString: { date: '$at', format: '%Y-%m-%d %H:%M:%S.%L %j %u' } }, '2026-01-02 10:30:05.007 002 5'],
    [{ $dateFromParts: { year: 2026, month: 3, day: 4 } }, new Date('2026-03-04T00:00:00.000Z')],
    [{ $setUnion: ['$tags', ['b', 'c']] }, ['a', 'b', 'c']],
    [{ $setIntersection: ['$tags', ['b', 'c']] }, ['b']],
    [{ $setDifference: ['$tags', ['b']] }, ['a']],
    [{ $setIsSubset: [['a'], '$tags'] }, true],
    [{ $setEquals: [['b', 'a'], '$tags'] }, true],
    [{ $allElementsTrue: [[true, 1]] }, true],
    [{ $anyElementTrue: [[false, 0]] }, false],
    [{ $toString: '$count' }, '2'],
    [{ $toInt: '7' }, 7],
    [{ $toDouble: '1.5' }, 1.5],
    [{ $toBool: '$count' }, true],
    [{ $toDate: 0 }, new Date(0)],
    [{ $isNumber: '$item' }, false],
    [{ $max: ['$count', '$price'] }, 3],
    [{ $avg: list }, 2],
    [{ $sum: list }, 6],
  ])('%# gives what the manual says: %j', async (expression, expected) => {
    expect(await computed(expression)).toEqual(expected);
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
