import fc from 'fast-check';
import { operatorRoles, type ReviewReason } from '../../../protocol';
import { appealCase, finishReviews, followCase } from '../../../cloudfunctions/_core/enrolment/after-review';
import { AFTER_REVIEW_MS } from '../../../cloudfunctions/_core/enrolment/case';
import { listTasks } from '../../../cloudfunctions/_core/operators/applications';
import { acceptCase, refuseCase } from '../../../cloudfunctions/_core/operators/decide-case';
import { openCase, openPicture } from '../../../cloudfunctions/_core/operators/review';
import { failing, InjectedFault, interleaved } from '../../support/asynchronous';
import { documentOf, numberOf, phoneOf, proofFace, valueOf } from '../../support/enrolment-steps';
import { accountOf, guardianKeyOf } from '../../support/enrolment-world';
import { newKeyPair } from '../../support/key-pair';
import { operatorIdOf, operatorOf } from '../../support/operator-world';
import { createPartnerWorld } from '../../support/partner-store';
import { createReviewWorld, inReview, laterReviewPorts, type AllReviewPorts } from '../../support/review-world';

const holder = accountOf(1);
const [first, second, third] = [operatorOf('reviewer'), operatorOf('reviewer', 1), operatorOf('reviewer', 2)];
/** Two sides of a card and three selfies. */
const PICTURES = 5;
const refused = (code: string) => ({ ok: false, error: { code } });

const waiting = async (account = holder) => {
  const world = createReviewWorld();
  const id = await inReview(world, account);
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
    expect(opened).toMatchObject({ fields: documentOf(1).fields, accepted: 'none', firstReason: null });
    expect(opened.causes).toEqual(['portrait_unsure', 'authority_no_photo']);
    expect(opened.pictures).toEqual(['front', 'back', 'selfie', 'selfie', 'selfie']);
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

  it('is accepted by two: the first alone moves nothing, with the second the pictures go and the holder mints', async () => {
    const { world, id, open, accept, follow } = await waiting();
    expect(valueOf(await follow())).toEqual({ ok: true, state: 'inReview', isAppeal: false });
    expect(valueOf(await accept())).toEqual({ ok: true, isDecided: false });
    expect(await accept()).toEqual(refused('second_person_needed'));
    expect(valueOf(await follow())).toEqual({ ok: true, state: 'inReview', isAppeal: false });
    expect(world.evidence.files(id)).toHaveLength(PICTURES);
    expect([valueOf(await open()).accepted, valueOf(await open(second)).accepted]).toEqual(['own', 'other']);
    world.clock.advance(3 * 24 * 60 * 60 * 1000);
    expect(valueOf(await accept(second))).toEqual({ ok: true, isDecided: true });
    expect(world.evidence.files(id)).toEqual([]);
    expect(world.cases.present(id).evidence).toEqual([]);
    expect(await accept(third)).toEqual(refused('not_found'));
    const followed = valueOf(await follow());
    if (followed.state !== 'matched') throw new Error(followed.state);
    world.clock.advance(AFTER_REVIEW_MS - 1);
    valueOf(await phoneOf(world, holder).mint(id, newKeyPair(), followed.nonce));
    const accepted = world.acts().flatMap(({ happening }) => (happening.kind === 'review_accepted' ? [happening] : []));
    expect(accepted).toEqual([
      { kind: 'review_accepted', case: id, final: false, operator: operatorIdOf('reviewer') },
      { kind: 'review_accepted', case: id, final: true, operator: operatorIdOf('reviewer', 1) },
    ]);
  });

  it('that was accepted is over after that week', async () => {
    const { world, id, accept, follow } = await waiting();
    valueOf(await accept());
    valueOf(await accept(second));
    const followed = valueOf(await follow());
    if (followed.state !== 'matched') throw new Error(followed.state);
    world.clock.advance(AFTER_REVIEW_MS);
    expect(valueOf(await follow())).toEqual({ ok: true, state: 'over' });
    expect(await phoneOf(world, holder).mint(id, newKeyPair(), followed.nonce)).toEqual(refused('wrong_step'));
  });

  it('is none of a reviewer whose own enrolment it is', async () => {
    const { world, open, picture, accept, refuse } = await waiting(first);
    for (const act of [open(), picture(), accept(), refuse()])
      expect(await act).toEqual(refused('second_person_needed'));
    expect([world.acts(), world.read]).toEqual([[], []]);
    valueOf(await accept(second));
    expect(await accept()).toEqual(refused('second_person_needed'));
    expect(valueOf(await accept(third))).toEqual({ ok: true, isDecided: true });
  });

  it('is none of a reviewer who has consented for the child as its guardian, and is not listed for them', async () => {
    const { world, id, open, picture, accept, refuse } = await waiting();
    const adult = phoneOf(world, first);
    const proofed = await proofFace(adult, 2);
    valueOf(await adult.mint(proofed.caseId, newKeyPair(), proofed.nonce));
    const { person, key: identity } = world.identities.all().find((one) => one.account === first) ?? {};
    if (!person || !identity) throw new Error('no card');
    const consent = {
      key: guardianKeyOf(person.number),
      at: world.clock.now(),
      text: '1',
      confirmedBy: 'authority',
    } as const;
    const found = world.cases.present(id);
    if (found.state !== 'inReview') throw new Error(found.state);
    const guardian = { ...consent, identity, challenge: 'A'.repeat(22) };
    expect(await world.ports.replaceCase(found, { ...found, guardian })).toBe(true);

    for (const act of [open(), picture(), accept(), refuse()])
      expect(await act).toEqual(refused('second_person_needed'));
    expect([world.acts(), world.read]).toEqual([[], []]);
    const desk = { ...createPartnerWorld().ports, ...world.reviewPorts, listApplications: () => Promise.resolve([]) };
    expect(valueOf(await listTasks(desk, first)).cases).toEqual([]);
    expect(valueOf(await listTasks(desk, second)).cases).toMatchObject([{ case: id }]);
    valueOf(await accept(second));
    expect(valueOf(await accept(third))).toEqual({ ok: true, isDecided: true });
  });

  it('that was refused goes to other reviewers on appeal, once', async () => {
    const { world, id, open, picture, refuse, accept, appeal, follow } = await waiting();
    expect(await appeal()).toEqual(refused('wrong_step'));
    valueOf(await refuse(first, 'not_live'));
    expect(valueOf(await follow())).toMatchObject({ state: 'refused', reason: 'not_live' });
    expect(world.evidence.files(id)).toHaveLength(PICTURES);
    expect(await open(second)).toEqual(refused('not_found'));
    expect(await appeal(accountOf(2))).toEqual(refused('not_found'));
    valueOf(await appeal());
    valueOf(await appeal());
    expect(valueOf(await follow())).toEqual({ ok: true, state: 'inReview', isAppeal: true });
    for (const act of [open(first), picture(first), accept(first), refuse(first)])
      expect(await act).toEqual(refused('second_person_needed'));
    expect(valueOf(await open(second))).toMatchObject({
      firstReason: 'not_live',
      causes: expect.any(Array) as unknown,
    });
    valueOf(await refuse(second, 'faces_differ'));
    expect(valueOf(await follow())).toEqual({ ok: true, state: 'refused', reason: 'faces_differ', appealUntil: null });
    expect(world.evidence.files(id)).toEqual([]);
    expect(await appeal()).toEqual(refused('wrong_step'));
  });

  it('keeps on appeal the acceptance of who has not refused it, and no other', async () => {
    const before = await waiting();
    valueOf(await before.accept(first));
    valueOf(await before.refuse(second));
    valueOf(await before.appeal());
    expect(await before.accept(first)).toEqual(refused('second_person_needed'));
    expect(valueOf(await before.accept(third))).toEqual({ ok: true, isDecided: true });

    const changed = await waiting();
    valueOf(await changed.accept(first));
    valueOf(await changed.refuse(first));
    valueOf(await changed.appeal());
    expect(await changed.accept(first)).toEqual(refused('second_person_needed'));
    expect(valueOf(await changed.accept(second))).toEqual({ ok: true, isDecided: false });
    expect(valueOf(await changed.accept(third))).toEqual({ ok: true, isDecided: true });
  });

  it.each([
    ['is dismissed', null],
    ['has another role', { id: operatorIdOf('reviewer'), role: 'counter' }],
  ] as const)('counts the acceptance of nobody who %s before it is decided', async (_, standing) => {
    const { world, id, of, accept } = await waiting();
    valueOf(await accept(first));
    const since = of({
      ...world.reviewPorts,
      loadOperatorById: (one) =>
        one === operatorIdOf('reviewer') ? Promise.resolve(standing) : world.reviewPorts.loadOperatorById(one),
    });
    expect(valueOf(await since.open(second)).accepted).toBe('none');
    expect(valueOf(await since.accept(second))).toEqual({ ok: true, isDecided: false });
    expect(world.cases.present(id)).toMatchObject({ firstAcceptance: { reviewer: operatorIdOf('reviewer', 1) } });
    expect(valueOf(await since.accept(third))).toEqual({ ok: true, isDecided: true });
  });

  it.each(['before', 'after'] as const)(
    'keeps its pictures, though reviewers speak %s they are copied',
    async (when) => {
      const speaks = {
        accept: { accepted: [first], refused: [] },
        refuse: { accepted: [], refused: [first] },
        decide: { accepted: [first, second], refused: [] },
      } as const;
      for (const by of Object.values(speaks)) {
        const world = createReviewWorld();
        const ports = world.reviewPorts;
        const speak = async (id: string): Promise<void> => {
          for (const one of by.accepted) valueOf(await acceptCase(ports, one, { action: 'acceptCase', case: id }));
          for (const one of by.refused)
            valueOf(await refuseCase(ports, one, { action: 'refuseCase', case: id, reason: 'not_live' }));
        };
        const id = await inReview(world, holder, 1, {
          keepForReview: async (of, evidence) => {
            if (when === 'before') await speak(of);
            const copies = await ports.keepForReview(of, evidence);
            if (when === 'after') await speak(of);
            return copies;
          },
        });
        const { state, evidence } = world.cases.present(id);
        expect(evidence.map(({ file }) => file)).toEqual(world.evidence.files(id));
        expect(evidence).toHaveLength(state === 'faceMatched' ? 0 : PICTURES);
      }
    },
  );

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

  it('is decided once, and never by fewer than two who accept, though many decide at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.tuple(fc.boolean(), fc.nat(2)), { minLength: 2, maxLength: 6 }),
        async (scheduler, all) => {
          const { world, id, of } = await waiting();
          const one = of(interleaved(world.reviewPorts, laterReviewPorts, scheduler));
          const outcomes = await scheduler.waitFor(
            Promise.all(all.map(([accepts, by]) => (accepts ? one.accept : one.refuse)(operatorOf('reviewer', by)))),
          );
          const said = all.flatMap(([accepts, by], at) => (outcomes[at]?.ok === true ? [{ accepts, by }] : []));
          const accepters = said.flatMap(({ accepts, by }) => (accepts ? [by] : []));
          const refusals = said.length - accepters.length;
          expect(new Set(accepters).size).toBe(accepters.length);
          expect(refusals).toBeLessThanOrEqual(1);
          const { state } = world.cases.present(id);
          if (refusals > 0) expect([state, accepters.length < 2]).toEqual(['appealable', true]);
          else expect(state).toBe(accepters.length === 2 ? 'faceMatched' : 'inReview');
          // Nobody's word is lost to another's that came at the same time.
          if (state === 'inReview') expect(all.every(([accepts, by]) => accepts && accepters.includes(by))).toBe(true);
          expect(world.evidence.files(id)).toHaveLength(state === 'faceMatched' ? 0 : PICTURES);
          expect(world.acts().filter(({ happening }) => happening.kind !== 'review_opened')).toHaveLength(said.length);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('keeps no picture once it is decided, and no acceptance unlogged, wherever that was interrupted', async () => {
    const interrupted = async (call: () => Promise<unknown>): Promise<void> => {
      await call().catch((error: unknown) => {
        if (!(error instanceof InjectedFault)) throw error;
      });
    };
    for (const when of ['before', 'after'] as const)
      for (let at = 1; at <= 14; at += 1) {
        const { world, id, of, accept, follow } = await waiting();
        const { ports } = failing(world.reviewPorts, laterReviewPorts, { at, when });
        await interrupted(() => of(ports).accept());
        await interrupted(() => of(ports).accept(second));
        valueOf(await follow());
        const { state } = world.cases.present(id);
        expect(world.evidence.files(id)).toHaveLength(state === 'inReview' ? PICTURES : 0);
        if (state === 'faceMatched') expect(world.cases.present(id).evidence).toEqual([]);
        else valueOf(await accept(third));
        const first = world.acts().filter(({ happening }) => happening.kind === 'review_accepted' && !happening.final);
        expect(first).toHaveLength(1);
      }
  });
});
