import { calendarDate, cardId, instant, type Instant } from '../../../protocol';
import { nextRevisionOf } from '../../../cloudfunctions/_core/card/change-identity';
import type { Identity } from '../../../cloudfunctions/_core/card/identity';
import type { Stops } from '../../../cloudfunctions/_core/card/stops';
import type { LastingConsent } from '../../../cloudfunctions/_core/consents/consent';
import { announceChanges, type AnnouncePorts, type Unheard } from '../../../cloudfunctions/_core/notices/announce';
import { failing, InjectedFault } from '../../support/asynchronous';
import { DAY_MS } from '../../support/notice-world';
import { createNoticeStore } from '../../support/notice-store';
import { createShowingWorld } from '../../support/showing-world';

const later = [
  ...(['loadUnannounced', 'clearUnannounced', 'loadInstitution', 'loadPartner'] as const),
  ...(['loadNoticeLine', 'createNoticeLine', 'replaceNoticeLine'] as const),
];

/** A card, servers that may ask after it, and their lines. */
const createWorld = () => {
  const world = createShowingWorld();
  const store = createNoticeStore();
  for (const client of ['bank', 'railway']) store.register(client);
  const consent = (number: number, client: string, change: Partial<LastingConsent> = {}): LastingConsent => ({
    ...{ number, client, partner: `partner-of-${client}`, purpose: 'bank-account-opening' },
    until: instant(world.clock.now() + 30 * DAY_MS),
    withdrawnAt: null,
    ...change,
  });
  const { ports: identities, all } = world.identities;
  const isUnheard = (identity: Identity): identity is Unheard => identity.unannounced !== null;
  const ports: AnnouncePorts = {
    ...store.ports,
    now: world.clock.now,
    today: world.clock.today,
    loadUnannounced: (limit) => Promise.resolve(all().filter(isUnheard).slice(0, limit)),
    clearUnannounced: async ({ key, unannounced: { since } }) => {
      const found = await identities.loadIdentity(key);
      if (found?.unannounced?.since !== since) return false;
      world.identities.put({ ...found, unannounced: null });
      return true;
    },
  };
  world.change((found) => ({ ...found, consents: [consent(1, 'bank'), consent(2, 'railway')] }));
  const change = (of: Partial<Omit<Identity, 'revision' | 'untold' | 'unannounced'>>): void =>
    world.change((found) => nextRevisionOf(found, of));
  return {
    ...world,
    ports,
    store,
    consent,
    change,
    stop: (stops: Stops) => change({ card: { ...world.identity().card, stops } }),
    withdraw: (number: number, at: Instant) =>
      change({
        consents: (world.identity().consents ?? []).map((one) =>
          one.number === number ? { ...one, withdrawnAt: at } : one,
        ),
      }),
    run: () => announceChanges(ports),
    told: () =>
      store
        .waiting()
        .map(({ partner, happened }) => `${partner} ${'status' in happened ? happened.status : happened.kind}`)
        .sort(),
  };
};

const held = [{ reason: 'by_holder', at: instant(0) }] as const;

describe('a change of a card', () => {
  it('waits to be told to each server that may ask after it, once, and its mark is taken off', async () => {
    const { stop, run, told, identity } = createWorld();
    expect(await run()).toBe(0);
    stop(held);
    expect([await run(), told()]).toEqual([1, ['partner-of-bank suspended', 'partner-of-railway suspended']]);
    expect(identity().unannounced).toBeNull();
    expect([await run(), told().length]).toEqual([0, 2]);
  });

  it('is told as whoever asks hears it then, also where the card’s last day is over', async () => {
    const { stop, change, identity, run, told } = createWorld();
    stop(held);
    stop([]);
    change({ card: { ...identity().card, validTo: calendarDate('2020-01-01') } });
    await run();
    expect(told()).toEqual(['partner-of-bank expired', 'partner-of-railway expired']);
  });

  it('is not told by whom a consent has ended, or was withdrawn', async () => {
    const { stop, change, consent, clock, run, told } = createWorld();
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

  it.each<[string, (world: ReturnType<typeof createWorld>) => void]>([
    ['has no address', ({ store }) => store.register('bank', { events: null })],
    ['has ended', ({ store }) => store.register('bank', { state: 'ended' })],
  ])('does not wait for a server that %s', async (_, prepare) => {
    const world = createWorld();
    prepare(world);
    world.stop(held);
    await world.run();
    expect(world.told()).toEqual(['partner-of-railway suspended']);
  });

  it('of another kind than its standing, as another tier, is told nobody', async () => {
    const { change, identity, run, told } = createWorld();
    change({ card: { ...identity().card, tier: identity().card.tier === 'full' ? 'light' : 'full' } });
    expect(identity().unannounced).toBeNull();
    await run();
    expect(told()).toEqual([]);
  });

  it('is told where another takes the place of one whose last day was over', async () => {
    const { stop, change, identity, run, told } = createWorld();
    const { card } = identity();
    stop(held);
    change({ card: { ...card, validTo: calendarDate('2020-01-01') } });
    await run();
    expect(told()).toEqual(['partner-of-bank expired', 'partner-of-railway expired']);
    change({ card: { ...card, id: cardId('9'.repeat(32)) } });
    await run();
    expect(told().filter((text) => text.endsWith('valid'))).toEqual(['partner-of-bank valid', 'partner-of-railway valid']);
  });

  it('that is undone before it was told leaves nobody with what it was in between', async () => {
    for (const at of Array.from({ length: 12 }, (_, index) => index + 1)) {
      for (const when of ['before', 'after'] as const) {
        const world = createWorld();
        world.stop(held);
        const { ports } = failing(world.ports, later, { at, when });
        await announceChanges(ports).catch((error: unknown) => expect(error).toBeInstanceOf(InjectedFault));
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
    const { withdraw, clock, run, store, told } = createWorld();
    const at = clock.now();
    withdraw(1, at);
    clock.advance(5000);
    await run();
    expect(told()).toEqual(['partner-of-bank consent-withdrawn']);
    expect(store.waiting()[0]?.happened).toEqual({ kind: 'consent-withdrawn', at });
  });

  it('is told once, also where another change comes before or after it was told', async () => {
    const { withdraw, stop, clock, run, told } = createWorld();
    withdraw(1, clock.now());
    stop(held);
    await run();
    stop([]);
    await run();
    expect(told().filter((text) => text.startsWith('partner-of-bank'))).toEqual(['partner-of-bank consent-withdrawn']);
  });
});

describe('announcing', () => {
  it('leaves the mark of a change that comes meanwhile, and tells that one too', async () => {
    const { ports, stop, identity, run, told } = createWorld();
    stop(held);
    const slow: AnnouncePorts = {
      ...ports,
      clearUnannounced: (found) => {
        stop([]);
        return ports.clearUnannounced(found);
      },
    };
    await announceChanges(slow);
    expect(identity().unannounced).toMatchObject({ isCard: true });
    await run();
    expect(told()).toContain('partner-of-bank valid');
    expect(identity().unannounced).toBeNull();
  });

  it('tells all of it once, wherever a run is interrupted', async () => {
    for (let at = 1; at <= 12; at += 1) {
      for (const when of ['before', 'after'] as const) {
        const { ports, stop, run, told } = createWorld();
        stop(held);
        const run1 = announceChanges(failing(ports, later, { at, when }).ports);
        await run1.catch((error: unknown) => expect(error).toBeInstanceOf(InjectedFault));
        await run();
        expect(told()).toEqual(['partner-of-bank suspended', 'partner-of-railway suspended']);
      }
    }
  });
});
