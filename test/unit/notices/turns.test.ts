import { away, createNoticeWorld, sendBy, taken } from '../../support/notice-world';

const SECOND = 1000;

describe('servers', () => {
  it('that are away take a few tries of a run, and keep nobody else waiting', async () => {
    const world = createNoticeWorld();
    for (const client of ['a-server', 'z-server']) world.store.register(client);
    for (let holder = 1; holder <= 50; holder += 1) await world.tell(1, { holder, client: 'bank' });
    for (const client of ['a-server', 'z-server']) await world.tell(1, { client });
    world.answer(({ client }) => (client === 'bank' ? away : taken));
    expect(await world.run()).toBe(2);
    expect(world.heard.filter(({ client }) => client === 'bank')).toHaveLength(2);
  });

  it('that are slow are told side by side', async () => {
    const world = createNoticeWorld();
    const clients = Array.from({ length: 6 }, (_, at) => `server-${at}`);
    for (const client of clients) {
      world.store.register(client);
      await world.tell(1, { client });
    }
    let [under, most] = [0, 0];
    world.answer(async () => {
      under += 1;
      most = Math.max(most, under);
      await new Promise(setImmediate);
      under -= 1;
      return taken;
    });
    expect([await world.run(), most]).toEqual([6, 6]);
  });

  it('are left to the next run once a run’s time is over', async () => {
    const world = createNoticeWorld();
    for (let holder = 1; holder <= 20; holder += 1) await world.tell(1, { holder });
    world.answer(() => {
      world.clock.advance(5 * SECOND);
      return taken;
    });
    expect(await world.run()).toBe(8);
    expect(await world.run()).toBe(8);
    expect(await world.run()).toBe(4);
  });

  it('that are slow to take what they are told keep nobody else from hearing within a run', async () => {
    const world = createNoticeWorld();
    const quick = ['quick-1', 'quick-2', 'quick-3'];
    const slow = Array.from({ length: 13 }, (_, at) => `slow-${String(at)}`);
    for (const client of [...quick, ...slow]) world.store.register(client);
    for (const client of slow) for (let holder = 1; holder <= 40; holder += 1) await world.tell(1, { holder, client });
    for (const client of quick) await world.tell(1, { client });
    world.answer(({ client }) => {
      if (!quick.includes(client)) world.clock.advance(SECOND);
      return taken;
    });
    // With whichever of them a run begins: what is quick was heard then, and those that are slow have gone on until its end.
    for (let run = 0; run < 4; run += 1) {
      const before = world.heard.length;
      await world.run();
      const heard = world.heard.slice(before);
      expect(heard.filter(({ client }) => quick.includes(client))).toHaveLength(3);
      expect(heard.length).toBeGreaterThanOrEqual(43);
      for (const client of quick) await world.tell(run + 2, { client });
    }
  });

  it('are looked for from another place each time, and all around', async () => {
    const world = createNoticeWorld();
    const clients = ['aaa-1', 'mmm-1', 'zzz-1'];
    for (const client of clients) world.store.register(client);
    const began = new Set<string>();
    for (let revision = 1; revision <= 10; revision += 1) {
      for (const client of clients) await world.tell(revision, { client });
      const asked: string[] = [];
      const nextDueClient: typeof world.ports.nextDueClient = (after, at) => {
        asked.push(after);
        return world.ports.nextDueClient(after, at);
      };
      expect(await sendBy({ ...world.ports, nextDueClient })).toBe(3);
      began.add(asked[0] ?? '');
    }
    expect(began.size).toBe(10);
    expect([...began].every((id) => /^[a-z0-9]{4}$/.test(id))).toBe(true);
  });

  it('have turns that do not always begin with the same one', async () => {
    const world = createNoticeWorld();
    const clients = Array.from({ length: 4 }, (_, at) => `server-${at}`);
    for (const client of clients) world.store.register(client);
    const firsts = new Set<string>();
    for (let order = 1; order <= 20; order += 1) {
      for (const client of clients) await world.tell(order, { client });
      const before = world.heard.length;
      await world.run();
      firsts.add(world.heard[before]?.client ?? '');
    }
    expect(firsts.size).toBeGreaterThan(1);
  });
});
