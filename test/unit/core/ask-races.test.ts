import fc from 'fast-check';
import { createCode, createShowingStatement, showingHandle } from '../../../protocol';
import { claimCounter } from '../../../cloudfunctions/_core/showing/counter';
import { openShowing, prepareShowing } from '../../../cloudfunctions/_core/showing/open-showing';
import {
  agreed,
  ask,
  createAskWorld,
  laterAskPorts,
  other,
  phoneOf,
  pickup,
  standingOf,
} from '../../support/ask-world';
import { interleaved } from '../../support/asynchronous';
import { valueOf } from '../../support/enrolment-steps';
import { newKeyPair } from '../../support/key-pair';
import { holder, holderKey, setCard } from '../../support/showing-world';
import { inStanding } from '../../support/stops';

const RUNS = { numRuns: 50 };
const refused = (code: string) => ({ ok: false, error: { code } });

describe('at the same time', () => {
  it('two holders claim, and one of them has the ask', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const world = createAskWorld();
        const { session } = await ask(world);
        const ports = interleaved(world.ports, laterAskPorts, scheduler);
        const replies = await scheduler.waitFor(
          Promise.all(
            [holder, other].map((account) => claimCounter(ports, account, { action: 'claimCounter', session })),
          ),
        );
        expect(replies.filter(({ ok }) => ok)).toHaveLength(1);
        expect(replies.find(({ ok }) => !ok)).toEqual(refused('session_taken'));
      }),
      RUNS,
    );
  });

  it('one answer comes several times, is one redemption and hears the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 3 }), async (scheduler, times) => {
        const world = createAskWorld();
        const { session, code } = await agreed(world);
        const made = code();
        const { answer } = phoneOf(interleaved(world.ports, laterAskPorts, scheduler));
        const sent = Array.from({ length: times }, () => answer(session, made));
        const replies = await scheduler.waitFor(Promise.all(sent));
        const answeredAt = world.clock.now();
        replies.forEach((reply) => expect(reply).toEqual({ ok: true, value: { ok: true, answeredAt } }));
        expect(world.events.ofKind('card_checked')).toHaveLength(1);
        expect(await standingOf(world, session)).toMatchObject({ kind: 'answered', at: answeredAt });
      }),
      RUNS,
    );
  });

  it('an answer and a word against it come, and the history tells of what was told and of nothing else', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const world = createAskWorld();
        const { session, code } = await agreed(world);
        const { answer, decline } = phoneOf(interleaved(world.ports, laterAskPorts, scheduler));
        const [said, unsaid] = await scheduler.waitFor(Promise.all([answer(session, code()), decline(session)]));
        const { kind } = await standingOf(world, session);
        seen.add(kind);
        expect([said.ok, unsaid.ok]).toEqual(kind === 'answered' ? [true, false] : [false, true]);
        expect(world.events.ofKind('card_checked')).toHaveLength(kind === 'answered' ? 1 : 0);
      }),
      { numRuns: 150 },
    );
    // Both ends come about, or this has shown nothing.
    expect([...seen].sort()).toEqual(['answered', 'declined']);
  });

  it('a word against it comes from one phone, while another opens the showing and answers; the same holds', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.boolean(), async (scheduler, isPrepared) => {
        const world = createAskWorld();
        const { session } = await ask(world);
        valueOf(await phoneOf(world.ports).claim(session));
        const ports = interleaved(world.ports, laterAskPorts, scheduler);
        const { answer, decline } = phoneOf(ports);
        const prepared = isPrepared ? await prepareShowing(world.ports, holder) : null;
        const openAndAnswer = async () => {
          const { handle } = valueOf(prepared ?? (await prepareShowing(ports, holder)));
          const key = newKeyPair();
          const statement = createShowingStatement({
            ...{ handle: showingHandle(handle), key: key.publicKey, purpose: pickup.purpose, session },
            sign: holderKey.sign,
          });
          const opened = await openShowing(ports, holder, { action: 'openShowing', statement });
          const issuedAt = Math.floor(world.clock.now() / 1000);
          return opened.ok
            ? answer(session, createCode({ handle: showingHandle(handle), issuedAt, sign: key.sign }))
            : opened;
        };
        const [said, unsaid] = await scheduler.waitFor(Promise.all([openAndAnswer(), decline(session)]));
        const { kind } = await standingOf(world, session);
        seen.add(kind);
        expect([said.ok, unsaid.ok]).toEqual(kind === 'answered' ? [true, false] : [false, true]);
        expect(world.events.ofKind('card_checked')).toHaveLength(kind === 'answered' ? 1 : 0);
      }),
      { numRuns: 200 },
    );
    expect([...seen].sort()).toEqual(['answered', 'declined']);
  });

  it('an answer comes with a second look at the ask, while the card is being stopped', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const world = createAskWorld();
        const { session, code } = await agreed(world);
        const made = code();
        const { answer, claim } = phoneOf(interleaved(world.ports, laterAskPorts, scheduler));
        const stop = scheduler.schedule(Promise.resolve(), 'stopped').then(() => {
          setCard(world, inStanding.suspended);
        });
        const [said] = await scheduler.waitFor(Promise.all([answer(session, made), claim(session), stop]));
        const { kind } = await standingOf(world, session);
        expect(kind === 'answered').toBe(said.ok);
        expect(world.events.ofKind('card_checked')).toHaveLength(said.ok ? 1 : 0);
      }),
      RUNS,
    );
  });
});
