import { caseId, reviewReasons } from '../../../protocol';
import type {
  AccountKey,
  AppealCaseRequest,
  DoneReply,
  ErrorCode,
  FollowCaseReply,
  FollowCaseRequest,
  ReviewReason,
} from '../../../protocol';
import { done, refuse, type Result } from '../result';
import { isOpen, isProofed, type AppealableCase, type Case } from './case';
import type { ListCases, LoadCase, ReplaceCase } from './case-ports';
import { destroyEvidenceOf, nextRevision, type DestroyPorts } from './end-case';

export interface AfterReviewPorts extends DestroyPorts {
  readonly loadCase: LoadCase;
  readonly replaceCase: ReplaceCase;
}

/** Destroys the pictures of a case that is decided; where that was interrupted, the next look at the case goes on with it. */
export const finishDecided = async (
  ports: DestroyPorts & Pick<AfterReviewPorts, 'replaceCase'>,
  found: Case,
): Promise<void> => {
  const isDecided = isProofed(found) || found.state === 'minted' || found.state === 'refused';
  if (!isDecided || found.evidence.length === 0) return;
  await destroyEvidenceOf(ports, found);
  await ports.replaceCase(found, { ...found, revision: found.revision + 1, evidence: [] });
};

/** Ends the time to appeal: the refusal is final, and the pictures are destroyed. */
const endAppeal = async (
  ports: DestroyPorts & Pick<AfterReviewPorts, 'replaceCase'>,
  found: AppealableCase,
): Promise<void> => {
  const refused = { ...nextRevision(found), state: 'refused', reason: found.firstRefusal.reason } as const;
  if (await ports.replaceCase(found, refused)) await finishDecided(ports, refused);
};

const isReviewReason = (code: ErrorCode): code is ReviewReason => reviewReasons.some((reason) => reason === code);

/** What became of a case that went to review. Refuses `not_found`. */
export const followCase = async (
  ports: AfterReviewPorts,
  account: AccountKey,
  request: FollowCaseRequest,
): Promise<Result<FollowCaseReply>> => {
  const found = await ports.loadCase(caseId(request.caseId), account);
  if (!found) return refuse('not_found');
  await finishDecided(ports, found);
  const { expiresAt } = found;
  const isRunning = isOpen(found, ports.now());
  switch (found.state) {
    case 'started':
    case 'documentRead':
      return done({ ok: true, state: isRunning ? 'open' : 'over' });
    case 'faceMatched':
    case 'fingerprintBound':
      return done(
        isRunning ? { ok: true, state: 'matched', nonce: found.nonce, until: expiresAt } : { ok: true, state: 'over' },
      );
    case 'inReview':
      return done({ ok: true, state: 'inReview' });
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
 * Asks for another reviewer: once, within a week of the refusal. The same call again is harmless while the appeal waits.
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
  const { document, firstRefusal } = found;
  const again: Case = { ...nextRevision(found), state: 'inReview', document, firstRefusal };
  return (await ports.replaceCase(found, again)) ? done({ ok: true }) : refuse('wrong_step');
};

/** How many cases one run looks at. */
const BATCH = 100;

/** Ends appeals whose time is over, and destroys what a decision that was interrupted left. @returns how many cases changed */
export const finishReviews = async (
  ports: DestroyPorts & Pick<AfterReviewPorts, 'replaceCase'> & { readonly listCases: ListCases },
): Promise<number> => {
  const appealable = await ports.listCases('appealable', BATCH);
  const over = appealable.filter(
    (found): found is AppealableCase => found.state === 'appealable' && found.expiresAt <= ports.now(),
  );
  for (const found of over) await endAppeal(ports, found);
  const matched = await ports.listCases('faceMatched', BATCH);
  const left = matched.filter(({ evidence }) => evidence.length > 0);
  for (const found of left) await finishDecided(ports, found);
  return over.length + left.length;
};
