import fc from 'fast-check';
import { type Look } from '../../../protocol';
import { resumeCard, suspendCard } from '../../../cloudfunctions/_core/card/holder-card';
import { listHistory } from '../../../cloudfunctions/_core/card/list-history';
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
const brakes = async (world: ShowingWorld, count: number): Promise<void> => {
  for (let at = 0; at < count; at += 1) valueOf(await (at % 2 ? resumeCard : suspendCard)(world.ports, holder));
};

describe('the history', () => {
  it('tells newest first what happened, by the names that people know', async () => {
    const world = createShowingWorld();
    const begun = world.clock.now();
    world.clock.advance(1000);
    const first = await check(world);
    world.clock.advance(1000);
    await say(world, first, 'different');
    valueOf(await suspendCard(world.ports, holder));
    const [suspended] = world.events.ofKind('card_suspended');
    const common = { kind: 'card_checked', purpose: 'parcel-pickup', partner: courier.names, terminal: '1' };
    const told = {
      mode: 'shown',
      claims: ['masked_name', 'masked_number'],
      stepUp: [],
      receipt: `receipt.of.${first}`,
    };
    expect(await pageOf(world)).toEqual({
      ok: true,
      entries: [
        { id: suspended?.id, at: begun + 2000, number: 2, kind: 'card_suspended' },
        { id: first, at: begun + 1000, number: 1, ...common, ...told, look: 'different' },
      ],
      next: null,
    });
  });

  it('names a shop whose record is gone by what it was registered as', async () => {
    const world = createShowingWorld();
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
      loadLooks: (ids) => (asked.push(String(ids.length)), loadLooks(ids)),
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

  it('shows the gap where somebody took an entry out', async () => {
    const world = createShowingWorld();
    await brakes(world, 3);
    const [, second] = world.events.all();
    if (!second) throw new Error('too little has happened');
    world.events.remove(second.id);
    expect((await historyOf(world)).map(({ number, kind }) => [number, kind])).toEqual([
      [3, 'card_suspended'],
      [2, 'entry_missing'],
      [1, 'card_suspended'],
    ]);
  });

  it('fails rather than leave out an event whose seal does not open', async () => {
    const world = createShowingWorld();
    await brakes(world, 1);
    const { loadEvents } = world.ports;
    const ports: ShowingPorts = {
      ...world.ports,
      loadEvents: async (owner, numbers) => {
        await loadEvents(owner, numbers);
        throw new Error('the seal does not open');
      },
    };
    await expect(pageOf({ ports })).rejects.toThrow('seal');
  });
});

describe('the pages', () => {
  it.each([19, 20, 21, 40, 41])('of %i entries say where they end', async (count) => {
    const world = createShowingWorld();
    await brakes(world, count);
    const pages = await walk(world);
    expect(pages.map(({ entries }) => entries.length)).toEqual(
      Array.from({ length: Math.ceil(count / 20) }, (_, at) => Math.min(20, count - 20 * at)),
    );
  });

  const happening = fc.constantFrom('brake' as const, 'check' as const);

  it('lose and repeat nothing, whatever is appended meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { minLength: 15, maxLength: 70 }),
        fc.array(fc.array(happening, { maxLength: 10 }), { maxLength: 4 }),
        async (before, meanwhile) => {
          const world = createShowingWorld();
          let request = 0;
          const happen = async (what: readonly ('brake' | 'check')[]): Promise<void> => {
            for (const one of what) {
              request += 1;
              if (one === 'brake') await brakes(world, 2);
              else await check(world, request);
            }
          };
          await happen(before);
          const known = world.identity().eventCount;
          const rounds = [...meanwhile];
          const entries = entriesOf(await walk(world, () => happen(rounds.shift() ?? [])));
          expect(entries.map(({ number }) => number)).toEqual(Array.from({ length: known }, (_, at) => known - at));
          expect(entries.every(({ kind }) => kind !== 'entry_missing')).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('begin anywhere that a caller names, and show nobody’s but the caller’s', async () => {
    const world = createShowingWorld();
    for (let request = 1; request <= 5; request += 1) await check(world, request);
    const whole = await historyOf(world);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1_000_000_000 }), async (before) => {
        const { entries } = await pageOf(world, before);
        expect(entries).toEqual(whole.filter(({ number }) => number < before));
      }),
    );
  });
});
