import fc from 'fast-check';
import { eventId, instant, type Look } from '../../../protocol';
import { resumeCard, suspendCard } from '../../../cloudfunctions/_core/card/holder-card';
import { mintedEventOf } from '../../../cloudfunctions/_core/card/identity-events';
import { listHistory } from '../../../cloudfunctions/_core/card/list-history';
import type { SealedKey } from '../../../cloudfunctions/_core/sealed-key';
import { reportLook } from '../../../cloudfunctions/_core/showing/report-look';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { check, entriesOf, historyOf, pageOf, walk } from '../../support/history';
import {
  courier,
  createShowingWorld,
  firstTerminal,
  holder,
  type ShowingPorts,
  type ShowingWorld,
} from '../../support/showing-world';

const say = async ({ ports }: ShowingWorld, id: string, look: Look): Promise<void> => {
  valueOf(await reportLook(ports, firstTerminal.key, { action: 'reportLook', eventId: id, look }));
};

describe('the history', () => {
  it('tells newest first what happened, by the names that people know', async () => {
    const world = createShowingWorld();
    const { mintedAt, id: minted } = world.identity().card;
    world.clock.advance(1000);
    const first = await check(world);
    world.clock.advance(1000);
    await say(world, first, 'different');
    valueOf(await suspendCard(world.ports, holder));
    const card = await pageOf(world);
    const common = { kind: 'card_checked', purpose: 'parcel-pickup', partner: courier.names, terminal: '1' };
    expect(card).toEqual({
      ok: true,
      entries: [
        { id: world.identity().card.lastChange?.eventId, at: mintedAt + 2000, kind: 'card_suspended' },
        { id: first, at: mintedAt + 1000, ...common, look: 'different' },
        { id: minted, at: mintedAt, kind: 'card_minted' },
      ],
      next: null,
    });
  });

  it('names a shop whose record is gone by what it was registered as', async () => {
    const world = createShowingWorld();
    world.clock.advance(1);
    await check(world);
    const ports: ShowingPorts = { ...world.ports, loadPartners: () => Promise.resolve(new Map()) };
    const [entry] = (await pageOf({ ports })).entries;
    expect(entry).toMatchObject({ kind: 'card_checked', partner: { zh: 'courier', en: 'courier' } });
  });

  it('asks for partners and looks once for a page, and not at all without a check', async () => {
    const world = createShowingWorld();
    const asked: string[] = [];
    const { loadPartners, loadLooks } = world.ports;
    const ports: ShowingPorts = {
      ...world.ports,
      loadPartners: (ids) => (asked.push(ids.join()), loadPartners(ids)),
      loadLooks: (key, ids) => (asked.push(String(ids.length)), loadLooks(key, ids)),
    };
    await pageOf({ ports });
    expect(asked).toEqual([]);
    for (let request = 1; request <= 3; request += 1) await check(world, request);
    await pageOf({ ports });
    expect(asked).toEqual(['courier', '3']);
  });

  it('is refused to who has no card', async () => {
    const { ports } = createShowingWorld();
    for (const account of [accountOf(9), firstTerminal.key]) {
      expect(await listHistory(ports, account, { action: 'listHistory' })).toEqual({
        ok: false,
        error: { code: 'not_found' },
      });
    }
  });

  it('fails rather than leave out an event or a look whose seal does not open', async () => {
    const world = createShowingWorld();
    const foreign = { ...mintedEventOf(world.identity()), id: eventId('f'.repeat(32)), dataKey: 'other' as SealedKey };
    await world.events.appendEvent(foreign);
    await expect(pageOf(world)).rejects.toThrow('seal');

    const other = createShowingWorld();
    const id = await check(other);
    const { loadLooks } = other.ports;
    await say(other, id, 'same');
    const ports: ShowingPorts = { ...other.ports, loadLooks: (_, ids) => loadLooks('other' as SealedKey, ids) };
    await expect(pageOf({ ports })).rejects.toThrow('seal');
  });
});

describe('the pages', () => {
  it.each([19, 20, 21, 40, 41])('of %i entries say where they end', async (count) => {
    const world = createShowingWorld();
    for (let at = 1; at < count; at += 1) valueOf(await (at % 2 ? suspendCard : resumeCard)(world.ports, holder));
    const pages = await walk(world);
    expect(pages.map(({ entries }) => entries.length)).toEqual(
      Array.from({ length: Math.ceil(count / 20) }, (_, at) => Math.min(20, count - 20 * at)),
    );
  });

  /** What may happen at any time; nought milliseconds and many a time at once. */
  const happening = fc.oneof(
    fc.record({ does: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 2 }) }),
    fc.record({ does: fc.constantFrom('brake' as const, 'check' as const), ms: fc.constant(0) }),
  );

  it('lose and repeat nothing, whatever is appended meanwhile and however many events share an instant', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { minLength: 15, maxLength: 70 }),
        fc.array(fc.array(happening, { maxLength: 10 }), { maxLength: 4 }),
        async (before, meanwhile) => {
          const world = createShowingWorld();
          let request = 0;
          const happen = async (what: readonly (typeof before)[number][]): Promise<void> => {
            for (const { does, ms } of what) {
              world.clock.advance(ms);
              request += 1;
              if (does === 'brake') {
                valueOf(await suspendCard(world.ports, holder));
                valueOf(await resumeCard(world.ports, holder));
              } else if (does === 'check') await check(world, request);
            }
          };
          await world.events.appendEvent(mintedEventOf(world.identity()));
          await happen(before);
          const known = world.events.all().map(({ id }) => String(id));
          const rounds = [...meanwhile];
          const entries = entriesOf(await walk(world, () => happen(rounds.shift() ?? [])));
          const seen = entries.map(({ id }) => id);
          expect(new Set(seen).size).toBe(seen.length);
          expect(seen).toEqual(expect.arrayContaining(known));
          const inOrder = [...entries].sort((one, other) => other.at - one.at || (one.id < other.id ? 1 : -1));
          expect(entries).toEqual(inOrder);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('begin anywhere that a caller names, and show nobody’s but the caller’s', async () => {
    const world = createShowingWorld();
    for (let request = 1; request <= 5; request += 1) {
      await check(world, request);
      world.clock.advance(1);
    }
    const whole = await historyOf(world);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: -3, max: 8 }).map((ms) => instant(world.identity().card.mintedAt + ms)),
        fc.stringMatching(/^[0-9a-f]{32}$/),
        async (at, id) => {
          const { entries } = await pageOf(world, { at, id });
          expect(entries).toEqual(whole.filter((one) => one.at < at || (one.at === at && one.id < id)));
        },
      ),
    );
  });
});
