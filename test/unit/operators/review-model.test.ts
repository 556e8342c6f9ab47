import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { AccountKey } from '../../../protocol';
import { appealCase, followCase } from '../../../cloudfunctions/_core/enrolment/after-review';
import { AFTER_REVIEW_MS } from '../../../cloudfunctions/_core/enrolment/case';
import { listTasks } from '../../../cloudfunctions/_core/operators/applications';
import { acceptCase, refuseCase } from '../../../cloudfunctions/_core/operators/decide-case';
import { openCase } from '../../../cloudfunctions/_core/operators/review';
import { drawnArrows } from '../../support/drawn';
import { phoneOf, valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { newKeyPair } from '../../support/key-pair';
import { operatorIdOf, operatorOf } from '../../support/operator-world';
import { createPartnerWorld } from '../../support/partner-store';
import { createReviewWorld, inReview } from '../../support/review-world';

const REVIEWERS = [0, 1, 2] as const;
type Reviewer = (typeof REVIEWERS)[number];
type Step =
  | { readonly call: 'accept' | 'refuse' | 'open'; readonly by: Reviewer }
  | { readonly call: 'appeal' | 'mint' | 'follow' }
  | { readonly call: 'wait'; readonly ms: number };

/** A case in review as the rule has it, and nothing of how the code does it. */
interface Model {
  state: string;
  /** Whose enrolment it is: one of the reviewers', or a stranger's. */
  readonly owner: Reviewer | 'stranger';
  readonly accepted: Set<Reviewer>;
  readonly refused: Set<Reviewer>;
  endsAt: number;
}

const mayNot = ({ owner, refused }: Model, by: Reviewer): boolean => owner === by || refused.has(by);

const accept = (model: Model, by: Reviewer, now: number): string => {
  if (model.state !== 'inReview') return 'not_found';
  if (mayNot(model, by) || model.accepted.has(by)) return 'second_person_needed';
  model.accepted.add(by);
  if (model.accepted.size === 2) {
    model.state = 'faceMatched';
    model.endsAt = now + AFTER_REVIEW_MS;
  }
  return 'ok';
};

const refuse = (model: Model, by: Reviewer, now: number): string => {
  if (model.state !== 'inReview') return 'not_found';
  if (mayNot(model, by)) return 'second_person_needed';
  model.accepted.delete(by);
  model.state = model.refused.size > 0 ? 'refused' : 'appealable';
  model.refused.add(by);
  model.endsAt = now + AFTER_REVIEW_MS;
  return 'ok';
};

/** The holder looks, or appeals: either ends a refusal whose week is over. */
const endAppeal = (model: Model, now: number): void => {
  if (model.state === 'appealable' && model.endsAt <= now) model.state = 'refused';
};

const appeal = (model: Model, now: number): string => {
  if (model.state === 'inReview' && model.refused.size > 0) return 'ok';
  endAppeal(model, now);
  if (model.state !== 'appealable') return 'wrong_step';
  model.state = 'inReview';
  return 'ok';
};

const mint = (model: Model, now: number): string => {
  if (model.state === 'minted') return 'ok';
  if (model.state !== 'faceMatched' || model.endsAt <= now) return 'wrong_step';
  model.state = 'minted';
  return 'ok';
};

const listed = (model: Model, by: Reviewer): readonly unknown[] => {
  if (model.state !== 'inReview' || mayNot(model, by)) return [];
  const accepted = model.accepted.has(by) ? 'own' : model.accepted.size > 0 ? 'other' : 'none';
  return [{ accepted, isAppeal: model.refused.size > 0 }];
};

const by = fc.constantFrom(...REVIEWERS);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ call: fc.constantFrom('accept' as const, 'accept', 'refuse', 'open'), by }) },
  { weight: 3, arbitrary: fc.record({ call: fc.constantFrom('appeal' as const, 'mint', 'follow') }) },
  {
    weight: 1,
    arbitrary: fc.record({ call: fc.constant('wait' as const), ms: fc.constantFrom(1000, AFTER_REVIEW_MS) }),
  },
);
const owner = fc.oneof({ weight: 3, arbitrary: fc.constant('stranger' as const) }, { weight: 1, arbitrary: by });
const codeOf = (outcome: { readonly ok: boolean; readonly error?: { readonly code: string } }): string =>
  outcome.ok ? 'ok' : (outcome.error?.code ?? '');

describe('a case in review, step by step', () => {
  it('comes to a card by two distinct reviewers who both accepted, and goes where it is drawn to go', async () => {
    const [gone, reached] = [new Set<string>(), new Set<string>()];
    await fc.assert(
      fc.asyncProperty(owner, fc.array(step, { minLength: 1, maxLength: 14 }), async (whose, steps) => {
        const world = createReviewWorld();
        const { reviewPorts: ports, clock } = world;
        const account: AccountKey = whose === 'stranger' ? accountOf(1) : operatorOf('reviewer', whose);
        const id = await inReview(world, account);
        const phone = phoneOf(world, account);
        const key = newKeyPair();
        const model: Model = { state: 'inReview', owner: whose, accepted: new Set(), refused: new Set(), endsAt: 0 };
        const listApplications = () => Promise.resolve([]);
        const desk = { ...createPartnerWorld().ports, ...ports, listApplications };
        let nonce = 'AAAAAAAAAAAAAAAAAAAAAA';

        const take = async (taken: Exclude<Step, { readonly call: 'wait' }>): Promise<readonly [string, string]> => {
          const now = clock.now();
          switch (taken.call) {
            case 'open': {
              const due =
                model.state !== 'inReview' ? 'not_found' : mayNot(model, taken.by) ? 'second_person_needed' : 'ok';
              return [
                codeOf(await openCase(ports, operatorOf('reviewer', taken.by), { action: 'openCase', case: id })),
                due,
              ];
            }
            case 'accept': {
              const due = accept(model, taken.by, now);
              const request = { action: 'acceptCase', case: id } as const;
              const accepted = await acceptCase(ports, operatorOf('reviewer', taken.by), request);
              if (accepted.ok) expect(accepted.value.isDecided).toBe(model.state === 'faceMatched');
              return [codeOf(accepted), due];
            }
            case 'refuse': {
              const due = refuse(model, taken.by, now);
              const request = { action: 'refuseCase', case: id, reason: 'not_live' } as const;
              return [codeOf(await refuseCase(ports, operatorOf('reviewer', taken.by), request)), due];
            }
            case 'appeal':
              return [
                codeOf(await appealCase(ports, account, { action: 'appealCase', caseId: id })),
                appeal(model, now),
              ];
            case 'mint':
              return [codeOf(await phone.mint(id, key, nonce)), mint(model, now)];
            case 'follow': {
              const followed = valueOf(await followCase(ports, account, { action: 'followCase', caseId: id }));
              if (followed.state === 'matched') ({ nonce } = followed);
              endAppeal(model, now);
              return ['ok', 'ok'];
            }
          }
        };

        for (const taken of steps) {
          if (taken.call === 'wait') {
            clock.advance(taken.ms);
            continue;
          }
          // Only a phone that has heard of the decision has the nonce.
          if (taken.call === 'mint') await take({ call: 'follow' });
          const [heard, due] = await take(taken);
          expect(`${taken.call}: ${heard}`).toBe(`${taken.call}: ${due}`);
          reached.add(`${taken.call}: ${heard}`);
          expect(world.cases.present(id).state).toBe(model.state);
          for (const one of REVIEWERS) {
            const { cases } = valueOf(await listTasks(desk, operatorOf('reviewer', one)));
            expect(cases.map(({ accepted, isAppeal }) => ({ accepted, isAppeal }))).toEqual(listed(model, one));
          }
        }
        const written = world.cases.written.filter((one) => one.id === id);
        const since = written.slice(written.findIndex(({ state }) => state === 'inReview'));
        since.slice(1).forEach((next, at) => {
          const prior = since[at];
          // What was said goes from the case into the log by a write of its own, which is no step of the case.
          const isLogged = prior?.state === next.state && next.outbox.length < prior.outbox.length;
          if (!isLogged) gone.add(`${prior?.state ?? ''} → ${next.state}`);
        });

        // By the log alone: whoever has a card by a review was accepted by two who did not refuse it, and it was not theirs.
        const happened = world.acts().map(({ happening }) => happening);
        const accepters = happened.flatMap((one) => (one.kind === 'review_accepted' ? [one.operator] : []));
        const refusers = happened.flatMap((one) => (one.kind === 'review_refused' ? [one.operator] : []));
        const counted = new Set(accepters.filter((one) => !refusers.includes(one)));
        if (whose !== 'stranger') counted.delete(operatorIdOf('reviewer', whose));
        if (since.some(({ state }) => state === 'faceMatched')) expect(counted.size).toBe(2);
        expect(world.identities.all()).toHaveLength(model.state === 'minted' ? 1 : 0);

        // No dead end: of a stranger's case the other reviewers are always enough to accept it.
        if (whose !== 'stranger' || model.state !== 'inReview') return;
        for (const one of REVIEWERS) await take({ call: 'accept', by: one });
        expect([world.cases.present(id).state, model.state]).toEqual(['faceMatched', 'faceMatched']);
      }),
      { numRuns: 250 },
    );
    const text = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'states.md'), 'utf8');
    const drawn = drawnArrows(text, 'A case, the enrolment of one person');
    const reviewed = drawn.filter((arrow) => /^(inReview|appealable) /.test(arrow));
    expect([...gone].filter((arrow) => /^(inReview|appealable) /.test(arrow)).sort()).toEqual(reviewed);
    // The steps are worth nothing where they do not get there.
    const outcomes = ['ok', 'not_found', 'second_person_needed'];
    const due = [
      ...['accept', 'refuse', 'open'].flatMap((call) => outcomes.map((code) => `${call}: ${code}`)),
      ...['appeal', 'mint'].flatMap((call) => ['ok', 'wrong_step'].map((code) => `${call}: ${code}`)),
    ];
    expect(due.filter((outcome) => !reached.has(outcome))).toEqual([]);
  });
});
