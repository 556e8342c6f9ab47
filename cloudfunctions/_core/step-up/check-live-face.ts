import { caseId, type CalendarDate, type CaseId, type FileId } from '../../../protocol';
import type { Log } from '../ambient-ports';
import type { Identity } from '../card/identity';
import { isEvidenceOf } from '../enrolment/case';
import { destroyEvidenceOf, type DestroyPorts } from '../enrolment/end-case';
import type { CheckedSelfie } from '../proofing/check-selfie';
import { bandOfFaces, isSamePicture, similarityOf } from '../proofing/thresholds';
import { done, refuse, type Result } from '../result';
import { provenFactor, type StepUpProof } from './step-up-proof';
import type { ChangeStepUp, MeasurePortrait } from './step-up-ports';
import { FACE_CHECKS_PER_DAY } from './step-up-state';

export interface CheckLiveFacePorts extends DestroyPorts {
  readonly today: () => CalendarDate;
  readonly log: Log;
  /** Measures an uploaded selfie by the proofing function. */
  readonly checkSelfie: (file: FileId) => Promise<Result<CheckedSelfie>>;
  readonly measurePortrait: MeasurePortrait;
  readonly changeStepUp: ChangeStepUp;
}

/** A selfie that was uploaded for a step-up. */
export interface StepUpSelfie {
  /** Name of the folder below `evidence/` that it must lie in, 32 hexadecimal digits (`stepUpFolder`): it is this step-up's alone. */
  readonly folder: string;
  /** A file id that passed its schema. */
  readonly file: string;
}

/** A face that was found to be the holder's, and the identity as it is after the look. */
export interface SeenFace {
  readonly proof: StepUpProof;
  readonly identity: Identity;
}

/** The selfie against the template, or without one against the card's portrait, which is measured anew: no measure of it is kept. */
const compare = async (
  ports: CheckLiveFacePorts,
  identity: Identity,
  selfie: CheckedSelfie,
): Promise<Result<StepUpProof>> => {
  const { template } = identity.stepUp;
  const kept = template?.embedding ?? (await ports.measurePortrait(identity.person.portrait));
  // The card has a portrait that cannot be compared with: it takes a new enrolment.
  if (!kept) return refuse('portrait_not_found');
  const similarity = similarityOf(kept, selfie.embedding);
  const band = bandOfFaces(similarity);
  ports.log({ event: 'FACE_COMPARED', similarity, band });
  if (isSamePicture(similarity)) return refuse('not_live', { picture: 'selfie' });
  // Nobody reviews a step-up: what is not certain is taken again.
  return band === 'accept' ? done(provenFactor('face')) : refuse('faces_differ', { picture: 'selfie' });
};

const look = async (ports: CheckLiveFacePorts, identity: Identity, folder: CaseId, file: FileId) => {
  try {
    const selfie = await ports.checkSelfie(file);
    return selfie.ok ? await compare(ports, identity, selfie.value) : selfie;
  } finally {
    // With everything that an interrupted call has left.
    await destroyEvidenceOf(ports, { id: folder, evidence: identity.stepUp.pictures });
  }
};

/**
 * Whether the person before the camera is the card's holder: a selfie that was uploaded for this step-up against the face template,
 * or where there is none against the card's portrait. The picture is destroyed in the same call, whatever comes of it.
 * Refuses `file_not_found`, `too_many_tries` above the day's allowance, `wrong_step` where another change came between, what the
 * picture gives rise to, `not_live`, `faces_differ` and `portrait_not_found`.
 */
export const checkLiveFace = async (
  ports: CheckLiveFacePorts,
  identity: Identity,
  { folder, file }: StepUpSelfie,
): Promise<Result<SeenFace>> => {
  const id = caseId(folder);
  if (!isEvidenceOf(id, file)) return refuse('file_not_found', { picture: 'selfie' });
  const { stepUp } = identity;
  const today = ports.today();
  const count = stepUp.faceTries.on === today ? stepUp.faceTries.count : 0;
  const pictures = [...stepUp.pictures.filter((kept) => kept !== file), file];
  if (count >= FACE_CHECKS_PER_DAY) {
    await destroyEvidenceOf(ports, { id, evidence: pictures });
    return refuse('too_many_tries');
  }
  // Counted before the costly look, so that parallel calls cannot share one try.
  const spent = await ports.changeStepUp(identity, { ...stepUp, faceTries: { on: today, count: count + 1 }, pictures });
  if (!spent) {
    await destroyEvidenceOf(ports, { id, evidence: [file] });
    return refuse('wrong_step');
  }
  const proof = await look(ports, spent, id, file);
  // Where another change came between, the names stay: destroying what is gone already is harmless.
  const settled = await ports.changeStepUp(spent, { ...spent.stepUp, pictures: [] });
  if (!proof.ok) return refuse(proof.error.code, { ...proof.error, triesLeft: FACE_CHECKS_PER_DAY - count - 1 });
  return done({ proof: proof.value, identity: settled ?? spent });
};
