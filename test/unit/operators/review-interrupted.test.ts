import { caseId, fileId, instant } from '../../../protocol';
import { appealCase, finishReviews } from '../../../cloudfunctions/_core/enrolment/after-review';
import { AFTER_REVIEW_MS, type RefusedCase } from '../../../cloudfunctions/_core/enrolment/case';
import { acceptCase, refuseCase } from '../../../cloudfunctions/_core/operators/decide-case';
import { openCase, openPicture } from '../../../cloudfunctions/_core/operators/review';
import { failing, InjectedFault, type FaultPlan } from '../../support/asynchronous';
import { phoneOf, pictures, valueOf } from '../../support/enrolment-steps';
import { accountOf, laterPorts } from '../../support/enrolment-world';
import { operatorOf } from '../../support/operator-world';
import {
  createReviewWorld,
  inReview,
  laterReviewPorts,
  type AllReviewPorts,
  type ReviewWorld,
} from '../../support/review-world';

const holder = accountOf(1);
const [first, second, third] = [operatorOf('reviewer'), operatorOf('reviewer', 1), operatorOf('reviewer', 2)];
/** Two sides of a card and three selfies. */
const PICTURES = 5;
/** For longer no call is at work on a case. */
const MINUTES = 2 * 60 * 1000;

const interrupted = async (call: () => Promise<unknown>): Promise<boolean> => {
  try {
    await call();
    return false;
  } catch (error) {
    if (!(error instanceof InjectedFault)) throw error;
    return true;
  }
};

const accept = (ports: AllReviewPorts, id: string, by: typeof first) =>
  acceptCase(ports, by, { action: 'acceptCase', case: id });
const refuse = (ports: AllReviewPorts, id: string, by: typeof first) =>
  refuseCase(ports, by, { action: 'refuseCase', case: id, reason: 'not_live' });

/** Runs the job a few times, as its timer does. */
const finish = async (world: ReviewWorld): Promise<void> => {
  for (let run = 0; run < 3; run += 1) {
    world.clock.advance(MINUTES);
    await finishReviews(world.reviewPorts);
  }
};

/** Words of reviewers in the log, in its order. */
const words = ({ acts }: ReviewWorld): readonly string[] =>
  acts().flatMap(({ happening }) =>
    happening.kind === 'review_accepted' || happening.kind === 'review_refused'
      ? [`${happening.kind}${happening.final ? ', final' : ''}`]
      : [],
  );

const destroyed = ({ events }: ReviewWorld): readonly unknown[] =>
  events.ofKind('evidence_destroyed').map((happening) => ('files' in happening ? happening.files : null));

/** The selfie that brings the case before reviewers, interrupted at one call of a port. @returns null where none is as late as that */
const onItsWay = async (plan: FaultPlan): Promise<{ readonly world: ReviewWorld; readonly id: string } | null> => {
  const world = createReviewWorld();
  const phone = phoneOf(world, holder);
  const id = await phone.start();
  valueOf(await phone.readDocument(id, pictures.document(1)));
  const doubtful = pictures.face(0.5, { kind: 'no_photo' });
  for (let tries = 0; tries < 2; tries += 1) valueOf(await phone.matchFace(id, doubtful));
  const { ports } = failing(world.ports, laterPorts, plan);
  const isHit = await interrupted(() => phoneOf(world, holder, ports).matchFace(id, doubtful));
  return isHit ? { world, id } : null;
};

/** Plays it for each call that may be interrupted, before and after it has done its work. @returns for how many */
const everywhere = async (play: (plan: FaultPlan) => Promise<boolean>): Promise<number> => {
  let hits = 0;
  for (const when of ['before', 'after'] as const) for (let at = 1; await play({ at, when }); at += 1) hits += 1;
  return hits;
};

describe('pictures that an interrupted call was keeping for reviewers', () => {
  it('are copied by the job, and the uploaded ones go', async () => {
    let reviews = 0;
    await everywhere(async (plan) => {
      const begun = await onItsWay(plan);
      if (begun?.world.cases.present(begun.id).state !== 'inReview') return begun !== null;
      const { world, id } = begun;
      reviews += 1;
      await finish(world);
      const { evidence } = world.cases.present(id);
      expect(evidence.map(({ file }) => file)).toEqual(world.evidence.files(id));
      expect(evidence.filter(({ file }) => file.includes(`/review/${id}/`))).toHaveLength(PICTURES);
      expect(valueOf(await openCase(world.reviewPorts, first, { action: 'openCase', case: id })).pictures).toHaveLength(
        PICTURES,
      );
      const request = { action: 'openPicture', case: id, picture: PICTURES - 1, part: 0 } as const;
      valueOf(await openPicture(world.reviewPorts, first, request));
      expect(destroyed(world)).toEqual([]);
      return true;
    });
    expect(reviews).toBeGreaterThan(6);
  });

  it.each(['at once', 'when the job was there'])('all go with a decision %s, and as many are told of', async (when) => {
    await everywhere(async (plan) => {
      const begun = await onItsWay(plan);
      if (begun?.world.cases.present(begun.id).state !== 'inReview') return begun !== null;
      const { world, id } = begun;
      if (when !== 'at once') await finish(world);
      valueOf(await accept(world.reviewPorts, id, first));
      expect(valueOf(await accept(world.reviewPorts, id, second))).toEqual({ ok: true, isDecided: true });
      expect(world.evidence.files(id)).toEqual([]);
      expect(destroyed(world)).toEqual([PICTURES]);
      expect(world.cases.present(id)).toMatchObject({ evidence: [], destroyed: { files: PICTURES } });
      await finish(world);
      expect(destroyed(world)).toEqual([PICTURES]);
      return true;
    });
  });
});

describe('a decision that is interrupted', () => {
  const toRefusal = async (world: ReviewWorld, id: string, ports: AllReviewPorts): Promise<void> => {
    await refuse(ports, id, first);
    await appealCase(ports, holder, { action: 'appealCase', caseId: id });
    await refuse(ports, id, second);
  };
  const toEndOfAppeal = async (world: ReviewWorld, id: string, ports: AllReviewPorts): Promise<void> => {
    await refuse(ports, id, first);
    world.clock.advance(AFTER_REVIEW_MS);
    await finishReviews(ports);
  };
  const toAcceptance = async (_: ReviewWorld, id: string, ports: AllReviewPorts): Promise<void> => {
    await accept(ports, id, first);
    await accept(ports, id, third);
  };

  it.each([
    ['acceptance', toAcceptance, 'faceMatched', ['review_accepted', 'review_accepted, final']],
    ['refusal', toRefusal, 'refused', ['review_refused', 'review_refused, final']],
    ['end of an appeal', toEndOfAppeal, 'refused', ['review_refused']],
  ] as const)('keeps no picture and loses no word: %s', async (_, decide, state, said) => {
    let decisions = 0;
    const hits = await everywhere(async (plan) => {
      const world = createReviewWorld();
      const id = await inReview(world, holder);
      const { ports } = failing(world.reviewPorts, laterReviewPorts, plan);
      const isHit = await interrupted(() => decide(world, id, ports));
      if (!isHit) return false;
      await finish(world);
      const present = world.cases.present(id);
      expect(present.outbox).toEqual([]);
      expect(present.evidence.map(({ file }) => file)).toEqual(world.evidence.files(id));
      // Every word that came to count for the case is in the log, and no other.
      const counted = world.cases.written.flatMap(({ outbox }) => outbox.map((word) => word.id));
      expect(world.acts().map((word) => word.id)).toEqual([...new Set(counted)]);
      if (present.state !== state) return true;
      decisions += 1;
      expect(words(world)).toEqual(said);
      expect([present.evidence, world.evidence.files(id)]).toEqual([[], []]);
      expect(destroyed(world).length).toBeGreaterThan(0);
      expect(destroyed(world).every((files) => files === PICTURES)).toBe(true);
      return true;
    });
    expect(hits).toBeGreaterThan(10);
    expect(decisions).toBeGreaterThan(6);
  });

  it('has its word in the log before its pictures are destroyed', async () => {
    const world = createReviewWorld();
    const id = await inReview(world, holder);
    const noLog = { ...world.reviewPorts, recordOperatorAct: () => Promise.reject(new InjectedFault()) };
    expect(await interrupted(() => refuse(noLog, id, first))).toBe(true);
    valueOf(await appealCase(world.reviewPorts, holder, { action: 'appealCase', caseId: id }));
    expect(await interrupted(() => refuse(noLog, id, second))).toBe(true);
    expect([world.cases.present(id).state, world.evidence.files(id).length, words(world)]).toEqual([
      'refused',
      PICTURES,
      [],
    ]);
    await finish(world);
    expect([world.evidence.files(id), words(world)]).toEqual([[], ['review_refused', 'review_refused, final']]);
  });
});

it('many cases that cannot be finished hide none that can', async () => {
  const world = createReviewWorld();
  const left = (at: number): RefusedCase => {
    const id = caseId(at.toString(16).padStart(32, '0'));
    return {
      id,
      account: accountOf(at),
      state: 'refused',
      reason: 'not_live',
      revision: 0,
      createdAt: world.clock.now(),
      expiresAt: instant(world.clock.now()),
      consents: [],
      tries: { document: 1, face: 3, fingerprint: 0 },
      evidence: [{ file: fileId(`cloud://env.bucket/review/${id}/0`), shows: 'selfie' }],
      outbox: [],
    };
  };
  const stuck = Array.from({ length: 250 }, (_, at) => left(at + 2));
  const last = left(1);
  for (const one of [...stuck, last]) {
    await world.ports.createCase(one);
    world.clock.advance(1);
  }
  const ports: AllReviewPorts = {
    ...world.reviewPorts,
    destroyEvidence: ([file]) =>
      file === last.evidence[0]?.file ? Promise.resolve(1) : Promise.reject(new InjectedFault()),
  };
  for (let run = 0; run < 3; run += 1) {
    world.clock.advance(MINUTES);
    expect(await interrupted(() => finishReviews(ports))).toBe(true);
  }
  expect(world.cases.present(last.id).evidence).toEqual([]);
  expect(stuck.every(({ id }) => world.cases.present(id).evidence.length === 1)).toBe(true);
});
