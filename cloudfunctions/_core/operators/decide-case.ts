import {
  instant,
  type AcceptCaseReply,
  type AcceptCaseRequest,
  type AccountKey,
  type DoneReply,
  type RefuseCaseRequest,
} from '../../../protocol';
import { AFTER_REVIEW_MS, type AppealableCase, type Case } from '../enrolment/case';
import type { ReviewCase } from '../enrolment/case';
import type { LoadAnyCase } from '../enrolment/case-ports';
import { nextRevision } from '../enrolment/end-case';
import { settleCase, type SettleCasePorts } from '../enrolment/settle-case';
import { vouchedByPeople } from '../enrolment/vouched-by-people';
import { done, refuse, type Result } from '../result';
import { operatorAct } from './propose';
import { acceptanceOf, onWaitingCase, type ReviewerPorts } from './review';

export interface DecideCasePorts extends ReviewerPorts, SettleCasePorts {
  readonly loadAnyCase: LoadAnyCase;
}

/**
 * Accepts a case. The first acceptance is noted, and the case goes on to wait; with that of another reviewer its holder goes on to mint,
 * within a week, and the pictures are destroyed. Somebody who has refused the case, or reviews no more, is no such other reviewer.
 * Refuses `not_permitted`, `not_found`, and `second_person_needed` to who has accepted or refused it, and of the caller's own enrolment.
 */
export const acceptCase = (
  ports: DecideCasePorts,
  account: AccountKey,
  request: AcceptCaseRequest,
): Promise<Result<AcceptCaseReply>> =>
  onWaitingCase(ports, account, request.case, async (operator, prior) => {
    const accepted = acceptanceOf(prior, operator);
    if (accepted === 'own') return refuse('second_person_needed');
    if (accepted === 'none') {
      const word = operatorAct(ports, operator.id, { kind: 'review_accepted', case: prior.id, final: false });
      const noted: ReviewCase = {
        ...prior,
        revision: prior.revision + 1,
        firstAcceptance: { reviewer: operator.id, at: word.at },
        outbox: [...prior.outbox, word],
      };
      // Another call was first: what the case is then is looked at anew. Ends, since each reviewer has one word on a case.
      if (!(await ports.replaceCase(prior, noted))) return acceptCase(ports, account, request);
      await settleCase(ports, noted);
      return done({ ok: true, isDecided: false });
    }
    const word = operatorAct(ports, operator.id, { kind: 'review_accepted', case: prior.id, final: true });
    const matched: Case = { ...vouchedByPeople(ports, prior), outbox: [...prior.outbox, word] };
    if (!(await ports.replaceCase(prior, matched))) return acceptCase(ports, account, request);
    await settleCase(ports, matched);
    return done({ ok: true, isDecided: true });
  });

/**
 * Refuses a case with a reason that its holder reads: one reviewer's word, also of who had accepted it. The first refusal can be appealed
 * for a week, and keeps what other reviewers must see; the second, by another one, is final.
 * Refuses `not_permitted`, `not_found`, and `second_person_needed` to who has refused it, and of the caller's own enrolment.
 */
export const refuseCase = (
  ports: DecideCasePorts,
  account: AccountKey,
  request: RefuseCaseRequest,
): Promise<Result<DoneReply>> =>
  onWaitingCase(ports, account, request.case, async (operator, prior) => {
    const { reason } = request;
    const final = prior.firstRefusal !== null;
    const word = operatorAct(ports, operator.id, { kind: 'review_refused', case: prior.id, reason, final });
    const outbox = [...prior.outbox, word];
    const appealable: AppealableCase = {
      ...prior,
      revision: prior.revision + 1,
      state: 'appealable',
      // Who refuses after having accepted accepts no more.
      firstAcceptance: acceptanceOf(prior, operator) === 'own' ? null : prior.firstAcceptance,
      firstRefusal: { reviewer: operator.id, reason },
      expiresAt: instant(ports.now() + AFTER_REVIEW_MS),
      outbox,
    };
    const next: Case = final ? { ...nextRevision(prior), state: 'refused', reason, outbox } : appealable;
    // As in accepting. The deciding write first: of two reviewers one decides, and only what was decided destroys a picture.
    if (!(await ports.replaceCase(prior, next))) return refuseCase(ports, account, request);
    await settleCase(ports, next);
    return done({ ok: true });
  });
