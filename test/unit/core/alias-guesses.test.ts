import fc from 'fast-check';
import { aliasShowing } from '../../../cloudfunctions/_core/showing/alias-showing';
import { ALIAS_MISSES_A_MINUTE } from '../../../cloudfunctions/_core/showing/alias-turn';
import { redeemCode, type RedeemCodePorts } from '../../../cloudfunctions/_core/showing/redeem-code';
import { interleaved } from '../../support/asynchronous';
import { valueOf } from '../../support/enrolment-steps';
import {
  createShowingWorld,
  firstTerminal,
  holder,
  laterShowingPorts,
  scan,
  show,
  shown,
} from '../../support/showing-world';

const guess = (at: number): string => `29${String(at).padStart(16, '1')}`;
const guessAll = (ports: RedeemCodePorts, many: number) =>
  Promise.all(Array.from({ length: many }, (_, at) => redeemCode(ports, firstTerminal.key, scan(guess(at), at))));

/** How many of the replies say so. */
const countOf = (replies: Awaited<ReturnType<typeof guessAll>>, code: string): number =>
  replies.filter((reply) => !reply.ok && reply.error.code === code).length;

/** The ports, and how often a number was looked up and a turn was taken. */
const counting = (ports: RedeemCodePorts) => {
  const asked = { lookUps: 0, turns: 0 };
  const counted: RedeemCodePorts = {
    ...ports,
    loadIdentityByAlias: (alias) => {
      asked.lookUps += 1;
      return ports.loadIdentityByAlias(alias);
    },
    takeAliasTurn: (...turn) => {
      asked.turns += 1;
      return ports.takeAliasTurn(...turn);
    },
  };
  return { asked, counted };
};

describe('guesses at numbers', () => {
  it('that come at once are heard as often as those in a row, and anew in the next minute', async () => {
    const { ports, clock } = createShowingWorld();
    const { asked, counted } = counting(ports);
    for (let minute = 1; minute <= 2; minute += 1) {
      const replies = await guessAll(counted, 500);
      expect(countOf(replies, 'code_not_recognised')).toBe(ALIAS_MISSES_A_MINUTE);
      expect(countOf(replies, 'too_many_requests')).toBe(500 - ALIAS_MISSES_A_MINUTE);
      expect(asked.lookUps).toBe(minute * ALIAS_MISSES_A_MINUTE);
      clock.advance(60_000);
    }
  });

  it('are heard no more often, in whatever order the calls are answered', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const ports = interleaved(createShowingWorld().ports, laterShowingPorts, scheduler);
        const replies = await scheduler.waitFor(guessAll(ports, ALIAS_MISSES_A_MINUTE + 10));
        expect(countOf(replies, 'code_not_recognised')).toBe(ALIAS_MISSES_A_MINUTE);
      }),
      { numRuns: 20 },
    );
  });

  it('of a minute before, heard late, begin no minute anew', async () => {
    const { ports, clock } = createShowingWorld();
    const before = clock.now();
    clock.advance(60_000);
    await guessAll(ports, ALIAS_MISSES_A_MINUTE);
    expect(countOf(await guessAll({ ...ports, now: () => before }, 5), 'too_many_requests')).toBe(5);
    expect(countOf(await guessAll(ports, 5), 'too_many_requests')).toBe(5);
  });

  it('use turns up, and numbers that stand for a showing do not: a busy till is heard all day', async () => {
    const { ports, ...world } = createShowingWorld();
    await guessAll(ports, ALIAS_MISSES_A_MINUTE - 1);
    const redeem = async (at: number) => {
      await show({ ...world, ports });
      const { alias } = valueOf(await aliasShowing(ports, holder));
      return redeemCode(ports, firstTerminal.key, scan(alias, at));
    };
    for (let customer = 0; customer < 2 * ALIAS_MISSES_A_MINUTE; customer += 1) valueOf(await redeem(customer + 1));
    expect(countOf(await guessAll(ports, 5), 'code_not_recognised')).toBe(1);
    expect(await redeem(99)).toEqual({ ok: false, error: { code: 'too_many_requests' } });
  });

  it('for what a terminal is not to be told are looked up no more often', async () => {
    const { ports } = createShowingWorld();
    const { asked, counted } = counting({
      ...ports,
      loadStaff: () => Promise.resolve({ ...firstTerminal, quotaUsed: ['parcel-pickup'] }),
    });
    expect(countOf(await guessAll(counted, 100), 'quota_used')).toBe(100);
    expect(asked.lookUps).toBe(ALIAS_MISSES_A_MINUTE);
    expect(countOf(await guessAll(ports, 5), 'too_many_requests')).toBe(5);
  });

  it('are counted at no cost to who scans a code', async () => {
    const { world, showing } = await shown();
    const { asked, counted } = counting(world.ports);
    valueOf(await redeemCode(counted, firstTerminal.key, scan(showing.code())));
    expect(asked).toEqual({ lookUps: 0, turns: 0 });
  });
});
