import { base64urlEncode, caseId, fileId, parseIdNumber } from '../../../protocol';
import type { AccountKey, CalendarDate, ErrorCode, FileId, MatchFaceReply, MatchFaceRequest } from '../../../protocol';
import type { Log } from '../ambient-ports';
import type { CheckedSelfie } from '../proofing/check-selfie';
import { bandOfAuthority, bandOfFaces, isSamePicture, similarityOf, type Band } from '../proofing/thresholds';
import { done, refuse, type Result } from '../result';
import type { AskAuthority } from './authority';
import {
  FACE_TRIES,
  isEvidenceOf,
  isOpen,
  isProofed,
  REVIEW_FROM_TRY,
  type DocumentReadCase,
  type ReviewCase,
} from './case';
import type { FaceTemplate } from '../step-up/step-up-state';
import type { KeepForReview, LoadCase, ReplaceCase } from './case-ports';
import { destroyEvidenceOf, destroyLate, endCase, nextRevision, type DestroyPorts } from './end-case';

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
  | { readonly kind: 'review' | 'unanswered' }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly final: boolean };

const differing = (band: Band): Verdict =>
  band === 'refuse' ? { kind: 'refused', code: 'faces_differ', final: false } : { kind: 'review' };

/** What is kept of the face: nothing, unless the holder consented to that by itself. */
const templateOf = ({ consents }: DocumentReadCase, { embedding }: CheckedSelfie): FaceTemplate | null => {
  const consent = consents.find(({ subject }) => subject === 'faceTemplate');
  return consent ? { embedding, consentText: consent.text } : null;
};

/** The selfie against the document's portrait, then against the authority: the lower of the two decides. */
const judge = async (ports: MatchFacePorts, found: DocumentReadCase, selfie: CheckedSelfie): Promise<Verdict> => {
  const similarity = similarityOf(found.document.portrait.embedding, selfie.embedding);
  const band = bandOfFaces(similarity);
  ports.log({ event: 'FACE_COMPARED', similarity, band });
  if (isSamePicture(similarity)) return { kind: 'refused', code: 'not_live', final: false };
  // The authority is asked only about faces that already match: it is no oracle for strangers' pictures.
  if (band !== 'accept') return differing(band);

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
      if (vouched === 'accept') return { kind: 'matched', template: templateOf(found, selfie) };
      return vouched === 'review'
        ? { kind: 'review' }
        : { kind: 'refused', code: 'authority_faces_differ', final: true };
    }
    case 'no_record':
      return { kind: 'refused', code: 'authority_no_record', final: true };
    case 'no_photo':
      return { kind: 'review' };
    case 'selfie_unusable':
      return { kind: 'refused', code: 'selfie_unusable', final: false };
    case 'unavailable':
      return { kind: 'unanswered' };
  }
};

/**
 * Puts the case before a person: its pictures are kept, encrypted, until that person has decided.
 * First the decision: a call that loses the race must move no picture, since nobody would know of its copies.
 */
const sendToReview = async (ports: MatchFacePorts, prior: DocumentReadCase): Promise<Result<MatchFaceReply>> => {
  const waiting: ReviewCase = { ...nextRevision(prior), state: 'inReview', document: prior.document };
  if (!(await ports.replaceCase(prior, waiting))) return refuse('wrong_step');
  const copies = await ports.keepForReview(prior.id, waiting.evidence);
  await ports.replaceCase(waiting, { ...waiting, revision: waiting.revision + 1, evidence: copies });
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
 * last failed try or a final word of the authority, `refused`. A face in the review band is retaken first.
 * Refuses `not_found`, `wrong_step`, `too_many_tries` and what the picture gives rise to, with the tries that are left.
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
  if (!isEvidenceOf(id, request.selfie)) return refuse('file_not_found', { picture: 'selfie' });
  if (found.tries.face >= FACE_TRIES) return refuse('too_many_tries');

  const file = fileId(request.selfie);
  const spent: DocumentReadCase = {
    ...found,
    revision: found.revision + 1,
    tries: { ...found.tries, face: found.tries.face + 1 },
    evidence: [...found.evidence.filter((kept) => kept !== file), file],
  };
  // Counted before the costly look, so that parallel calls cannot share one try.
  if (!(await ports.replaceCase(found, spent))) return refuse('wrong_step');
  const triesLeft = FACE_TRIES - spent.tries.face;

  const selfie = await ports.checkSelfie(file);
  const verdict: Verdict = selfie.ok
    ? await judge(ports, spent, selfie.value)
    : { kind: 'refused', code: selfie.error.code, final: false };
  switch (verdict.kind) {
    case 'matched':
      return accept(ports, spent, verdict.template);
    case 'review':
      return spent.tries.face < REVIEW_FROM_TRY
        ? done({ ok: true, outcome: 'retake', triesLeft })
        : sendToReview(ports, spent);
    case 'unanswered':
      // An outage of the authority's is no try of the holder's. A call that came between has its own word on the tries.
      await destroyEvidenceOf(ports, { id, evidence: [file] });
      await ports.replaceCase(spent, { ...found, revision: spent.revision + 1 });
      return refuse('authority_unavailable', { triesLeft: triesLeft + 1 });
    case 'refused':
      if (verdict.final || triesLeft === 0) await endCase(ports, spent, verdict.code);
      return refuse(verdict.code, { picture: 'selfie', triesLeft: verdict.final ? 0 : triesLeft });
  }
};
