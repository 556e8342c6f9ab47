import fc from 'fast-check';
import { listConsents } from '../../../cloudfunctions/_core/consents/list-consents';
import { CONSENTS_MOST } from '../../../cloudfunctions/_core/consents/consent';
import { resumeCard, suspendCard } from '../../../cloudfunctions/_core/card/holder-card';
import { agreed, createAskWorld, phoneOf, type AskWorld } from '../../support/ask-world';
import { consentOf, lend, statusOf, withdraw, type Lent } from '../../support/consents';
import { valueOf } from '../../support/enrolment-steps';
import { bank, bankApp, railway } from '../../support/institution-world';
import { holder } from '../../support/showing-world';

const DAY_MS = 24 * 60 * 60 * 1000;
const YEAR_MS = 365 * DAY_MS;
const callers = { bank, bankApp, railway };
type Caller = keyof typeof callers;

const railwayNames = { names: { zh: '铁路', en: 'Railway' }, state: 'active' } as const;

/** The world in which people know the railway too. */
const withRailway = (world: AskWorld): AskWorld => ({
  ...world,
  ports: {
    ...world.ports,
    loadPartners: async (ids) =>
      new Map([
        ...(await world.ports.loadPartners(ids)),
        ...(ids.includes('railway') ? [['railway', railwayNames] as const] : []),
      ]),
  },
});

/** A consent as its holder understands it. */
interface Given extends Lent {
  readonly caller: Caller;
  withdrawnAt: number | null;
}

type Step =
  | { readonly kind: 'lend'; readonly caller: Caller }
  | { readonly kind: 'withdraw'; readonly at: number }
  | { readonly kind: 'wait'; readonly days: number }
  | { readonly kind: 'brake' | 'check' | 'announce' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .constantFrom<Caller>('bank', 'bankApp', 'railway')
      .map((caller) => ({ kind: 'lend', caller }) as const),
  },
  { weight: 3, arbitrary: fc.nat(5).map((at) => ({ kind: 'withdraw', at }) as const) },
  { weight: 2, arbitrary: fc.constantFrom(1, 200, 364, 365).map((days) => ({ kind: 'wait', days }) as const) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('brake', 'brake', 'check', 'announce').map((kind) => ({ kind }) as const),
  },
);

/** Whether one partner has both. */
const isOfOne = (one: Given, other: Given): boolean =>
  callers[one.caller].partner.id === callers[other.caller].partner.id;

const expectAsSaid = async (world: AskWorld, given: readonly Given[], isSuspended: boolean): Promise<void> => {
  const now = world.clock.now();
  for (const one of given) {
    const { reference, until, withdrawnAt } = one;
    const isOver = until <= now;
    const isLiving = !isOver && withdrawnAt === null;
    const caller = callers[one.caller];
    expect(await statusOf(world, reference, caller)).toBe(isLiving ? (isSuspended ? 'suspended' : 'valid') : 'unknown');
    const purpose = 'bank-account-opening';
    expect((await consentOf(world, reference, caller)).body).toEqual(
      isOver
        ? { state: 'ended', until }
        : withdrawnAt === null
          ? { state: 'given', purpose, until }
          : { state: 'withdrawn', purpose, at: withdrawnAt },
    );
    const foreign = callers[one.caller === 'railway' ? 'bank' : 'railway'];
    expect((await consentOf(world, reference, foreign)).status).toBe(404);
  }
  const living = given.filter(({ until, withdrawnAt }) => now < until && withdrawnAt === null);
  const lastOfEach = living.filter((one) => !living.some((other) => isOfOne(one, other) && other.number > one.number));
  const { consents } = valueOf(await listConsents(world.ports, holder));
  expect(consents.map(({ number }) => number)).toEqual(lastOfEach.map(({ number }) => number).sort((a, b) => b - a));
};

it('tell institutions and holder the same, in whatever order consents are given, withdrawn and end', async () => {
  const reached = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: CONSENTS_MOST, size: 'max' }), async (steps) => {
      const world = withRailway(createAskWorld());
      const begun = world.clock.now();
      const given: Given[] = [];
      let isSuspended = false;
      const isHeard = (): boolean =>
        given.some(({ until, withdrawnAt }) => withdrawnAt === null && world.clock.now() < until);
      for (const taken of steps) {
        const before = { marked: world.identity().unannounced, heard: isHeard() };
        let isNews = false;
        if (taken.kind === 'lend' && !isSuspended) {
          // Two that are given in one second would have one reference.
          world.clock.advance(1000);
          given.push({ ...(await lend(world, callers[taken.caller])), caller: taken.caller, withdrawnAt: null });
        } else if (taken.kind === 'withdraw') {
          const one = given[taken.at % Math.max(1, given.length)];
          if (!one) continue;
          const now = world.clock.now();
          const lives = (of: Given): boolean => of.withdrawnAt === null && now < of.until;
          isNews = lives(one);
          valueOf(await withdraw(world.ports, one.number));
          if (isNews) for (const other of given) if (isOfOne(one, other) && lives(other)) other.withdrawnAt = now;
        } else if (taken.kind === 'wait') {
          // The card itself ends after five years.
          if (world.clock.now() < begun + 3 * YEAR_MS) world.clock.advance(taken.days * DAY_MS);
        } else if (taken.kind === 'brake') {
          isNews = before.heard;
          isSuspended = !isSuspended;
          valueOf(await (isSuspended ? suspendCard : resumeCard)(world.ports, holder));
        } else if (taken.kind === 'check' && !isSuspended) {
          const { session, code } = await agreed(world);
          valueOf(await phoneOf(world.ports).answer(session, code()));
        } else if (taken.kind === 'announce') world.change((found) => ({ ...found, unannounced: null }));
        if (isNews) reached.add(`${taken.kind} ${String(isSuspended)}`);
        const { unannounced } = world.identity();
        if (isNews) expect(unannounced).toMatchObject({ since: world.identity().revision });
        else if (before.heard && taken.kind !== 'announce') expect(unannounced).toEqual(before.marked);
        await expectAsSaid(world, given, isSuspended);
      }
    }),
    { numRuns: 100 },
  );
  // What is news comes about, with and without the brake, or this has shown little.
  for (const news of ['withdraw false', 'withdraw true', 'brake true', 'brake false']) expect(reached).toContain(news);
});
