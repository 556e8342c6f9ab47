import { collection, startCloudUnderTest, type CloudUnderTest } from './cloud-under-test';

const day = (text: string): Date => new Date(`${text}T10:30:05.007Z`);

/** What is in the collection `orders`, which has an index by shop. */
export const orders = [
  { _id: 'o1', shop: 'north', item: 'pear', count: 2, price: 3, tags: ['a', 'b'], at: day('2026-01-02') },
  { _id: 'o2', shop: 'north', item: 'plum', count: 5, price: 1.5, tags: [], at: day('2026-01-31') },
  { _id: 'o3', shop: 'south', item: 'pear', count: 1, price: 4, tags: ['b'], at: day('2026-02-01') },
  { _id: 'o4', shop: 'east', item: 'fig', count: 10, price: null, at: day('2026-12-31') },
];
const shops = [
  { _id: 'north', town: '哈尔滨', staff: [{ name: 'Ai', age: 30 }] },
  { _id: 'south', town: '广州', staff: [] },
];

/** A pipeline as MongoDB's manual writes it. */
export type Pipeline = readonly Readonly<Record<string, unknown>>[];

/** A cloud with some orders and shops, and what asks it. */
export const aggregationWorld = () => {
  let under: CloudUnderTest | undefined;
  const cloud = (): CloudUnderTest => {
    if (!under) throw new Error('the cloud has not started');
    return under;
  };
  beforeAll(async () => {
    const byShop = { name: 'by_shop', keys: { shop: 1 }, unique: false, sparse: false } as const;
    under = await startCloudUnderTest({ collections: [collection('orders', [byShop]), collection('shops')] });
    await under.app.database().collection('orders').add(orders);
    await under.app.database().collection('shops').add(shops);
  });
  afterAll(() => cloud().close());

  /** The SDK sends a pipeline as it is where the collection is asked for `raw`; its declarations know of no argument. */
  const aggregate = async (pipeline: Pipeline, name = 'orders'): Promise<Record<string, unknown>[]> => {
    const from = cloud().app.database().collection(name).options({ raw: true }) as unknown as {
      aggregate(stages: Pipeline): { end(): Promise<{ data: Record<string, unknown>[] }> };
    };
    return (await from.aggregate(pipeline).end()).data;
  };

  /** What an expression gives for the first order. */
  const computed = async (expression: unknown): Promise<unknown> =>
    (await aggregate([{ $match: { _id: 'o1' } }, { $project: { _id: 0, value: expression } }]))[0]?.['value'];

  return { cloud, aggregate, computed };
};
