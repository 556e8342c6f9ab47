import { base64urlEncode, caseId, fileId, parseIdNumber } from '../../../protocol';
import type {
  AccountKey,
  CalendarDate,
  ErrorCode,
  FileId,
  MatchFaceReply,
  MatchFaceRequest,
  ReviewCause,
} from '../../../protocol';
import type { Log } from '../ambient-ports';
import type { CheckedSelfie } from '../proofing/check-selfie';
import { bandOfAuthority, bandOfFaces, isSamePicture, similarityOf } from '../proofing/thresholds';
import { done, refuse, type Result } from '../result';
import type { AskAuthority } from './authority';
import {
  FACE_TRIES,
  isEvidenceOf,
  isOpen,
  mayUseFace,
  isProofed,
  REVIEW_FROM_TRY,
  type DocumentReadCase,
  type Evidence,
  type ReviewCase,
} from './case';
import { lacksGuardian } from '../guardian/guardianship';
import type { FaceTemplate } from '../step-up/step-up-state';
import type { KeepForReview, LoadCase, ReplaceCase } from './case-ports';
import { destroyEvidenceOf, destroyLate, endCase, nextRevision, type DestroyPorts } from './end-case';
import { keepPictures } from './review-copies';

export interface MatchFacePorts extends DestroyPorts {
  readonly today: () => CalendarDate;
  readonly log: Log;
  readonly loadCase: LoadCase;
  readonly replaceCase: ReplaceCase;
  readonly keepForReview: KeepForReview;
  /** Measures an uploaded selfie by the proofing function. */
  readonly checkSelfie: (file: FileId) => Promise<Result<CheckedSelfie>>;
  readonly askAuthority: AskAuthority;
}

/** A verdict on a face: a band of its own, or a refusal whose word is final for the case. */
type Verdict =
  | { readonly kind: 'matched'; readonly template: FaceTemplate | null }
  /** A person would have to look, and why. */
  | { readonly kind: 'review'; readonly causes: readonly ReviewCause[] }
  | { readonly kind: 'unanswered' }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly final: boolean };

/** What is kept of the face: nothing, unless the holder consented to that by itself. */
const templateOf = ({ consents }: DocumentReadCase, { embedding }: CheckedSelfie): FaceTemplate | null => {
  const consent = consents.find(({ subject }) => subject === 'faceTemplate');
  return consent ? { embedding, consentText: consent.text } : null;
};

/** Whether this try is the one that brings a face in the review band before a person. */
const goesToReview = ({ tries }: DocumentReadCase): boolean => tries.face >= REVIEW_FROM_TRY;

/** The selfie against the document's portrait, then against the authority: the lower of the two decides. */
const judge = async (ports: MatchFacePorts, found: DocumentReadCase, selfie: CheckedSelfie): Promise<Verdict> => {
  const similarity = similarityOf(found.document.portrait.embedding, selfie.embedding);
  const band = bandOfFaces(similarity);
  ports.log({ event: 'FACE_COMPARED', similarity, band });
  if (isSamePicture(similarity)) return { kind: 'refused', code: 'not_live', final: false };
  // The authority is no oracle for strangers' pictures: of faces that do not match already it is asked once, before a reviewer is, who
  // sees whether selfie and portrait are alike, and not whether the document's name and number are anybody's.
  if (band === 'refuse') return { kind: 'refused', code: 'faces_differ', final: false };
  const doubts: readonly ReviewCause[] = band === 'review' ? ['portrait_unsure'] : [];
  if (band === 'review' && !goesToReview(found)) return { kind: 'review', causes: doubts };

  const { name, number } = found.document.fields;
  const parsed = parseIdNumber(number.value, ports.today());
  if (!parsed.ok) return { kind: 'refused', code: 'number_check_failed', final: true };
  const answer = await ports.askAuthority({ name: name.value, number: parsed.number, selfie: selfie.jpeg });
  ports.log({
    event: 'AUTHORITY_ANSWERED',
    kind: answer.kind,
    similarity: answer.kind === 'compared' ? answer.similarity : null,
  });
  switch (answer.kind) {
    case 'compared': {
      const vouched = bandOfAuthority(answer.similarity);
      if (vouched === 'refuse') return { kind: 'refused', code: 'authority_faces_differ', final: true };
      const causes: readonly ReviewCause[] = vouched === 'review' ? [...doubts, 'authority_unsure'] : doubts;
      return causes.length === 0
        ? { kind: 'matched', template: templateOf(found, selfie) }
        : { kind: 'review', causes };
    }
    case 'no_record':
      return { kind: 'refused', code: 'authority_no_record', final: true };
    case 'no_photo':
      return { kind: 'review', causes: [...doubts, 'authority_no_photo'] };
    case 'selfie_unusable':
      return { kind: 'refused', code: 'selfie_unusable', final: false };
    case 'unavailable':
      return { kind: 'unanswered' };
  }
};

/**
 * Puts the case before persons: its pictures are kept, encrypted, until they have decided.
 * First the decision: a call that loses the race must move no picture, since nobody would know of its copies.
 */
const sendToReview = async (
  ports: MatchFacePorts,
  prior: DocumentReadCase,
  causes: readonly ReviewCause[],
): Promise<Result<MatchFaceReply>> => {
  const waiting: ReviewCase = {
    ...nextRevision(prior),
    state: 'inReview',
    document: prior.document,
    guardian: prior.guardian,
    causes,
    firstAcceptance: null,
    firstRefusal: null,
  };
  if (!(await ports.replaceCase(prior, waiting))) return refuse('wrong_step');
  await keepPictures(ports, waiting);
  return done({ ok: true, outcome: 'inReview' });
};

/** The deciding write: the pictures are destroyed before the case says that they are gone. */
const accept = async (
  ports: MatchFacePorts,
  prior: DocumentReadCase,
  template: FaceTemplate | null,
): Promise<Result<MatchFaceReply>> => {
  const nonce = base64urlEncode(ports.randomBytes(16));
  await destroyEvidenceOf(ports, prior);
  const matched = {
    ...nextRevision(prior),
    evidence: [],
    state: 'faceMatched',
    document: prior.document,
    guardian: prior.guardian,
    nonce,
    template,
    destroyed: { files: prior.evidence.length, at: ports.now() },
  } as const;
  return (await ports.replaceCase(prior, matched))
    ? done({ ok: true, outcome: 'matched', nonce })
    : refuse('wrong_step');
};

/**
 * Compares a selfie with the document's portrait and with the authority: `documentRead` → `faceMatched`, `inReview` or, at the
 * last failed try or a final word of the authority, `refused`. A face in the review band is retaken first, and comes before a person
 * only where the authority does not object.
 * Refuses `not_found`, `wrong_step`, `consent_missing`, `guardian_needed`, `too_many_tries` and what the picture gives rise to, with the tries that are left.
 */
export const matchFace = async (
  ports: MatchFacePorts,
  account: AccountKey,
  request: MatchFaceRequest,
): Promise<Result<MatchFaceReply>> => {
  const id = caseId(request.caseId);
  const found = await ports.loadCase(id, account);
  if (!found) return refuse('not_found');
  await destroyLate(ports, found, [request.selfie]);
  if (!isOpen(found, ports.now())) return refuse('wrong_step');
  // The reply was lost: the face has matched, and the nonce is still the one to be signed.
  if (isProofed(found)) return done({ ok: true, outcome: 'matched', nonce: found.nonce });
  if (found.state !== 'documentRead') return refuse('wrong_step');
  if (!mayUseFace(found)) return refuse('consent_missing');
  if (!isEvidenceOf(id, request.selfie)) return refuse('file_not_found', { picture: 'selfie' });
  if (lacksGuardian(found, ports.today())) {
    // A child's face was taken before anybody could consent: it is not looked at.
    await ports.destroyEvidence([request.selfie]);
    return refuse('guardian_needed');
  }
  if (found.tries.face >= FACE_TRIES) return refuse('too_many_tries');

  const taken: Evidence = { file: fileId(request.selfie), shows: 'selfie' };
  const spent: DocumentReadCase = {
    ...found,
    revision: found.revision + 1,
    tries: { ...found.tries, face: found.tries.face + 1 },
    evidence: [...found.evidence.filter((kept) => kept.file !== taken.file || kept.shows !== 'selfie'), taken],
  };
  // Counted before the costly look, so that parallel calls cannot share one try.
  if (!(await ports.replaceCase(found, spent))) return refuse('wrong_step');
  const triesLeft = FACE_TRIES - spent.tries.face;

  const selfie = await ports.checkSelfie(taken.file);
  const verdict: Verdict = selfie.ok
    ? await judge(ports, spent, selfie.value)
    : { kind: 'refused', code: selfie.error.code, final: false };
  switch (verdict.kind) {
    case 'matched':
      return accept(ports, spent, verdict.template);
    case 'review':
      return goesToReview(spent)
        ? sendToReview(ports, spent, verdict.causes)
        : done({ ok: true, outcome: 'retake', triesLeft });
    case 'unanswered':
      // An outage of the authority's is no try of the holder's. A call that came between has its own word on the tries.
      await destroyEvidenceOf(ports, { id, evidence: [taken] });
      await ports.replaceCase(spent, { ...found, revision: spent.revision + 1 });
      return refuse('authority_unavailable', { triesLeft: triesLeft + 1 });
    case 'refused':
      if (verdict.final || triesLeft === 0) await endCase(ports, spent, verdict.code);
      return refuse(verdict.code, { picture: 'selfie', triesLeft: verdict.final ? 0 : triesLeft });
  }
};
