import {
  base64Encode,
  caseId,
  mayOperate,
  parseIdNumber,
  type Acceptance,
  type AccountKey,
  type CalendarDate,
  type IdentityKey,
  type IdNumber,
  type OpenCaseReply,
  type OpenCaseRequest,
  type OpenPictureReply,
  type OpenPictureRequest,
} from '../../../protocol';
import type { Now, RandomBytes } from '../ambient-ports';
import type { LoadIdentityOfAccount } from '../card/identity-ports';
import type { ReviewCase } from '../enrolment/case';
import type { LoadAnyCase, OpenReviewCopy } from '../enrolment/case-ports';
import { picturesOf } from '../enrolment/review-copies';
import { done, refuse, type Result } from '../result';
import { asOperator, type LoadOperatorById, type Operator, type OperatorPorts } from './operator';
import type { RecordOperatorAct } from './operator-act';
import { operatorAct } from './propose';

/** What a case before reviewers is looked at with. */
export interface ReviewerPorts extends OperatorPorts {
  readonly loadOperatorById: LoadOperatorById;
  /** Who the operator is themselves, where they have a card. */
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
}

export interface ReviewPorts extends ReviewerPorts {
  readonly now: Now;
  readonly randomBytes: RandomBytes;
  readonly today: () => CalendarDate;
  readonly loadAnyCase: LoadAnyCase;
  readonly openReviewCopy: OpenReviewCopy;
  readonly recordOperatorAct: RecordOperatorAct;
  /** Tells the holder of that number's card, if there is one, that an operator has read of them. */
  readonly noteReading: (number: IdNumber) => Promise<void>;
}

/** Who has accepted the case that takes two reviewers, as that operator sees it. */
export const acceptanceOf = ({ firstAcceptance }: ReviewCase, { id }: Operator): Acceptance => {
  if (!firstAcceptance) return 'none';
  return firstAcceptance.reviewer === id ? 'own' : 'other';
};

/** The case with the acceptance in it that counts: that of somebody who is no reviewer any more does not. */
export const withStanding = async (ports: ReviewerPorts, waiting: ReviewCase): Promise<ReviewCase> => {
  if (!waiting.firstAcceptance) return waiting;
  const reviewer = await ports.loadOperatorById(waiting.firstAcceptance.reviewer);
  return reviewer && mayOperate(reviewer.role, 'reviewCases') ? waiting : { ...waiting, firstAcceptance: null };
};

/** Who a reviewer is themselves. */
interface Self {
  readonly account: AccountKey;
  /** Null without a card, and where it is of no account. */
  readonly identity: IdentityKey | null;
}

/** Who a reviewer of these cases is themselves; their card is asked for where there is a guardian whom they could be. */
export const selfOf = async (
  ports: ReviewerPorts,
  account: AccountKey,
  cases: readonly ReviewCase[],
): Promise<Self> => {
  const hasGuardian = cases.some(({ guardian }) => guardian !== null);
  const own = hasGuardian ? await ports.loadIdentityOfAccount(account) : null;
  return { account, identity: own?.key ?? null };
};

/**
 * Whether the case is none of that operator's: their own enrolment, an appeal against their own refusal, or the enrolment of a child whose
 * guardian they are.
 */
export const isPartial = ({ account, firstRefusal, guardian }: ReviewCase, { id }: Operator, self: Self): boolean =>
  account === self.account ||
  firstRefusal?.reviewer === id ||
  (guardian !== null && guardian.identity === self.identity);

/**
 * Has a reviewer do something with a case that waits for them.
 * Refuses `not_permitted`, `not_found`, and `second_person_needed` to whom the case is none of.
 */
export const onWaitingCase = <Value>(
  ports: ReviewerPorts & Pick<ReviewPorts, 'loadAnyCase'>,
  account: AccountKey,
  id: string,
  act: (operator: Operator, waiting: ReviewCase) => Promise<Result<Value>>,
): Promise<Result<Value>> =>
  asOperator(ports, account, 'reviewCases', async (operator) => {
    const found = await ports.loadAnyCase(caseId(id));
    if (found?.state !== 'inReview') return refuse('not_found');
    const self = await selfOf(ports, account, [found]);
    if (isPartial(found, operator, self)) return refuse('second_person_needed');
    return act(operator, await withStanding(ports, found));
  });

/** Every look at a case is written down before anything of it is told: in the log, and in the history of who it may be about. */
const noteLook = async (
  ports: ReviewPorts,
  operator: Operator,
  found: ReviewCase,
  picture: number | null,
): Promise<void> => {
  await ports.recordOperatorAct(operatorAct(ports, operator.id, { kind: 'review_opened', case: found.id, picture }));
  const parsed = parseIdNumber(found.document.fields.number.value, ports.today());
  if (parsed.ok) await ports.noteReading(parsed.number);
};

/** Opens a case for its reviewer. Refuses `not_permitted`, `not_found`, `second_person_needed`. */
export const openCase = (
  ports: ReviewPorts,
  account: AccountKey,
  request: OpenCaseRequest,
): Promise<Result<OpenCaseReply>> =>
  onWaitingCase(ports, account, request.case, async (operator, waiting) => {
    const { causes, document, firstRefusal } = waiting;
    await noteLook(ports, operator, waiting, null);
    return done({
      ok: true,
      causes: [...causes],
      fields: document.fields,
      portrait: base64Encode(document.portrait.jpeg),
      pictures: picturesOf(waiting).map(({ shows }) => shows),
      accepted: acceptanceOf(waiting, operator),
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
  onWaitingCase(ports, account, id, async (operator, waiting) => {
    const found = picturesOf(waiting)[picture];
    if (!found) return refuse('not_found');
    await noteLook(ports, operator, waiting, picture);
    const bytes = await ports.openReviewCopy(found.file);
    const parts = Math.ceil((bytes?.length ?? 0) / PART_BYTES);
    if (!bytes || part >= parts) return refuse('not_found');
    const from = part * PART_BYTES;
    return done({ ok: true, bytes: base64Encode(bytes.subarray(from, from + PART_BYTES)), parts });
  });
