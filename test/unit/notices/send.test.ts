import { waitAfter } from '../../../cloudfunctions/_core/notices/send-notices';
import { away, createNoticeWorld, DAY_MS, sendBy, taken, type NoticeWorld } from '../../support/notice-world';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const heardBy = ({ heard }: NoticeWorld): readonly unknown[] =>
  heard.map(({ told: { happened } }) => ('status' in happened ? happened.status : happened.kind));

describe('a notice', () => {
  it('is told to the registered address, and waits no longer once it was taken', async () => {
    const world = createNoticeWorld();
    await world.tell(1, { status: 'suspended' });
    expect(await world.run()).toBe(1);
    expect(world.heard).toMatchObject([{ url: 'https://bank.example.cn/events', client: 'bank' }]);
    world.clock.advance(DAY_MS);
    expect([await world.run(), world.heard.length, world.store.waiting()]).toEqual([0, 1, []]);
  });

  it('is told where its server hears at that time, and not where it did when it began to wait', async () => {
    const world = createNoticeWorld();
    await world.tell(1, {});
    world.store.register('bank', { events: { url: 'https://new.example.cn/' } });
    await world.run();
    expect(world.heard[0]?.url).toBe('https://new.example.cn/');
  });

  it.each<[string, (world: NoticeWorld) => void]>([
    ['hears of no events any more', ({ store }) => store.register('bank', { events: null })],
    ['has ended', ({ store }) => store.register('bank', { state: 'ended' })],
    ['is of a partner that was suspended', ({ store }) => store.setPartner('suspended')],
  ])('is told nobody where its server %s', async (_, change) => {
    const world = createNoticeWorld();
    await world.tell(1, {});
    change(world);
    expect([await world.run(), world.heard, world.store.waiting()]).toEqual([0, [], []]);
  });

  it('is told nobody once its consent has ended', async () => {
    const world = createNoticeWorld();
    await world.tell(1, {});
    const { openNotice } = world.ports;
    const ended = (...given: Parameters<typeof openNotice>) => ({ ...openNotice(...given), until: world.clock.now() });
    expect(await sendBy({ ...world.ports, openNotice: ended })).toBe(0);
    expect([world.heard, world.store.waiting()]).toEqual([[], []]);
  });

  it('is dropped where its server refuses it, and those behind it are told at once', async () => {
    const world = createNoticeWorld();
    await world.tell(1, { status: 'suspended' });
    await world.tell(2, { status: 'valid' });
    world.answer(({ told: { happened } }) =>
      'status' in happened && happened.status === 'suspended' ? { kind: 'refused', error: 'invalid_request' } : taken,
    );
    await world.run();
    expect([heardBy(world), world.store.waiting()]).toEqual([['suspended', 'valid'], []]);
    expect(world.logged).toEqual([{ event: 'NOTICE_REFUSED', client: 'bank', error: 'invalid_request' }]);
  });

  it('is tried again later and later under the same id, until three days are over', async () => {
    const world = createNoticeWorld();
    const began = world.clock.now();
    await world.tell(1, {});
    world.answer(() => away);
    for (let seconds = 0; seconds < (4 * DAY_MS) / SECOND; seconds += 10) {
      await world.run();
      world.clock.advance(10 * SECOND);
    }
    const waits = world.heard.map(({ at }, index) => at - (world.heard[index - 1]?.at ?? began));
    const about = [0, 10 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR];
    about.forEach((wait, index) => {
      expect(waits[index]).toBeGreaterThanOrEqual(0.8 * wait);
      expect(waits[index]).toBeLessThanOrEqual(1.2 * wait + 10 * SECOND);
    });
    for (const wait of waits.slice(about.length)) expect(Math.abs(wait - 6 * HOUR)).toBeLessThanOrEqual(1.3 * HOUR);
    expect(world.heard.at(-1)?.at).toBeLessThan(began + 3 * DAY_MS);
    expect(world.heard.length).toBeGreaterThan(12);
    expect(new Set(world.heard.map(({ id }) => id)).size).toBe(1);
    expect(world.store.waiting()).toEqual([]);
    expect(world.logged.at(-1)).toEqual({ event: 'NOTICE_DROPPED', client: 'bank' });
  });

  it('waits for those before it of the same holder, also while these wait for their next try', async () => {
    const world = createNoticeWorld();
    await world.tell(1, { status: 'suspended' });
    world.answer(() => away);
    await world.run();
    await world.tell(2, { status: 'valid' });
    world.answer(() => taken);
    expect(await world.run()).toBe(0);
    world.clock.advance(MINUTE);
    expect(await world.run()).toBe(2);
    expect(heardBy(world)).toEqual(['suspended', 'suspended', 'valid']);
  });

  it('does not wait for those of other holders', async () => {
    const world = createNoticeWorld();
    await world.tell(1, { holder: 1 });
    await world.tell(1, { holder: 2 });
    let failing: string | null = null;
    world.answer(({ id }) => {
      failing ??= id;
      return id === failing ? { kind: 'failed', fault: 'status_5xx' } : taken;
    });
    expect(await world.run()).toBe(1);
    expect(world.store.waiting()).toHaveLength(1);
  });

  it('is told by one of two runs at the same time', async () => {
    const world = createNoticeWorld();
    await world.tell(1, {});
    expect((await Promise.all([world.run(), world.run()])).sort()).toEqual([0, 1]);
    expect(world.heard).toHaveLength(1);
  });

  it('is told again under its id after a crash between telling and writing it down, and not at once', async () => {
    const world = createNoticeWorld();
    await world.tell(1, {});
    world.answer(() => Promise.reject(new Error('crashed')));
    await expect(world.run()).rejects.toThrow('crashed');
    world.answer(() => taken);
    expect(await world.run()).toBe(0);
    world.clock.advance(2 * MINUTE);
    expect(await world.run()).toBe(1);
    expect(new Set(world.heard.map(({ id }) => id)).size).toBe(1);
  });

  it('is not taken for told by a run that another one has overtaken', async () => {
    const world = createNoticeWorld();
    await world.tell(1, { status: 'suspended' });
    await world.tell(2, { status: 'valid' });
    let finish = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    world.answer(() => held.then(() => taken));
    const slow = world.run();
    await new Promise(setImmediate);
    world.clock.advance(3 * MINUTE);
    world.answer(({ told: { happened } }) => ('status' in happened && happened.status === 'valid' ? away : taken));
    expect(await world.run()).toBe(1);
    finish();
    await slow;
    expect(world.store.waiting()).toMatchObject([{ happened: { status: 'valid' } }]);
  });

  it('that comes while another is under way is told after it, and neither is lost', async () => {
    const world = createNoticeWorld();
    await world.tell(1, { status: 'suspended' });
    world.answer(async ({ told: { happened } }) => {
      if ('status' in happened && happened.status === 'suspended') await world.tell(2, { status: 'valid' });
      return taken;
    });
    expect(await world.run()).toBe(2);
    expect(heardBy(world)).toEqual(['suspended', 'valid']);
  });
});

describe('a status whose consent is withdrawn meanwhile', () => {
  const kindsHeard = ({ heard }: NoticeWorld): readonly string[] =>
    heard.map(({ told: { happened } }) => happened.kind);

  it('is not told by a next try, once its server is there again', async () => {
    const world = createNoticeWorld();
    await world.tell(1, {});
    world.answer(() => away);
    await world.run();
    await world.tell(2, { kind: 'consent-withdrawn' });
    world.clock.advance(MINUTE);
    await world.run();
    // Its own tries are counted, and not those of what was dropped: the next one is soon.
    world.answer(() => taken);
    world.clock.advance(12 * SECOND);
    expect(await world.run()).toBe(1);
    expect(kindsHeard(world)).toEqual(['card-status-changed', 'consent-withdrawn', 'consent-withdrawn']);
  });

  it.each([
    ['taken', taken],
    ['not taken', away],
  ])('and that is %s by a try under way is told before the withdrawal, and once', async (_, came) => {
    const world = createNoticeWorld();
    await world.tell(1, {});
    world.answer(async () => {
      await world.tell(2, { kind: 'consent-withdrawn' });
      // Another run finds nothing to do as long as the try may be under way.
      expect(await world.run()).toBe(0);
      return came;
    });
    await world.run();
    expect(kindsHeard(world)).toEqual(['card-status-changed']);
    world.answer(() => taken);
    world.clock.advance(2 * MINUTE);
    expect(await world.run()).toBe(1);
    expect(kindsHeard(world)).toEqual(['card-status-changed', 'consent-withdrawn']);
    expect(world.store.waiting()).toEqual([]);
  });
});

describe('the wait after a failure', () => {
  it('lies within a fifth of what is said, on either side', () => {
    const bytes = (value: number) => () => Uint8Array.of(value);
    expect([waitAfter(1, bytes(0)), waitAfter(1, bytes(255))]).toEqual([8000, 12_000]);
    expect([waitAfter(6, bytes(0)), waitAfter(99, bytes(255))]).toEqual([4.8 * HOUR, 7.2 * HOUR]);
  });
});
