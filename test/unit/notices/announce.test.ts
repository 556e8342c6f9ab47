import { calendarDate, cardId, identityKey, instant } from '../../../protocol';
import { announceChanges, type AnnouncePorts } from '../../../cloudfunctions/_core/notices/announce';
import { createAnnounceWorld, laterAnnouncePorts, type AnnounceWorld } from '../../support/announce-world';
import { failing, InjectedFault } from '../../support/asynchronous';

const announceBy = (ports: AnnouncePorts): Promise<number> => announceChanges(ports, instant(ports.now() + 1));

const held = [{ reason: 'by_holder', at: instant(0) }] as const;

describe('a change of a card', () => {
  it('waits to be told to each server that may ask after it, once, and its mark is taken off', async () => {
    const { stop, run, told, identity } = createAnnounceWorld();
    expect(await run()).toBe(0);
    stop(held);
    expect([await run(), told()]).toEqual([1, ['partner-of-bank suspended', 'partner-of-railway suspended']]);
    expect(identity().unannounced).toBeNull();
    expect([await run(), told().length]).toEqual([0, 2]);
  });

  it('is told as whoever asks hears it then, also where the card’s last day is over', async () => {
    const { stop, change, identity, run, told } = createAnnounceWorld();
    stop(held);
    stop([]);
    change({ card: { ...identity().card, validTo: calendarDate('2020-01-01') } });
    await run();
    expect(told()).toEqual(['partner-of-bank expired', 'partner-of-railway expired']);
  });

  it('is not told by whom a consent has ended, or was withdrawn', async () => {
    const { stop, change, consent, clock, run, told } = createAnnounceWorld();
    change({
      consents: [
        consent(1, 'bank', { until: instant(clock.now() + 1000) }),
        consent(2, 'railway'),
        consent(3, 'bank', { withdrawnAt: clock.now() }),
      ],
    });
    await run();
    stop(held);
    clock.advance(1000);
    await run();
    expect(told()).toEqual(['partner-of-railway suspended']);
  });

  it.each<[string, (world: AnnounceWorld) => void]>([
    ['has no address', ({ store }) => store.register('bank', { events: null })],
    ['has ended', ({ store }) => store.register('bank', { state: 'ended' })],
  ])('does not wait for a server that %s', async (_, prepare) => {
    const world = createAnnounceWorld();
    prepare(world);
    world.stop(held);
    await world.run();
    expect(world.told()).toEqual(['partner-of-railway suspended']);
  });

  it('of another kind than its standing, as another tier, is told nobody', async () => {
    const { change, identity, run, told } = createAnnounceWorld();
    change({ card: { ...identity().card, tier: identity().card.tier === 'full' ? 'light' : 'full' } });
    expect(identity().unannounced).toBeNull();
    await run();
    expect(told()).toEqual([]);
  });

  it('is told where another takes the place of one whose last day was over', async () => {
    const { stop, change, identity, run, told } = createAnnounceWorld();
    const { card } = identity();
    stop(held);
    change({ card: { ...card, validTo: calendarDate('2020-01-01') } });
    await run();
    expect(told()).toEqual(['partner-of-bank expired', 'partner-of-railway expired']);
    change({ card: { ...card, id: cardId('9'.repeat(32)) } });
    await run();
    expect(told().filter((text) => text.endsWith('valid'))).toEqual([
      'partner-of-bank valid',
      'partner-of-railway valid',
    ]);
  });

  it('that is undone before it was told leaves nobody with what it was in between', async () => {
    for (const at of Array.from({ length: 12 }, (_, index) => index + 1)) {
      for (const when of ['before', 'after'] as const) {
        const world = createAnnounceWorld();
        world.stop(held);
        const { ports } = failing(world.ports, laterAnnouncePorts, { at, when });
        await announceBy(ports).catch((error: unknown) => expect(error).toBeInstanceOf(InjectedFault));
        world.stop([]);
        await world.run();
        const last = new Map(world.store.waiting().map(({ partner, happened }) => [partner, happened] as const));
        expect([...last.values()].map((happened) => 'status' in happened && happened.status)).toEqual([
          'valid',
          'valid',
        ]);
      }
    }
  });
});

describe('a withdrawal', () => {
  it('is told to the server whose consent it was, and to no other that anything happened', async () => {
    const { withdraw, clock, run, store, told } = createAnnounceWorld();
    const at = clock.now();
    withdraw(1, at);
    clock.advance(5000);
    await run();
    expect(told()).toEqual(['partner-of-bank consent-withdrawn']);
    expect(store.waiting()[0]?.happened).toEqual({ kind: 'consent-withdrawn', at });
  });

  it('is told once, also where another change comes before or after it was told', async () => {
    const { withdraw, stop, clock, run, told } = createAnnounceWorld();
    withdraw(1, clock.now());
    stop(held);
    await run();
    stop([]);
    await run();
    expect(told().filter((text) => text.startsWith('partner-of-bank'))).toEqual(['partner-of-bank consent-withdrawn']);
  });
});

describe('announcing', () => {
  it('goes on past an identity that cannot be read, and says so once all others have had their turn', async () => {
    const { ports, identities, identity, stop, told } = createAnnounceWorld();
    stop(held);
    const keys = Array.from({ length: 60 }, (_, at) => identityKey(at.toString(16).padStart(64, '0')));
    for (const key of keys) identities.put({ ...identity(), key });
    const [, unreadable = keys[0]] = keys;
    const loadIdentity: typeof ports.loadIdentity = (key) =>
      key === unreadable ? Promise.reject(new Error('a seal does not open')) : ports.loadIdentity(key);
    await expect(announceBy({ ...ports, loadIdentity })).rejects.toThrow('a seal does not open');
    const left = identities.all().flatMap(({ key, unannounced }) => (unannounced ? [key] : []));
    expect(left).toEqual([unreadable]);
    expect(told()).toContain('partner-of-bank suspended');
  });

  it('begins with another identity each time, and comes round to all of them', async () => {
    const { ports, identities, identity, stop } = createAnnounceWorld();
    stop(held);
    for (let number = 0; number < 16; number += 1)
      identities.put({ ...identity(), key: identityKey(number.toString(16).repeat(64)) });
    const keys = identities.all().map(({ key }) => key);
    const firsts = new Set<string>();
    for (let run = 0; run < 8; run += 1) {
      const met: string[] = [];
      const loadIdentity: typeof ports.loadIdentity = (key) => {
        met.push(key);
        return ports.loadIdentity(key);
      };
      await announceBy({ ...ports, loadIdentity, clearUnannounced: () => Promise.resolve(true) });
      expect([...met].sort()).toEqual([...keys].sort());
      firsts.add(met[0] ?? '');
    }
    expect(firsts.size).toBeGreaterThan(2);
  });

  it('leaves the mark of a change that comes meanwhile, and tells that one too', async () => {
    const { ports, stop, identity, run, told } = createAnnounceWorld();
    stop(held);
    const slow: AnnouncePorts = {
      ...ports,
      clearUnannounced: (found) => {
        stop([]);
        return ports.clearUnannounced(found);
      },
    };
    await announceBy(slow);
    expect(identity().unannounced).toMatchObject({ isCard: true });
    await run();
    expect(told()).toContain('partner-of-bank valid');
    expect(identity().unannounced).toBeNull();
  });

  it('tells all of it once, wherever a run is interrupted', async () => {
    for (let at = 1; at <= 12; at += 1) {
      for (const when of ['before', 'after'] as const) {
        const { ports, stop, run, told } = createAnnounceWorld();
        stop(held);
        const run1 = announceBy(failing(ports, laterAnnouncePorts, { at, when }).ports);
        await run1.catch((error: unknown) => expect(error).toBeInstanceOf(InjectedFault));
        await run();
        expect(told()).toEqual(['partner-of-bank suspended', 'partner-of-railway suspended']);
      }
    }
  });
});
