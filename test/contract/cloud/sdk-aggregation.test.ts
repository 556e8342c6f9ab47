import { collection, command, refusal, startCloudUnderTest, type CloudUnderTest } from './cloud-under-test';
import { isRefused, methodsOf, refusedAs, sorted, type Call, type Row } from './sdk-rows';

// Every stage and operator of the SDK's aggregations has a row here: what it gives, or by which name it is refused.

const _ = command as unknown as Record<string, Call> & { aggregate: Record<string, Call> };
const stored = [
  { _id: 'a', n: 1, t: 'pear', l: [1, 2, 3], at: new Date('2026-01-02T10:30:05.007Z') },
  { _id: 'b', n: 4, t: 'plum', l: [] },
];

let under: CloudUnderTest;
const rows = () => under.app.database().collection('rows');

beforeAll(async () => {
  under = await startCloudUnderTest({ collections: [collection('rows')] });
  await rows().add(stored);
});
afterAll(() => under.close());

/** What an operator of an aggregation gives for the first document. */
const expressions: Record<string, [operand: unknown, Row<unknown>]> = {
  abs: [-4, 4],
  add: [['$n', 1], 2],
  ceil: [1.2, 2],
  divide: [['$n', 4], 0.25],
  exp: [0, 1],
  floor: [1.8, 1],
  ln: [1, 0],
  log: [[8, 2], 3],
  log10: [1000, 3],
  mod: [[7, 4], 3],
  multiply: [['$n', 7], 7],
  pow: [[2, 3], 8],
  sqrt: [16, 4],
  subtract: [['$n', 3], -2],
  trunc: [1.8, 1],
  arrayElemAt: [['$l', -1], 3],
  arrayToObject: [[[['x', 1]]], { x: 1 }],
  concatArrays: [
    ['$l', [4]],
    [1, 2, 3, 4],
  ],
  filter: [{ input: '$l', as: 'i', cond: { $gt: ['$$i', 1] } }, [2, 3]],
  in: [[2, '$l'], true],
  indexOfArray: [['$l', 3], 2],
  isArray: ['$l', true],
  map: [{ input: '$l', as: 'i', in: { $add: ['$$i', 1] } }, [2, 3, 4]],
  range: [
    [0, 4, 2],
    [0, 2],
  ],
  reduce: [{ input: '$l', initialValue: 0, in: { $add: ['$$value', '$$this'] } }, 6],
  reverseArray: ['$l', [3, 2, 1]],
  size: ['$l', 3],
  slice: [
    ['$l', 2],
    [1, 2],
  ],
  zip: [{ inputs: ['$l', ['a']] }, [[1, 'a']]],
  and: [['$n', false], false],
  not: [['$n'], false],
  or: [['$n', false], true],
  cmp: [['$t', '$n'], 1],
  eq: [['$l', 1], false],
  gt: [['$t', 5], true],
  gte: [['$n', 1], true],
  lt: [['$nothing', null], true],
  lte: [['$n', 0], false],
  neq: [['$n', 1], false],
  cond: [{ if: '$n', then: 'y', else: 'n' }, 'y'],
  ifNull: [['$nothing', 7], 7],
  switch: [{ branches: [{ case: false, then: 1 }], default: 2 }, 2],
  dateFromParts: [{ year: 2026, month: 2, day: 31 }, new Date('2026-03-03T00:00:00Z')],
  dateFromString: [{ dateString: '2026-01-01' }, { refused: 'the expression operator $dateFromString' }],
  dayOfMonth: ['$at', 2],
  dayOfWeek: ['$at', 6],
  dayOfYear: ['$at', 2],
  isoDayOfWeek: ['$at', 5],
  isoWeek: ['$at', 1],
  isoWeekYear: ['$at', 2026],
  millisecond: ['$at', 7],
  minute: ['$at', 30],
  month: ['$at', 1],
  second: ['$at', 5],
  hour: ['$at', 10],
  week: ['$at', { refused: 'the expression operator $week' }],
  year: ['$at', 2026],
  literal: ['$n', '$n'],
  mergeObjects: [[{ a: 1 }, { b: '$n' }], { a: 1, b: 1 }],
  objectToArray: [{ a: '$n' }, [{ k: 'a', v: 1 }]],
  allElementsTrue: [['$l'], true],
  anyElementTrue: [[[0, false]], false],
  setDifference: [
    ['$l', [1]],
    [2, 3],
  ],
  setEquals: [['$l', [3, 2, 1]], true],
  setIntersection: [['$l', [3]], [3]],
  setIsSubset: [[[1], '$l'], true],
  setUnion: [
    ['$l', [4]],
    [1, 2, 3, 4],
  ],
  concat: [['$t', '!'], 'pear!'],
  dateToString: [{ date: '$at', format: '%Y-%m-%d' }, '2026-01-02'],
  indexOfBytes: [['$t', 'a'], { refused: 'the expression operator $indexOfBytes' }],
  indexOfCP: [['$t', 'a'], { refused: 'the expression operator $indexOfCP' }],
  split: [
    ['$t', 'e'],
    ['p', 'ar'],
  ],
  strLenBytes: ['身', 3],
  strLenCP: ['身', 1],
  strcasecmp: [['$t', 'PEAR'], 0],
  substr: [['$t', 1, 2], { refused: 'the expression operator $substr' }],
  substrBytes: [['$t', 1, 2], { refused: 'the expression operator $substrBytes' }],
  substrCP: [['$t', 1, 2], 'ea'],
  toLower: ['AB', 'ab'],
  toUpper: ['$t', 'PEAR'],
  meta: ['textScore', { refused: 'the expression operator $meta' }],
  let: [{ vars: { twice: { $multiply: ['$n', 2] } }, in: '$$twice' }, 2],
};

/** What an accumulator gives of both documents. */
const accumulators: Record<string, unknown> = {
  addToSet: [1, 4],
  avg: 2.5,
  first: 1,
  last: 4,
  max: 4,
  min: 1,
  push: [1, 4],
  stdDevPop: 1.5,
  stdDevSamp: Math.sqrt(4.5),
  sum: 5,
};

type Aggregation = Record<string, Call> & { end(): Promise<{ data: unknown[] }> };
const aggregate = () => rows().aggregate() as unknown as Aggregation;

/** Operands of an aggregation's stages, and how many documents they give. */
const stages: Record<string, [operand: () => unknown, Row<number>]> = {
  addFields: [() => ({ z: 1 }), 2],
  bucket: [() => ({ groupBy: '$n', boundaries: [0, 2, 9] }), 2],
  bucketAuto: [() => ({ groupBy: '$n', buckets: 1 }), 1],
  count: [() => 'all', 1],
  geoNear: [() => ({ near: { longitude: 1, latitude: 2 } }), { refused: 'the aggregation stage $geoNear' }],
  group: [() => ({ _id: null }), 1],
  limit: [() => 1, 1],
  match: [() => ({ n: _['gt']?.(1) }), 1],
  project: [() => ({ n: 1 }), 2],
  lookup: [
    () => ({
      from: 'rows',
      let: { n: '$n' },
      pipeline: ((_.aggregate['pipeline']?.() as Aggregation)['match']?.({ n: 1 }) as Aggregation)['done']?.(),
      as: 'z',
    }),
    2,
  ],
  replaceRoot: [() => ({ newRoot: { z: '$n' } }), 2],
  sample: [() => ({ size: 1 }), 1],
  skip: [() => 1, 1],
  sort: [() => ({ n: -1 }), 2],
  sortByCount: [() => '$n', 2],
  unwind: [() => '$l', 3],
};

describe('an aggregation', () => {
  const computed = (expression: unknown) =>
    (aggregate()['match']?.({ _id: 'a' }) as Aggregation)['project']?.({ value: expression }) as Aggregation;

  it.each(Object.entries(expressions))('computes %s', async (name, [operand, given]) => {
    const asked = computed(_.aggregate[name]?.(operand)).end();
    if (isRefused(given)) expect(await refusal(asked)).toMatchObject(refusedAs(given.refused));
    else expect((await asked).data).toEqual([{ _id: 'a', value: given }]);
  });

  it.each(Object.entries(accumulators))('gathers by %s', async (name, given) => {
    const grouped = aggregate()['group']?.({ _id: null, value: _.aggregate[name]?.('$n') }) as Aggregation;
    expect((await grouped.end()).data).toEqual([{ _id: null, value: given }]);
  });

  it.each(Object.entries(stages))('has the stage %s', async (name, [operand, given]) => {
    const asked = (aggregate()[name]?.(operand()) as Aggregation).end();
    if (isRefused(given)) expect(await refusal(asked)).toMatchObject(refusedAs(given.refused));
    else expect((await asked).data).toHaveLength(given);
  });

  it('has nothing that is left out', () => {
    const known = [...Object.keys(expressions), ...Object.keys(accumulators), 'pipeline'];
    expect(sorted(known)).toEqual(sorted(Object.keys(_.aggregate)));
    const others = ['end', 'unwrap', 'done'];
    expect(sorted([...Object.keys(stages), ...others])).toEqual(sorted(methodsOf(aggregate())));
  });
});
