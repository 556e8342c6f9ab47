import fc from 'fast-check';
import type { RedeemCodeReply } from '../../../protocol';
import { resumeCard, suspendCard } from '../../../cloudfunctions/_core/card/holder-card';
import type { Result } from '../../../cloudfunctions/_core/result';
import { prepareShowing } from '../../../cloudfunctions/_core/showing/open-showing';
import { redeemCode } from '../../../cloudfunctions/_core/showing/redeem-code';
import { failing, InjectedFault, interleaved, type FaultPlan } from '../../support/asynchronous';
import { valueOf } from '../../support/enrolment-steps';
import {
  createShowingWorld,
  firstTerminal,
  holder,
  laterShowingPorts,
  scan,
  secondTerminal,
  show,
  type ShowingPorts,
} from '../../support/showing-world';
import { standing } from '../../support/stops';

type Reply = Result<RedeemCodeReply>;

/** A scan: by which terminal, under which request id. */
const scanned = fc.record({ isFirst: fc.boolean(), request: fc.integer({ min: 1, max: 3 }) });
type Scanned = typeof scanned extends fc.Arbitrary<infer Value> ? Value : never;

const redeemed = (replies: readonly Reply[]): RedeemCodeReply['answer'][] =>
  replies.flatMap((reply) => (reply.ok ? [reply.value.answer] : []));
const codes = (replies: readonly Reply[]): string[] => replies.flatMap((reply) => (reply.ok ? [] : [reply.error.code]));

const start = async (scheduler: fc.Scheduler) => {
  const world = createShowingWorld();
  const showing = await show(world);
  const code = showing.code();
  const ports = interleaved(world.ports, laterShowingPorts, scheduler);
  const redeem = ({ isFirst, request }: Scanned, by: ShowingPorts = ports): Promise<Reply> =>
    redeemCode(by, (isFirst ? firstTerminal : secondTerminal).key, scan(code, request));
  return { world, ports, redeem };
};

describe('redemptions of one code at the same time', () => {
  it('are one, whoever comes first', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.uniqueArray(scanned, {
          minLength: 2,
          maxLength: 6,
          selector: ({ isFirst, request }) => `${isFirst} ${request}`,
        }),
        async (scheduler, scans) => {
          const { world, redeem } = await start(scheduler);
          const replies = await scheduler.waitFor(Promise.all(scans.map((one) => redeem(one))));
          expect(redeemed(replies)).toHaveLength(1);
          expect(codes(replies)).toEqual(scans.slice(1).map(() => 'code_already_used'));
          expect(world.events.ofKind('card_checked').map(({ id }) => String(id))).toEqual([
            redeemed(replies)[0]?.eventId,
          ]);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('under one request id from one terminal hear one answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(scanned, { minLength: 2, maxLength: 8 }), async (scheduler, scans) => {
        const { world, redeem } = await start(scheduler);
        const replies = await scheduler.waitFor(Promise.all(scans.map((one) => redeem(one))));
        const [first, ...more] = redeemed(replies);
        expect(first).toBeDefined();
        more.forEach((answer) => expect(answer).toEqual(first));
        const winner = scans[replies.findIndex(({ ok }) => ok)];
        scans.forEach(({ isFirst, request }, at) => {
          expect(replies[at]?.ok).toBe(isFirst === winner?.isFirst && request === winner.request);
        });
        expect(world.events.ofKind('card_checked')).toHaveLength(1);
      }),
      { numRuns: 100 },
    );
  });

  it('leave the answer to be heard again, though the holder prepares the next showing meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { world, ports, redeem } = await start(scheduler);
        const [reply] = await scheduler.waitFor(
          Promise.all([redeem({ isFirst: true, request: 1 }), prepareShowing(ports, holder)]),
        );
        const again = await redeem({ isFirst: true, request: 1 }, world.ports);
        if (reply.ok) expect(again).toEqual(reply);
        else expect([codes([reply]), codes([again])]).toEqual([['code_not_recognised'], ['code_not_recognised']]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the brake', () => {
  it('stops every redemption from the instant that it is acknowledged', async () => {
    const outcomes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(scanned, { minLength: 1, maxLength: 4 }), async (scheduler, scans) => {
        const { world, ports, redeem } = await start(scheduler);
        let isAcknowledged = false;
        const watched: ShowingPorts = {
          ...ports,
          replaceIdentity: async (prior, next) => {
            const wasAcknowledged = isAcknowledged;
            const won = await ports.replaceIdentity(prior, next);
            const redeems = next.showing?.state === 'redeemed' && prior.showing?.state === 'open';
            expect(won && redeems && wasAcknowledged).toBe(false);
            return won;
          },
        };
        const brake = async (): Promise<void> => {
          valueOf(await suspendCard(ports, holder));
          isAcknowledged = true;
        };
        const [, ...replies] = await scheduler.waitFor(
          Promise.all([brake(), ...scans.map((one) => redeem(one, watched))]),
        );
        const late = await redeem({ isFirst: true, request: 9 }, world.ports);
        expect(late.ok).toBe(false);
        expect(standing(world.identity())).toBe('suspended');
        const won = redeemed(replies);
        expect(new Set(won.map(({ eventId }) => eventId)).size).toBeLessThanOrEqual(1);
        expect(world.events.ofKind('card_checked')).toHaveLength(Math.min(1, won.length));
        codes(replies).forEach((code) => outcomes.add(code));
        if (won.length > 0) outcomes.add('redeemed');
        else expect(codes(replies).every((code) => code === 'suspended')).toBe(true);
      }),
      { numRuns: 150 },
    );
    expect([...outcomes].sort()).toEqual(['code_already_used', 'redeemed', 'suspended']);
  });

  it('holds or is released by whoever wrote last, and is written once each', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.boolean(), { minLength: 2, maxLength: 5 }),
        async (scheduler, brakes) => {
          const { world, ports } = await start(scheduler);
          const calls = brakes.map((isBrake) => (isBrake ? suspendCard : resumeCard)(ports, holder));
          await scheduler.waitFor(Promise.all(calls));
          const suspended = world.events.ofKind('card_suspended').length;
          const resumed = world.events.ofKind('card_resumed').length;
          expect(suspended - resumed).toBe(standing(world.identity()) === 'suspended' ? 1 : 0);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('an interruption of the redemption at any point', () => {
  it('leaves what the same request finishes, with one redemption and one event', async () => {
    const play = async (plan: FaultPlan | null): Promise<number> => {
      const world = createShowingWorld();
      const request = scan((await show(world)).code());
      const { ports, calls } = failing(world.ports, laterShowingPorts, plan);
      const interrupted = redeemCode(ports, firstTerminal.key, request);
      if (plan) await expect(interrupted).rejects.toThrow(InjectedFault);
      else await interrupted;
      const { answer } = valueOf(await redeemCode(world.ports, firstTerminal.key, request));
      expect(world.events.ofKind('card_checked').map(({ id }) => String(id))).toEqual([answer.eventId]);
      expect(await redeemCode(world.ports, secondTerminal.key, request)).toMatchObject({
        error: { code: 'code_already_used' },
      });
      return calls();
    };
    const calls = await play(null);
    expect(calls).toBe(4);
    for (let at = 1; at <= calls; at += 1) for (const when of ['before', 'after'] as const) await play({ at, when });
  });
});
