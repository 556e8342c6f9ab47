import fc from 'fast-check';
import { operatorRoles, type ReviewReason } from '../../../protocol';
import { appealCase, finishReviews, followCase } from '../../../cloudfunctions/_core/enrolment/after-review';
import { AFTER_REVIEW_MS } from '../../../cloudfunctions/_core/enrolment/case';
import { acceptCase, openCase, openPicture, refuseCase } from '../../../cloudfunctions/_core/operators/review';
import { failing, InjectedFault, interleaved } from '../../support/asynchronous';
import { documentOf, numberOf, phoneOf, valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { newKeyPair } from '../../support/key-pair';
import { operatorIdOf, operatorOf } from '../../support/operator-world';
import { createReviewWorld, inReview, laterReviewPorts, type AllReviewPorts } from '../../support/review-world';

const holder = accountOf(1);
const [first, second] = [operatorOf('reviewer'), operatorOf('reviewer', 1)];
/** Two sides of a card and three selfies. */
const PICTURES = 5;
const refused = (code: string) => ({ ok: false, error: { code } });

const waiting = async () => {
  const world = createReviewWorld();
  const id = await inReview(world, holder);
  const of = (ports: AllReviewPorts) => ({
    open: (by = first) => openCase(ports, by, { action: 'openCase', case: id }),
    picture: (by = first, picture = 0, part = 0) =>
      openPicture(ports, by, { action: 'openPicture', case: id, picture, part }),
    accept: (by = first) => acceptCase(ports, by, { action: 'acceptCase', case: id }),
    refuse: (by = first, reason: ReviewReason = 'faces_differ') =>
      refuseCase(ports, by, { action: 'refuseCase', case: id, reason }),
    appeal: (by = holder) => appealCase(ports, by, { action: 'appealCase', caseId: id }),
    follow: (by = holder) => followCase(ports, by, { action: 'followCase', caseId: id }),
  });
  return { world, id, of, ...of(world.reviewPorts) };
};

describe('a case in review', () => {
  it('is opened by a reviewer, and every look is written down before it is answered', async () => {
    const { world, id, open, picture } = await waiting();
    const opened = valueOf(await open());
    expect(opened).toMatchObject({ fields: documentOf(1).fields, pictures: PICTURES, firstReason: null });
    expect(world.read).toEqual([numberOf(1)]);
    valueOf(await picture(first, 4));
    expect(await picture(first, 5)).toEqual(refused('not_found'));
    expect(await picture(first, 0, 1)).toEqual(refused('not_found'));
    expect(world.acts().map(({ happening }) => happening)).toMatchObject([
      { kind: 'review_opened', case: id, picture: null, operator: operatorIdOf('reviewer') },
      { kind: 'review_opened', picture: 4 },
      { kind: 'review_opened', picture: 0 },
    ]);
  });

  it.each(['recordOperatorAct', 'noteReading'] as const)('tells nothing where %s fails', async (port) => {
    const { world, of } = await waiting();
    const failingOnes = of({ ...world.reviewPorts, [port]: () => Promise.reject(new Error('no log')) });
    await expect(failingOnes.open()).rejects.toThrow('no log');
    await expect(failingOnes.picture()).rejects.toThrow('no log');
  });

  it('is accepted: the pictures are gone, and the holder mints within a week', async () => {
    const { world, id, accept, follow } = await waiting();
    expect(valueOf(await follow())).toEqual({ ok: true, state: 'inReview' });
    world.clock.advance(3 * 24 * 60 * 60 * 1000);
    valueOf(await accept());
    expect(world.evidence.files(id)).toEqual([]);
    expect(world.cases.present(id).evidence).toEqual([]);
    expect(await accept(second)).toEqual(refused('not_found'));
    const followed = valueOf(await follow());
    if (followed.state !== 'matched') throw new Error(followed.state);
    world.clock.advance(AFTER_REVIEW_MS - 1);
    valueOf(await phoneOf(world, holder).mint(id, newKeyPair(), followed.nonce));
  });

  it('that was accepted is over after that week', async () => {
    const { world, id, accept, follow } = await waiting();
    valueOf(await accept());
    const followed = valueOf(await follow());
    if (followed.state !== 'matched') throw new Error(followed.state);
    world.clock.advance(AFTER_REVIEW_MS);
    expect(valueOf(await follow())).toEqual({ ok: true, state: 'over' });
    expect(await phoneOf(world, holder).mint(id, newKeyPair(), followed.nonce)).toEqual(refused('wrong_step'));
  });

  it('that was refused goes to another reviewer on appeal, once', async () => {
    const { world, id, open, refuse, accept, appeal, follow } = await waiting();
    expect(await appeal()).toEqual(refused('wrong_step'));
    valueOf(await refuse(first, 'not_live'));
    expect(valueOf(await follow())).toMatchObject({ state: 'refused', reason: 'not_live' });
    expect(world.evidence.files(id)).toHaveLength(PICTURES);
    expect(await open(second)).toEqual(refused('not_found'));
    expect(await appeal(accountOf(2))).toEqual(refused('not_found'));
    valueOf(await appeal());
    valueOf(await appeal());
    for (const act of [open(first), accept(first), refuse(first)])
      expect(await act).toEqual(refused('second_person_needed'));
    expect(valueOf(await open(second))).toMatchObject({ firstReason: 'not_live' });
    valueOf(await refuse(second, 'faces_differ'));
    expect(valueOf(await follow())).toEqual({ ok: true, state: 'refused', reason: 'faces_differ', appealUntil: null });
    expect(world.evidence.files(id)).toEqual([]);
    expect(await appeal()).toEqual(refused('wrong_step'));
  });

  it('can be appealed for a week, and then keeps no picture', async () => {
    const { world, id, refuse, appeal, follow } = await waiting();
    valueOf(await refuse());
    world.clock.advance(AFTER_REVIEW_MS - 1);
    expect(await finishReviews(world.reviewPorts)).toBe(0);
    world.clock.advance(1);
    expect(await appeal()).toEqual(refused('wrong_step'));
    expect(valueOf(await follow())).toMatchObject({ state: 'refused', appealUntil: null });
    expect(world.evidence.files(id)).toEqual([]);
    const other = await waiting();
    valueOf(await other.refuse());
    other.world.clock.advance(AFTER_REVIEW_MS);
    expect(await finishReviews(other.world.reviewPorts)).toBe(1);
    expect(other.world.evidence.files(other.id)).toEqual([]);
    expect(other.world.cases.present(other.id)).toMatchObject({ state: 'refused', evidence: [] });
  });

  it('is nobody’s but a reviewer’s', async () => {
    const { world, open, picture, accept, refuse } = await waiting();
    for (const by of [holder, ...operatorRoles.filter((role) => role !== 'reviewer').map((role) => operatorOf(role))])
      for (const act of [open(by), picture(by), accept(by), refuse(by)])
        expect(await act).toEqual(refused('not_permitted'));
    expect(world.acts()).toEqual([]);
  });

  it('is decided once, though many decide at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.boolean(), { minLength: 2, maxLength: 5 }),
        async (scheduler, all) => {
          const { world, id, of } = await waiting();
          const one = of(interleaved(world.reviewPorts, laterReviewPorts, scheduler));
          const outcomes = await scheduler.waitFor(
            Promise.all(
              all.map((isAccepted, at) => (isAccepted ? one.accept : one.refuse)(operatorOf('reviewer', at % 3))),
            ),
          );
          const winners = outcomes.flatMap(({ ok }, at) => (ok ? [at] : []));
          expect(winners).toHaveLength(1);
          const isAccepted = all[winners[0] ?? 0];
          expect(world.cases.present(id).state).toBe(isAccepted ? 'faceMatched' : 'appealable');
          expect(world.evidence.files(id)).toHaveLength(isAccepted ? 0 : PICTURES);
          expect(world.acts().filter(({ happening }) => happening.kind !== 'review_opened')).toHaveLength(1);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('keeps no picture once it is decided, wherever the decision was interrupted', async () => {
    for (const when of ['before', 'after'] as const)
      for (let at = 1; at <= 8; at += 1) {
        const { world, id, of, follow } = await waiting();
        const { ports } = failing(world.reviewPorts, laterReviewPorts, { at, when });
        await of(ports)
          .accept()
          .catch((error: unknown) => {
            if (!(error instanceof InjectedFault)) throw error;
          });
        valueOf(await follow());
        const { state } = world.cases.present(id);
        expect(world.evidence.files(id)).toHaveLength(state === 'inReview' ? PICTURES : 0);
        if (state === 'faceMatched') expect(world.cases.present(id).evidence).toEqual([]);
      }
  });
});
