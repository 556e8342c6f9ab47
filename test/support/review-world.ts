import type { DecideCasePorts } from '../../cloudfunctions/_core/operators/decide-case';
import type { ReviewPorts } from '../../cloudfunctions/_core/operators/review';
import type { OperatorAct } from '../../cloudfunctions/_core/operators/operator-act';
import type { FinishReviewsPorts } from '../../cloudfunctions/_core/enrolment/after-review';
import type { ListCases } from '../../cloudfunctions/_core/enrolment/case-ports';
import type { AccountKey, IdNumber } from '../../protocol';
import { valueOf, phoneOf, pictures } from './enrolment-steps';
import { createEnrolmentWorld, type EnrolmentPorts, type EnrolmentWorld } from './enrolment-world';
import { loadOperator, loadOperatorById } from './operator-world';

export type AllReviewPorts = ReviewPorts &
  DecideCasePorts &
  FinishReviewsPorts &
  EnrolmentPorts & { readonly listCases: ListCases };

/** The ports of `AllReviewPorts` that answer later, in review. */
export const laterReviewPorts = [
  'loadOperator',
  'loadOperatorById',
  'loadAnyCase',
  'loadCase',
  'listCases',
  'listEndedAppeals',
  'listUnsettledCases',
  'keepForReview',
  'replaceCase',
  'openReviewCopy',
  'recordOperatorAct',
  'noteReading',
  'destroyEvidence',
  'appendEvent',
] as const satisfies readonly (keyof AllReviewPorts)[];

/** An enrolment world with reviewers. */
export interface ReviewWorld extends EnrolmentWorld {
  readonly reviewPorts: AllReviewPorts;
  readonly acts: () => readonly OperatorAct[];
  /** Of whom an operator has read. */
  readonly read: readonly IdNumber[];
}

export const createReviewWorld = (): ReviewWorld => {
  const world = createEnrolmentWorld();
  const acts = new Map<string, OperatorAct>();
  const read: IdNumber[] = [];
  const reviewPorts: AllReviewPorts = {
    ...world.ports,
    ...world.cases.ports,
    loadOperator,
    loadOperatorById,
    loadAnyCase: (id) => Promise.resolve(world.cases.all().find((one) => one.id === id) ?? null),
    listCases: (state, limit) =>
      Promise.resolve(
        world.cases
          .all()
          .filter((one) => one.state === state)
          .slice(0, limit),
      ),
    openReviewCopy: (file) =>
      Promise.resolve(world.evidence.see(file) === undefined ? null : Uint8Array.from(Buffer.from(file))),
    recordOperatorAct: (act) => {
      if (!acts.has(act.id)) acts.set(act.id, act);
      return Promise.resolve();
    },
    noteReading: (number) => {
      read.push(number);
      return Promise.resolve();
    },
  };
  return { ...world, reviewPorts, acts: () => [...acts.values()], read };
};

/** A case that three doubtful selfies have brought before reviewers. @param ports in place of the world's @returns its id */
export const inReview = async (
  world: ReviewWorld,
  account: AccountKey,
  person = 1,
  ports: Partial<EnrolmentPorts> = {},
): Promise<string> => {
  const phone = phoneOf(world, account, { ...world.ports, ...ports });
  const id = await phone.start();
  valueOf(await phone.readDocument(id, pictures.document(person)));
  const doubtful = pictures.face(0.5, { kind: 'no_photo' });
  for (let tries = 0; tries < 3; tries += 1) valueOf(await phone.matchFace(id, doubtful));
  return id;
};
