import {
  cardId,
  caseId,
  deletionId,
  instant,
  type CalendarDate,
  type CardId,
  type DeletionId,
  type DoneReply,
  type Instant,
} from '../../../protocol';
import { CASE_LIFE_MS, isProofed, type Case } from '../enrolment/case';
import type { LoadAnyCase } from '../enrolment/case-ports';
import { settleCase, type SettleCasePorts } from '../enrolment/settle-case';
import { vouchedByPeople } from '../enrolment/vouched-by-people';
import { lacksGuardian } from '../guardian/guardianship';
import { carryOutInstitutionAct, type RegisterPorts } from '../institutions/register';
import { resumePartner, suspendPartner } from '../partners/decide-partner';
import type { PartnerPorts } from '../partners/partner-ports';
import { done, refuse, type Result } from '../result';
import type { MassTask } from '../status/mass-act';
import { beginMassAct, type BeginMassActPorts } from '../status/mass-acts';
import { raiseTier, revokeCard, type CardActPorts } from './card-acts';
import { isStillSigning, type CardKeyPorts } from './list-keys';
import type { ProposalPorts } from './propose';

interface VouchPorts extends SettleCasePorts {
  readonly today: () => CalendarDate;
  readonly loadAnyCase: LoadAnyCase;
}

/**
 * Takes two operators' word for the face: a case whose document was read goes on to mint as if the face had matched. Twice is once.
 * Refuses `not_found`, `wrong_step` for a case that is at another step or over, and `act_differs` where the document was photographed
 * anew after the act was proposed: the operators saw somebody else's.
 */
const vouchForCase = async (ports: VouchPorts, id: string, seenAt: Instant): Promise<Result<DoneReply>> => {
  const found = await ports.loadAnyCase(caseId(id));
  if (!found) return refuse('not_found');
  if (isProofed(found) || found.state === 'minted') {
    await settleCase(ports, found);
    return done({ ok: true });
  }
  const at = ports.now();
  if (found.state !== 'documentRead' || found.expiresAt <= at) return refuse('wrong_step');
  // Within the same millisecond nobody can tell which was first.
  if (found.readAt >= seenAt) return refuse('act_differs');
  if (lacksGuardian(found, ports.today())) return refuse('guardian_needed');
  const matched = vouchedByPeople(ports, found);
  // Another call was first: what the case is then is looked at anew. Ends, since each of those has used up one of its few tries.
  if (!(await ports.replaceCase(found, matched))) return vouchForCase(ports, id, seenAt);
  await settleCase(ports, matched);
  return done({ ok: true });
};

/**
 * Takes two operators' word, who have seen the papers, that who has consented for a child is its guardian. The enrolment, which the
 * family came to the counter with, has a further hour. Twice is once.
 * Refuses `not_found`, `guardian_needed` where nobody has consented, `act_differs` where somebody consented after the act was proposed,
 * and `wrong_step` for a case that is over.
 */
const confirmGuardianship = async (ports: VouchPorts, id: string, seenAt: Instant): Promise<Result<DoneReply>> => {
  const found = await ports.loadAnyCase(caseId(id));
  if (!found) return refuse('not_found');
  const at = ports.now();
  if (found.state === 'minted' || isProofed(found)) return done({ ok: true });
  if (found.state !== 'documentRead' || found.expiresAt <= at) return refuse('wrong_step');
  const { guardian } = found;
  if (!guardian) return refuse('guardian_needed');
  // Another adult, or another child, than the operators had before them.
  if (guardian.at >= seenAt) return refuse('act_differs');
  if (guardian.confirmedBy !== null) return done({ ok: true });
  const confirmed: Case = {
    ...found,
    revision: found.revision + 1,
    guardian: { ...guardian, confirmedBy: 'counter' },
    expiresAt: instant(at + CASE_LIFE_MS),
  };
  // As in vouching: another call was first.
  return (await ports.replaceCase(found, confirmed)) ? done({ ok: true }) : confirmGuardianship(ports, id, seenAt);
};

interface DeleteCardPorts {
  /** Deletes everything of a card's holder, as `deleteAtCounter` does; 'later' in a function that has no key to sign the proof with. */
  readonly deleteCard: (card: CardId, id: DeletionId) => Promise<Result<unknown> | 'later'>;
}

/** Done, or refused for good. @throws Error where other calls were always first: what two operators decided is then done later, not left out */
const settled = async <Outcome extends Result<unknown> | 'later'>(acted: Promise<Outcome>): Promise<Outcome> => {
  const result = await acted;
  if (result !== 'later' && !result.ok && result.error.code === 'wrong_step')
    throw new Error('others were always first');
  return result;
};

/** Begins an act on many cards, which a job carries out; begun again for the same proposal, it begins nothing. */
const begin = async (ports: BeginMassActPorts, proposal: string, task: MassTask): Promise<Result<DoneReply>> => {
  await beginMassAct(ports, proposal, task);
  return done({ ok: true });
};

/** What each critical act does once two operators have decided it; every one of them done twice is done once. */
export const createCarryOut =
  (
    ports: CardActPorts &
      PartnerPorts &
      VouchPorts &
      BeginMassActPorts &
      CardKeyPorts &
      DeleteCardPorts &
      RegisterPorts,
  ): ProposalPorts['carryOut'] =>
  (act, { id: proposal, proposedBy: operator, proposedAt }) => {
    switch (act.kind) {
      case 'revoke_card':
        return settled(revokeCard(ports, act.target, act.reason));
      case 'suspend_partner':
        return suspendPartner(ports, { operator, proposal }, act.target, act.reason);
      case 'resume_partner':
        return resumePartner(ports, { operator, proposal }, act.target);
      case 'raise_tier':
        return settled(raiseTier(ports, act.target));
      case 'vouch_for_case':
        return vouchForCase(ports, act.target, proposedAt);
      case 'revoke_cards':
        return begin(ports, proposal, { act: 'revoke', target: act.target, reason: act.reason });
      case 'renew_cards':
        // Its cards would be given a credential by the same key again, and wait for ever.
        return isStillSigning(ports, act.target.kid, ports.now())
          ? Promise.resolve(refuse('key_still_signing'))
          : begin(ports, proposal, { act: 'renew', target: act.target });
      case 'guardianship_seen':
        return confirmGuardianship(ports, act.target, proposedAt);
      case 'delete_at_counter':
        // The proof lies under the proposal's id: who proposes can tell the visitor where, before anything is done.
        return settled(ports.deleteCard(cardId(act.target), deletionId(proposal)));
      case 'register_institution':
      case 'add_institution_key':
      case 'withdraw_institution_key':
      case 'move_institution':
      case 'end_institution':
        return carryOutInstitutionAct(ports, act, proposal);
    }
  };
