import type { HistoryEntry } from '../../../protocol';
import { resumeCard, suspendCard } from '../../../cloudfunctions/_core/card/holder-card';
import { prepareShowing } from '../../../cloudfunctions/_core/showing/open-showing';
import { redeemCode } from '../../../cloudfunctions/_core/showing/redeem-code';
import { failing, InjectedFault, type FaultPlan } from '../../support/asynchronous';
import { valueOf } from '../../support/enrolment-steps';
import { check, historyOf, pageOf } from '../../support/history';
import {
  createShowingWorld,
  firstTerminal,
  holder,
  laterShowingPorts,
  scan,
  show,
  type ShowingPorts,
  type ShowingWorld,
} from '../../support/showing-world';
import { standing } from '../../support/stops';

const kindsOf = (entries: readonly HistoryEntry[]): readonly string[] => entries.map(({ kind }) => kind);

describe('a call that was interrupted at any point', () => {
  /** Lets each call of `act` fail once, before and after its work, and looks at the world then. */
  const everywhere = async (
    act: (world: ShowingWorld, ports: ShowingPorts) => Promise<unknown>,
    then: (world: ShowingWorld) => Promise<void>,
    begin: (world: ShowingWorld) => Promise<unknown> = () => Promise.resolve(),
  ): Promise<number> => {
    const play = async (plan: FaultPlan | null): Promise<number> => {
      const world = createShowingWorld();
      world.clock.advance(1);
      await begin(world);
      const { ports, calls } = failing(world.ports, laterShowingPorts, plan);
      if (plan) await expect(act(world, ports)).rejects.toThrow(InjectedFault);
      else await act(world, ports);
      await then(world);
      return calls();
    };
    const calls = await play(null);
    for (let at = 1; at <= calls; at += 1) for (const when of ['before', 'after'] as const) await play({ at, when });
    return calls;
  };

  const redeemOnce = async (world: ShowingWorld, ports: ShowingPorts): Promise<void> => {
    const code = (await show(world)).code();
    valueOf(await redeemCode(ports, firstTerminal.key, scan(code)));
  };
  /** The checks that were made, by what was ever written of showings. */
  const made = ({ identities }: ShowingWorld): readonly string[] => [
    ...new Set(identities.written.flatMap(({ showing }) => (showing?.state === 'redeemed' ? [showing.eventId] : []))),
  ];
  const checksIn = (entries: readonly HistoryEntry[]): readonly string[] =>
    entries.flatMap((entry) => (entry.kind === 'card_checked' ? [entry.id] : []));

  it('leaves no check out of the history', async () => {
    const calls = await everywhere(redeemOnce, async (world) => {
      const entries = await historyOf(world);
      expect(checksIn(entries)).toEqual(made(world));
      expect(await historyOf(world)).toEqual(entries);
    });
    expect(calls).toBe(4);
  });

  it('leaves none out though the card is shown again and again before anybody looks', async () => {
    await everywhere(redeemOnce, async (world) => {
      for (let request = 2; request <= 4; request += 1) {
        world.clock.advance(1);
        await check(world, request);
      }
      valueOf(await prepareShowing(world.ports, holder));
      expect([...checksIn(await historyOf(world))].reverse()).toEqual(made(world));
    });
  });

  it('leaves the check on the page that it belongs to', async () => {
    await everywhere(redeemOnce, async (world) => {
      world.clock.advance(1);
      for (let change = 0; change < 15; change += 1) {
        valueOf(await suspendCard(world.ports, holder));
        valueOf(await resumeCard(world.ports, holder));
      }
      const entries = await historyOf(world);
      expect(checksIn(entries)).toEqual(made(world));
      expect(entries).toHaveLength(30 + made(world).length);
    });
  });

  it.each([
    ['the brake', suspendCard, 'card_suspended'],
    ['its release', resumeCard, 'card_resumed'],
  ] as const)('leaves %s in the history once it holds', async (_, act, kind) => {
    const from = act === suspendCard ? 'valid' : 'suspended';
    const isDone = (world: ShowingWorld): boolean => standing(world.identity()) !== from;
    const begin = async ({ ports }: ShowingWorld): Promise<void> => {
      if (act === resumeCard) valueOf(await suspendCard(ports, holder));
    };
    const change = async (world: ShowingWorld, ports: ShowingPorts): Promise<void> => {
      world.clock.advance(1);
      valueOf(await act(ports, holder));
    };
    const count = async (world: ShowingWorld): Promise<number> =>
      kindsOf(await historyOf(world)).filter((found) => found === kind).length;
    await everywhere(change, async (world) => expect(await count(world)).toBe(isDone(world) ? 1 : 0), begin);
    // Asked again, and undone before anybody looks.
    const goOn = async (world: ShowingWorld): Promise<void> => {
      valueOf(await act(world.ports, holder));
      valueOf(await (act === suspendCard ? resumeCard : suspendCard)(world.ports, holder));
      expect(await count(world)).toBe(1);
      expect(world.events.all()).toHaveLength(act === suspendCard ? 2 : 3);
    };
    await everywhere(change, goOn, begin);
  });

  it('of the listing itself leaves what the next one tells', async () => {
    const list = (_: ShowingWorld, ports: ShowingPorts): Promise<unknown> => pageOf({ ports });
    const unwritten = async (world: ShowingWorld): Promise<void> => {
      const code = (await show(world)).code();
      const { ports } = failing(world.ports, ['appendEvent'], { at: 1, when: 'before' });
      await expect(redeemCode(ports, firstTerminal.key, scan(code))).rejects.toThrow(InjectedFault);
    };
    const calls = await everywhere(
      list,
      async (world) => expect(kindsOf(await historyOf(world))).toEqual(['card_checked']),
      unwritten,
    );
    // Identity, event, page, partners, looks.
    expect(calls).toBe(5);
  });
});
