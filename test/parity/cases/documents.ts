import { outcome, type ParityCase, type ParityWorld } from '../parity-case';

const plain = ({ db }: ParityWorld) => db.collection('parity_plain');
const unique = ({ db }: ParityWorld) => db.collection('parity_unique');
const idsOf = ({ data }: { readonly data: Record<string, unknown>[] }): unknown[] => data.map(({ _id }) => _id);

/** Three documents of this run and this case, with a number each. */
const three = async (world: ParityWorld, of: string) => {
  const mark = `${world.mark}-${of}`;
  await plain(world).add([1, 2, 3].map((n) => ({ _id: `${mark}-${String(n)}`, mark, n, tags: ['a', String(n)] })));
  return { mark, all: plain(world).where({ mark }), id: (n: number) => `${mark}-${String(n)}` };
};

export const documentCases: readonly ParityCase[] = [
  {
    area: 'documents',
    name: 'gives a document that is added the id it brings, or one of its own',
    evidence: 'vendor’s tests',
    run: async (world) => [
      await plain(world).add({ _id: `${world.mark}-own`, mark: world.mark }),
      await plain(world).add({ mark: world.mark }),
      await plain(world).add([{ mark: world.mark }, { mark: world.mark }]),
    ],
  },
  {
    area: 'documents',
    name: 'refuses an id that is taken',
    evidence: 'public reports',
    run: async (world) => {
      const document = { _id: `${world.mark}-taken`, mark: world.mark };
      await plain(world).add(document);
      return outcome(plain(world).add(document));
    },
  },
  {
    area: 'documents',
    name: 'refuses a key of a unique index that is taken, and takes documents without it where the index is sparse',
    evidence: 'public reports',
    run: async (world) => {
      const key = `${world.mark}-key`;
      await unique(world).add({ _id: `${world.mark}-1`, mark: world.mark, key });
      const refused = await outcome(unique(world).add({ _id: `${world.mark}-2`, mark: world.mark, key }));
      const added = ['3', '4'].map((n) => unique(world).add({ _id: `${world.mark}-${n}`, mark: world.mark }));
      return [refused, await Promise.all(added)];
    },
  },
  {
    area: 'documents',
    name: 'refuses a collection that does not exist',
    evidence: 'vendor’s tests',
    run: ({ db }) => outcome(db.collection('parity_nowhere').where({}).get()),
  },
  {
    area: 'documents',
    name: 'reads by id, by equality and by nothing that matches',
    evidence: 'vendor’s tests',
    run: async (world) => {
      const { mark, id } = await three(world, 'read');
      return [
        await plain(world).doc(id(1)).get(),
        await plain(world).doc(`${mark}-nobody`).get(),
        idsOf(await plain(world).where({ mark, n: 2 }).get()),
        await plain(world).where({ mark, n: 9 }).get(),
      ];
    },
  },
  {
    area: 'documents',
    name: 'compares, and combines conditions',
    evidence: 'vendor’s manual',
    run: async (world) => {
      const { mark } = await three(world, 'compare');
      const { command: _ } = world.db;
      const conditions = [
        { n: _['gt']?.(1) },
        { n: _['lte']?.(2) },
        { n: _['in']?.([1, 3]) },
        { n: _['neq']?.(2) },
        { tags: '2' },
        { tags: _['all']?.(['a', '3']) },
        { tags: _['size']?.(2) },
        { missing: _['exists']?.(false), n: 1 },
        { n: _['mod']?.(2, 1) },
      ];
      const found = await Promise.all(
        conditions.map((condition) =>
          plain(world)
            .where({ mark, ...condition })
            .orderBy('n', 'asc')
            .get(),
        ),
      );
      return found.map(idsOf);
    },
  },
  {
    area: 'documents',
    name: 'orders, skips, limits and projects',
    evidence: 'vendor’s tests',
    run: async (world) => {
      const { all } = await three(world, 'arrange');
      return [
        (await all.orderBy('n', 'desc').skip(1).limit(1).field({ n: true }).get()).data,
        (await all.orderBy('n', 'asc').limit(1).field({ mark: false, tags: false }).get()).data,
      ];
    },
  },
  {
    area: 'documents',
    name: 'gives a hundred documents where no limit is named, and a thousand at most',
    evidence: 'vendor’s manual',
    run: async (world) => {
      const mark = `${world.mark}-many`;
      const documents = Array.from({ length: 1001 }, (_, n) => ({ mark, n }));
      for (let at = 0; at < documents.length; at += 250) await plain(world).add(documents.slice(at, at + 250));
      const all = plain(world).where({ mark });
      return [(await all.get()).data.length, (await all.limit(5000).get()).data.length, await all.count()];
    },
  },
  {
    area: 'documents',
    name: 'finds by a regular expression',
    evidence: 'vendor’s manual',
    run: async (world) => {
      const { mark } = await three(world, 'pattern');
      const pattern = world.db.RegExp({ regexp: '^MARK'.replace('MARK', world.mark.toUpperCase()), options: 'i' });
      return idsOf(await plain(world).where({ mark, _id: pattern }).orderBy('n', 'asc').get());
    },
  },
  {
    area: 'documents',
    name: 'counts as updated what it changed',
    evidence: 'vendor’s tests',
    run: async (world) => {
      const { mark, all } = await three(world, 'update');
      const { command: _ } = world.db;
      return [
        await all.update({ n: _['inc']?.(10) }),
        await plain(world).where({ mark, n: 99 }).update({ n: 1 }),
        (await all.orderBy('n', 'asc').get()).data,
      ];
    },
  },
  {
    area: 'documents',
    name: 'counts nothing as updated that already was as asked',
    evidence: 'vendor’s manual',
    run: async (world) => {
      const { id } = await three(world, 'same');
      return plain(world).doc(id(1)).update({ n: 1 });
    },
  },
  {
    area: 'documents',
    name: 'changes exactly one of two racers’ documents by a condition',
    evidence: 'public reports',
    run: async (world) => {
      const { id } = await three(world, 'race');
      const racers = [1, 2].map((by) =>
        plain(world)
          .where({ _id: id(1), n: 1 })
          .update({ n: 5, by }),
      );
      const won = (await Promise.all(racers)) as { updated: number }[];
      return won.map(({ updated }) => updated).sort();
    },
  },
  {
    area: 'documents',
    name: 'applies every operator of an update',
    evidence: 'vendor’s manual',
    run: async (world) => {
      const { id } = await three(world, 'operators');
      const { command: _ } = world.db;
      const of = plain(world).doc(id(1));
      await of.update({ n: _['mul']?.(4), tags: _['push']?.(['x', 'y']), nested: { a: 1, b: { c: 2 } } });
      await of.update({ 'nested.b.c': 3, tags: _['pull']?.('a'), least: 5 });
      await of.update({
        n: _['max']?.(9),
        least: _['min']?.(2),
        nested: { a: _['remove']?.() },
        tags: _['unshift']?.(['first']),
      });
      await of.update({ tags: _['addToSet']?.('x'), least: _['rename']?.('lowest') });
      await of.update({ tags: _['pop']?.() });
      return of.get();
    },
  },
  {
    area: 'documents',
    name: 'replaces a document as a whole, and adds it where it is missing',
    evidence: 'vendor’s tests',
    run: async (world) => {
      const { mark, id } = await three(world, 'set');
      return [
        await plain(world).doc(id(1)).set({ mark, only: true }),
        await plain(world).doc(`${mark}-new`).set({ mark, n: 4 }),
        (await plain(world).doc(id(1)).get()).data,
        (await plain(world).doc(`${mark}-new`).get()).data,
      ];
    },
  },
  {
    area: 'documents',
    name: 'gives the document that an update changed as it is now',
    evidence: 'vendor’s tests',
    run: async (world) => {
      const { mark, id } = await three(world, 'return');
      const { command: _ } = world.db;
      return [
        await plain(world)
          .where({ _id: id(2) })
          .updateAndReturn({ n: _['inc']?.(1) }),
        await plain(world).where({ mark, n: 99 }).updateAndReturn({ n: 0 }),
      ];
    },
  },
  {
    area: 'documents',
    name: 'removes one by its id, and all that match',
    evidence: 'vendor’s tests',
    run: async (world) => {
      const { mark, id, all } = await three(world, 'remove');
      return [
        await plain(world).doc(id(1)).remove(),
        await plain(world).doc(`${mark}-nobody`).remove(),
        await all.remove(),
      ];
    },
  },
  {
    area: 'documents',
    name: 'keeps dates, and makes one of a server date',
    evidence: 'vendor’s tests',
    run: async (world) => {
      const _id = `${world.mark}-dates`;
      const at = new Date('2026-03-01T00:00:00.000Z');
      await plain(world).add({
        _id,
        mark: world.mark,
        at,
        made: world.db.serverDate(),
        later: world.db.serverDate({ offset: 1000 }),
      });
      const found = await plain(world).where({ _id, at }).get();
      const [document] = found.data;
      const span = (document?.['later'] as Date).getTime() - (document?.['made'] as Date).getTime();
      return [found.data, span];
    },
  },
];
