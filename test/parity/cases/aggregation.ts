import type { ParityCase, ParityWorld } from '../parity-case';

const orders = async (world: ParityWorld, of: string) => {
  const mark = `${world.mark}-${of}`;
  await world.db.collection('parity_plain').add([
    { _id: `${mark}-1`, mark, shop: 'north', count: 2, tags: ['a', 'b'] },
    { _id: `${mark}-2`, mark, shop: 'north', count: 5, tags: [] },
    { _id: `${mark}-3`, mark, shop: 'south', count: 1, tags: ['b'] },
  ]);
  await world.db.collection('parity_unique').add({ _id: `${mark}-shop`, mark, key: `${mark}-north`, shop: 'north' });
  const { aggregate } = world.db.command;
  return { from: () => world.db.collection('parity_plain').aggregate().match({ mark }), $: aggregate, mark };
};

export const aggregationCases: readonly ParityCase[] = [
  {
    area: 'aggregation',
    name: 'groups with sums, least, greatest and mean',
    evidence: 'vendor’s manual',
    run: async (world) => {
      const { from, $ } = await orders(world, 'group');
      const figures = {
        sum: $['sum']?.('$count'),
        least: $['min']?.('$count'),
        most: $['max']?.('$count'),
        mean: $['avg']?.('$count'),
      };
      return from()
        .group({ _id: '$shop', ...figures })
        .sort({ _id: 1 })
        .end();
    },
  },
  {
    area: 'aggregation',
    name: 'unwinds, sorts, skips, limits and projects',
    evidence: 'vendor’s manual',
    run: async (world) => {
      const { from } = await orders(world, 'unwind');
      return from()
        .unwind('$tags')
        .sort({ count: 1, tags: 1 })
        .skip(1)
        .limit(2)
        .project({ _id: 0, tags: 1, count: 1 })
        .end();
    },
  },
  {
    area: 'aggregation',
    name: 'joins another collection by equal fields',
    evidence: 'vendor’s manual',
    run: async (world) => {
      const { mark } = await orders(world, 'lookup');
      const join = { from: 'parity_plain', localField: 'mark', foreignField: 'mark', as: 'orders' };
      return world.db
        .collection('parity_unique')
        .aggregate()
        .match({ mark })
        .lookup(join)
        .project({ _id: 0, 'orders.count': 1 })
        .end();
    },
  },
  {
    area: 'aggregation',
    name: 'computes fields, and counts',
    evidence: 'MongoDB’s manual',
    run: async (world) => {
      const { from, $ } = await orders(world, 'fields');
      const twice = $['multiply']?.(['$count', 2]);
      return [
        await from().addFields({ twice }).sort({ count: 1 }).project({ _id: 0, twice: 1 }).end(),
        await from().count('orders').end(),
      ];
    },
  },
];
