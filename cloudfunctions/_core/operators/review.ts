import {
  base64Encode,
  base64urlEncode,
  caseId,
  instant,
  parseIdNumber,
  type AcceptCaseRequest,
  type AccountKey,
  type CalendarDate,
  type CaseId,
  type DoneReply,
  type IdNumber,
  type OpenCaseReply,
  type OpenCaseRequest,
  type OpenPictureReply,
  type OpenPictureRequest,
  type RefuseCaseRequest,
} from '../../../protocol';
import { AFTER_REVIEW_MS, type AppealableCase, type Case, type ReviewCase } from '../enrolment/case';
import type { LoadAnyCase, OpenReviewCopy, ReplaceCase } from '../enrolment/case-ports';
import { nextRevision, type DestroyPorts } from '../enrolment/end-case';
import { finishDecided } from '../enrolment/after-review';
import { done, refuse, type Result } from '../result';
import { asOperator, type Operator, type OperatorPorts } from './operator';
import type { OperatorDeed, RecordOperatorAct } from './operator-act';
import { operatorAct } from './propose';

export interface ReviewPorts extends OperatorPorts, DestroyPorts {
  readonly today: () => CalendarDate;
  readonly loadAnyCase: LoadAnyCase;
  readonly replaceCase: ReplaceCase;
  readonly openReviewCopy: OpenReviewCopy;
  readonly recordOperatorAct: RecordOperatorAct;
  /** Tells the holder of that number's card, if there is one, that an operator has read of them. */
  readonly noteReading: (number: IdNumber) => Promise<void>;
}

const record = (ports: ReviewPorts, { id }: Operator, deed: OperatorDeed): Promise<void> =>
  ports.recordOperatorAct(operatorAct(ports, id, deed));

/** A case that waits for this reviewer. An appeal goes to another one than the refusal came from. */
const loadWaiting = async (ports: ReviewPorts, operator: Operator, id: CaseId): Promise<Result<ReviewCase>> => {
  const found = await ports.loadAnyCase(id);
  if (found?.state !== 'inReview') return refuse('not_found');
  return found.firstRefusal?.reviewer === operator.id ? refuse('second_person_needed') : done(found);
};

/** Every look at a case is written down before anything of it is told: in the log, and in the history of who it may be about. */
const noteLook = async (
  ports: ReviewPorts,
  operator: Operator,
  found: ReviewCase,
  picture: number | null,
): Promise<void> => {
  await record(ports, operator, { kind: 'review_opened', case: found.id, picture });
  const parsed = parseIdNumber(found.document.fields.number.value, ports.today());
  if (parsed.ok) await ports.noteReading(parsed.number);
};

/** Opens a case for its reviewer. Refuses `not_permitted`, `not_found`, `second_person_needed`. */
export const openCase = (
  ports: ReviewPorts,
  account: AccountKey,
  request: OpenCaseRequest,
): Promise<Result<OpenCaseReply>> =>
  asOperator(ports, account, 'reviewCases', async (operator) => {
    const waiting = await loadWaiting(ports, operator, caseId(request.case));
    if (!waiting.ok) return waiting;
    const { document, evidence, firstRefusal } = waiting.value;
    await noteLook(ports, operator, waiting.value, null);
    return done({
      ok: true,
      fields: document.fields,
      portrait: base64Encode(document.portrait.jpeg),
      pictures: evidence.length,
      firstReason: firstRefusal?.reason ?? null,
    });
  });

/** How many bytes of a picture one reply carries: below a function's limit of 6 MB as base64. */
const PART_BYTES = 2_900_000;

/** Opens one picture of a case, part by part. Refuses `not_permitted`, `not_found`, `second_person_needed`. */
export const openPicture = (
  ports: ReviewPorts,
  account: AccountKey,
  { case: id, picture, part }: OpenPictureRequest,
): Promise<Result<OpenPictureReply>> =>
  asOperator(ports, account, 'reviewCases', async (operator) => {
    const waiting = await loadWaiting(ports, operator, caseId(id));
    if (!waiting.ok) return waiting;
    const file = waiting.value.evidence[picture];
    if (file === undefined) return refuse('not_found');
    await noteLook(ports, operator, waiting.value, picture);
    const bytes = await ports.openReviewCopy(file);
    const parts = Math.ceil((bytes?.length ?? 0) / PART_BYTES);
    if (!bytes || part >= parts) return refuse('not_found');
    const from = part * PART_BYTES;
    return done({ ok: true, bytes: base64Encode(bytes.subarray(from, from + PART_BYTES)), parts });
  });

/** The deciding write first: of two reviewers one decides, and only what was decided destroys a picture. */
const decide = async (
  ports: ReviewPorts,
  operator: Operator,
  prior: ReviewCase,
  next: Case,
  deed: OperatorDeed,
): Promise<Result<DoneReply>> => {
  if (!(await ports.replaceCase(prior, next))) return refuse('wrong_step');
  await record(ports, operator, deed);
  await finishDecided(ports, next);
  return done({ ok: true });
};

/**
 * Accepts a case: its holder goes on to mint, within a week, and the pictures are destroyed.
 * Refuses `not_permitted`, `not_found`, `second_person_needed`, `wrong_step`.
 */
export const acceptCase = (
  ports: ReviewPorts,
  account: AccountKey,
  request: AcceptCaseRequest,
): Promise<Result<DoneReply>> =>
  asOperator(ports, account, 'reviewCases', async (operator) => {
    const waiting = await loadWaiting(ports, operator, caseId(request.case));
    if (!waiting.ok) return waiting;
    const prior = waiting.value;
    const nonce = base64urlEncode(ports.randomBytes(16));
    const expiresAt = instant(ports.now() + AFTER_REVIEW_MS);
    const matched = {
      ...nextRevision(prior),
      state: 'faceMatched',
      document: prior.document,
      nonce,
      destroyed: { files: prior.evidence.length, at: ports.now() },
      template: null,
      expiresAt,
    } as const;
    return decide(ports, operator, prior, matched, { kind: 'review_accepted', case: prior.id });
  });

/**
 * Refuses a case with a reason that its holder reads. The first refusal can be appealed for a week, and keeps what a second reviewer
 * must see; the second is final.
 * Refuses `not_permitted`, `not_found`, `second_person_needed`, `wrong_step`.
 */
export const refuseCase = (
  ports: ReviewPorts,
  account: AccountKey,
  { case: id, reason }: RefuseCaseRequest,
): Promise<Result<DoneReply>> =>
  asOperator(ports, account, 'reviewCases', async (operator) => {
    const waiting = await loadWaiting(ports, operator, caseId(id));
    if (!waiting.ok) return waiting;
    const prior = waiting.value;
    const final = prior.firstRefusal !== null;
    const appealable: AppealableCase = {
      ...nextRevision(prior),
      state: 'appealable',
      document: prior.document,
      firstRefusal: { reviewer: operator.id, reason },
      expiresAt: instant(ports.now() + AFTER_REVIEW_MS),
    };
    const next: Case = final ? { ...nextRevision(prior), state: 'refused', reason } : appealable;
    return decide(ports, operator, prior, next, { kind: 'review_refused', case: prior.id, reason, final });
  });
