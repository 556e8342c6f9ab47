import { caseId, type CalendarDate, type FileId } from '../../../protocol';
import type { Log, Now } from '../ambient-ports';
import { changeIdentity, nextRevisionOf, withEvent, type ChangeIdentityPorts } from '../card/change-identity';
import type { Identity } from '../card/identity';
import { isEvidenceOf } from '../enrolment/case';
import type { DestroyEvidence } from '../enrolment/case-ports';
import type { CheckedSelfie } from '../proofing/check-selfie';
import { bandOfFaces, isSamePicture, similarityOf } from '../proofing/thresholds';
import { done, refuse, type Result } from '../result';
import { provenFactor, type StepUpProof } from './step-up-proof';
import type { MeasurePortrait } from './step-up-ports';
import { FACE_CHECKS_PER_DAY } from './step-up-state';

export interface CheckLiveFacePorts extends ChangeIdentityPorts {
  readonly now: Now;
  readonly today: () => CalendarDate;
  readonly log: Log;
  /** Measures an uploaded selfie by the proofing function. */
  readonly checkSelfie: (file: FileId) => Promise<Result<CheckedSelfie>>;
  readonly measurePortrait: MeasurePortrait;
  readonly destroyEvidence: DestroyEvidence;
}

/** A selfie that was uploaded for a step-up. */
export interface StepUpSelfie {
  /** Name of the folder below `evidence/` that it must lie in, 32 hexadecimal digits (`stepUpFolder`): it is this step-up's alone. */
  readonly folder: string;
  /** A file id that passed its schema. */
  readonly file: string;
}

type Load = () => Promise<Identity | null>;

/** An identity on which a try was spent, and the tries that are left. */
interface Spent {
  readonly identity: Identity;
  readonly triesLeft: number;
}

/** Counts the try before the costly look, so that parallel calls cannot share one; the identity knows of the picture from then on. */
const spendTry = (ports: CheckLiveFacePorts, load: Load, file: FileId): Promise<Result<Spent>> =>
  changeIdentity(ports, load, (identity) => {
    const { stepUp } = identity;
    const today = ports.today();
    const count = stepUp.faceTries.on === today ? stepUp.faceTries.count : 0;
    if (count >= FACE_CHECKS_PER_DAY) return { kind: 'refused', error: { code: 'too_many_tries' } };
    const pictures = [...stepUp.pictures.filter((kept) => kept !== file), file];
    const spent = { ...stepUp, faceTries: { on: today, count: count + 1 }, pictures };
    const next = nextRevisionOf(identity, { stepUp: spent });
    return { kind: 'changed', next, value: { identity: next, triesLeft: FACE_CHECKS_PER_DAY - count - 1 } };
  });

/** The selfie against the template, or without one against the card's portrait, which is measured anew: no measure of it is kept. */
const compare = async (
  ports: CheckLiveFacePorts,
  { person, stepUp }: Identity,
  selfie: CheckedSelfie,
): Promise<Result<StepUpProof>> => {
  const kept = stepUp.template?.embedding ?? (await ports.measurePortrait(person.portrait));
  // The card's portrait cannot be compared with: it takes a new enrolment.
  if (!kept) return refuse('portrait_not_found');
  const similarity = similarityOf(kept, selfie.embedding);
  const band = bandOfFaces(similarity);
  ports.log({ event: 'FACE_COMPARED', similarity, band });
  if (isSamePicture(similarity)) return refuse('not_live', { picture: 'selfie' });
  // Nobody reviews a step-up: what is not certain is taken again.
  return band === 'accept' ? done(provenFactor('face')) : refuse('faces_differ', { picture: 'selfie' });
};

const look = async (ports: CheckLiveFacePorts, identity: Identity, file: FileId): Promise<Result<StepUpProof>> => {
  try {
    const selfie = await ports.checkSelfie(file);
    return selfie.ok ? await compare(ports, identity, selfie.value) : selfie;
  } finally {
    // With everything that an interrupted call has left.
    await ports.destroyEvidence(identity.stepUp.pictures);
  }
};

/** The pictures are gone, and the holder's history says what became of them. */
const settle = (
  ports: CheckLiveFacePorts,
  load: Load,
  gone: readonly FileId[],
  outcome: 'same' | 'refused',
): Promise<Result<null>> =>
  changeIdentity(ports, load, (identity) => {
    const { stepUp } = identity;
    const pictures = stepUp.pictures.filter((kept) => !gone.includes(kept));
    const cleared = nextRevisionOf(identity, { stepUp: { ...stepUp, pictures } });
    const happening = { kind: 'face_checked', outcome } as const;
    return { kind: 'changed', next: withEvent(ports.sealEvent, cleared, { at: ports.now(), happening }), value: null };
  });

/**
 * Whether the person before the camera is the card's holder: a selfie that was uploaded for this step-up against the face template,
 * or where there is none against the card's portrait. The picture is destroyed in the same call, whatever comes of it.
 * Refuses `not_found`, `file_not_found`, `too_many_tries` above the day's allowance, `wrong_step` where others were always first,
 * what the picture gives rise to, `not_live`, `faces_differ` and `portrait_not_found`.
 * @param load the identity of the one who is calling
 */
export const checkLiveFace = async (
  ports: CheckLiveFacePorts,
  load: Load,
  { folder, file }: StepUpSelfie,
): Promise<Result<StepUpProof>> => {
  if (!isEvidenceOf(caseId(folder), file)) return refuse('file_not_found', { picture: 'selfie' });
  const spent = await spendTry(ports, load, file);
  if (!spent.ok) {
    await ports.destroyEvidence([file]);
    return spent;
  }
  const { identity, triesLeft } = spent.value;
  const proof = await look(ports, identity, file);
  const settled = await settle(ports, load, identity.stepUp.pictures, proof.ok ? 'same' : 'refused');
  if (!proof.ok) return refuse(proof.error.code, { ...proof.error, triesLeft });
  // A face that leaves no entry in the holder's history proves nothing.
  return settled.ok ? proof : settled;
};
