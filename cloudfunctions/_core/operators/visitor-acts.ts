import {
  deletionId,
  mayActCritically,
  type AccountKey,
  type DeletionId,
  type DeleteVisitorReply,
  type DeleteVisitorRequest,
  type DoneReply,
  type RaiseVisitorRequest,
} from '../../../protocol';
import { isDeletableAtCounter } from '../card/delete-account';
import type { Identity } from '../card/identity';
import { derivedId } from '../derived-id';
import { done, refuse, type Result } from '../result';
import { raiseTier } from './card-acts';
import { asOperator, type Operator } from './operator';
import { operatorAct, proposeOnce, type ProposalPorts } from './propose';
import type { Visit, VisitPorts } from './visit';

/** How often the last four characters may be typed. */
const VISIT_TRIES = 3;

/**
 * The visitor whose last four characters the operator has typed: they are compared here and told to nobody.
 * Refuses `not_found`, `second_person_needed` to who would be their own visitor, `too_many_tries`, and `fields_disagree` with the tries that
 * are left.
 */
const seenVisitor = async (
  ports: VisitPorts,
  { operator, account }: { readonly operator: Operator; readonly account: AccountKey },
  { number, lastFour }: Pick<RaiseVisitorRequest, 'number' | 'lastFour'>,
): Promise<Result<{ readonly visit: Visit; readonly identity: Identity }>> => {
  const visit = await ports.claimVisit(ports.visitIdOf(number), operator.id, ports.now());
  const identity = visit?.subject.kind === 'card' ? await ports.loadIdentity(visit.subject.identity) : null;
  if (!visit || !identity) return refuse('not_found');
  if (identity.account === account) return refuse('second_person_needed');
  // Counted before it is compared, so that parallel calls cannot share one try.
  if (visit.tries >= VISIT_TRIES || !(await ports.countTry(visit))) return refuse('too_many_tries');
  return identity.person.number.slice(-4) === lastFour
    ? done({ visit, identity })
    : refuse('fields_disagree', { triesLeft: VISIT_TRIES - visit.tries - 1 });
};

/**
 * Raises the visitor's card to `full`: the operator has seen person and physical card, and has typed the last four characters of
 * the number on it.
 * Refuses `not_permitted`, what `seenVisitor` refuses, `card_not_active`, and `wrong_step` to who came without the phone.
 */
export const raiseVisitor = (
  ports: VisitPorts,
  account: AccountKey,
  request: RaiseVisitorRequest,
): Promise<Result<DoneReply>> =>
  asOperator(ports, account, 'receiveVisitors', async (operator) => {
    const seen = await seenVisitor(ports, { operator, account }, request);
    if (!seen.ok) return seen;
    const { visit, identity } = seen.value;
    if (visit.by === 'killCode') return refuse('wrong_step');
    await ports.recordOperatorAct(operatorAct(ports, operator.id, { kind: 'visitor_raised' }));
    const raised = await raiseTier(ports, identity.card.id);
    if (raised.ok) await ports.endVisit(visit.id);
    return raised;
  });

export interface DeleteVisitorPorts extends VisitPorts, ProposalPorts {
  /** Where the proof of a deletion is read. */
  readonly proofAddressOf: (id: DeletionId) => string;
}

/**
 * Proposes that everything of the visitor is deleted: the operator has seen person and physical card, and has typed the last four
 * characters of the number on it. A second operator confirms it. A card has one such proposal at a time: asked for again, the answer is the
 * same, since it may have been lost, and the address that the visitor takes along is that of the one deletion there can be.
 * Refuses `not_permitted`, what `seenVisitor` refuses, and `card_not_active` where the card is stopped for what must not be forgotten.
 */
export const deleteVisitor = (
  ports: DeleteVisitorPorts,
  account: AccountKey,
  request: DeleteVisitorRequest,
): Promise<Result<DeleteVisitorReply>> =>
  asOperator(ports, account, 'receiveVisitors', async (operator) => {
    if (!mayActCritically(operator.role, 'delete_at_counter')) return refuse('not_permitted');
    const seen = await seenVisitor(ports, { operator, account }, request);
    if (!seen.ok) return seen;
    const { visit, identity } = seen.value;
    if (!isDeletableAtCounter(identity.card.stops)) return refuse('card_not_active');
    const target = identity.card.id;
    const reason = visit.by === 'number' ? 'number_and_card_seen' : 'kill_code_and_card_seen';
    const proposed = await proposeOnce(ports, operator, { kind: 'delete_at_counter', target, reason }, (at) =>
      // The identity's key is told to nobody: who knows the card's id cannot look for its proof.
      derivedId(ports.sha256, `delete_at_counter ${identity.key} ${target} ${String(at)}`),
    );
    return done({ ...proposed, proofAddress: ports.proofAddressOf(deletionId(proposed.proposal)) });
  });
