import { caseId, instant, reviewReasons } from '../../../protocol';
import type {
  AccountKey,
  AppealCaseRequest,
  CalendarDate,
  DoneReply,
  ErrorCode,
  FollowCaseReply,
  FollowCaseRequest,
  ReviewReason,
} from '../../../protocol';
import { guardianStepOf } from '../guardian/guardianship';
import { oneByOne } from '../one-by-one';
import { done, refuse, type Result } from '../result';
import { isOpen, isWaiting, type AppealableCase, type Case } from './case';
import type { ListEndedAppeals, ListUnsettledCases, LoadCase } from './case-ports';
import { nextRevision } from './end-case';
import { keepPictures, type KeepPicturesPorts } from './review-copies';
import { settleCase, type SettleCasePorts } from './settle-case';

export interface AfterReviewPorts extends SettleCasePorts {
  readonly loadCase: LoadCase;
}

/** Ends the time to appeal: the refusal is final, and the pictures are destroyed. */
const endAppeal = async (ports: SettleCasePorts, found: AppealableCase): Promise<void> => {
  const refused = { ...nextRevision(found), state: 'refused', reason: found.firstRefusal.reason } as const;
  if (await ports.replaceCase(found, refused)) await settleCase(ports, refused);
};

const isReviewReason = (code: ErrorCode): code is ReviewReason => reviewReasons.some((reason) => reason === code);

/** What became of a case that went to review. Refuses `not_found`. */
export const followCase = async (
  ports: AfterReviewPorts & { readonly today: () => CalendarDate },
  account: AccountKey,
  request: FollowCaseRequest,
): Promise<Result<FollowCaseReply>> => {
  const found = await ports.loadCase(caseId(request.caseId), account);
  if (!found) return refuse('not_found');
  await settleCase(ports, found);
  const { expiresAt } = found;
  const isRunning = isOpen(found, ports.now());
  switch (found.state) {
    case 'started':
      return done(
        isRunning ? { ok: true, state: 'open', isRead: false, until: expiresAt } : { ok: true, state: 'over' },
      );
    case 'documentRead': {
      const guardian = guardianStepOf(found, ports.today());
      return done(
        isRunning
          ? { ok: true, state: 'open', isRead: true, until: expiresAt, ...(guardian && { guardian }) }
          : { ok: true, state: 'over' },
      );
    }
    case 'faceMatched':
    case 'fingerprintBound':
      return done(
        isRunning ? { ok: true, state: 'matched', nonce: found.nonce, until: expiresAt } : { ok: true, state: 'over' },
      );
    case 'inReview':
      return done({ ok: true, state: 'inReview', isAppeal: found.firstRefusal !== null });
    case 'appealable': {
      const { reason } = found.firstRefusal;
      if (expiresAt > ports.now()) return done({ ok: true, state: 'refused', reason, appealUntil: expiresAt });
      await endAppeal(ports, found);
      return done({ ok: true, state: 'refused', reason, appealUntil: null });
    }
    case 'refused':
      return done(
        isReviewReason(found.reason)
          ? { ok: true, state: 'refused', reason: found.reason, appealUntil: null }
          : { ok: true, state: 'over' },
      );
    case 'minted':
    case 'expired':
      return done({ ok: true, state: 'over' });
  }
};

/**
 * Asks for other reviewers: once, within a week of the refusal. The same call again is harmless while the appeal waits.
 * Refuses `not_found`, and `wrong_step` where there is nothing to appeal against.
 */
export const appealCase = async (
  ports: AfterReviewPorts,
  account: AccountKey,
  request: AppealCaseRequest,
): Promise<Result<DoneReply>> => {
  const found = await ports.loadCase(caseId(request.caseId), account);
  if (!found) return refuse('not_found');
  if (found.state === 'inReview' && found.firstRefusal) return done({ ok: true });
  if (found.state !== 'appealable') return refuse('wrong_step');
  if (found.expiresAt <= ports.now()) {
    await endAppeal(ports, found);
    return refuse('wrong_step');
  }
  const again: Case = { ...found, revision: found.revision + 1, state: 'inReview' };
  // What a reviewer's call has left may just have been finished: the case is looked at anew. Ends, since little is left of any.
  return (await ports.replaceCase(found, again)) ? done({ ok: true }) : appealCase(ports, account, request);
};

/** For how long a call may be at work on its own case, in milliseconds: longer than any function that works on one may run. */
const AT_WORK_MS = 90_000;
/** How many cases of a kind one run looks at. */
const BATCH = 100;

export interface FinishReviewsPorts extends AfterReviewPorts, KeepPicturesPorts {
  readonly listEndedAppeals: ListEndedAppeals;
  readonly listUnsettledCases: ListUnsettledCases;
}

/**
 * Goes on with what an interrupted call has left of a case. It is written first, which puts it last in the queue: one that cannot be
 * finished hides no other, and has its turn again.
 */
const finishLeft = async (ports: FinishReviewsPorts, found: Case): Promise<void> => {
  const taken = { ...found, revision: found.revision + 1 };
  if (!(await ports.replaceCase(found, taken))) return;
  await settleCase(ports, taken);
  const present = await ports.loadCase(found.id, found.account);
  if (present && isWaiting(present)) await keepPictures(ports, present);
};

/**
 * Ends appeals whose time is over, and does what interrupted calls have left: words that are not in the log, pictures of decided cases,
 * pictures that are not yet sealed copies. @returns how many cases there were
 */
export const finishReviews = async (ports: FinishReviewsPorts): Promise<number> => {
  const at = ports.now();
  const over = await ports.listEndedAppeals(at, BATCH);
  const left = await ports.listUnsettledCases(instant(at - AT_WORK_MS), BATCH);
  await oneByOne(
    [...over.map((found) => () => endAppeal(ports, found)), ...left.map((found) => () => finishLeft(ports, found))],
    (finish) => finish(),
  );
  return over.length + left.length;
};
