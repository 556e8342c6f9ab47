import { base64urlEncode, caseId, instant, type DoneReply } from '../../../protocol';
import { AFTER_REVIEW_MS, isProofed, type FaceMatchedCase } from '../enrolment/case';
import { finishDecided } from '../enrolment/after-review';
import type { LoadAnyCase, ReplaceCase } from '../enrolment/case-ports';
import { nextRevision, type DestroyPorts } from '../enrolment/end-case';
import { resumePartner, suspendPartner } from '../partners/decide-partner';
import type { PartnerPorts } from '../partners/partner-ports';
import { done, refuse, type Result } from '../result';
import { raiseTier, revokeCard, type CardActPorts } from './card-acts';
import type { ProposalPorts } from './propose';

interface VouchPorts extends DestroyPorts {
  readonly loadAnyCase: LoadAnyCase;
  readonly replaceCase: ReplaceCase;
}

/**
 * Takes two operators' word for the face: a case whose document was read goes on to mint as if the face had matched. Twice is once.
 * Refuses `not_found`, and `wrong_step` for a case that is at another step or over.
 */
const vouchForCase = async (ports: VouchPorts, id: string): Promise<Result<DoneReply>> => {
  const found = await ports.loadAnyCase(caseId(id));
  if (!found) return refuse('not_found');
  if (isProofed(found) || found.state === 'minted') {
    await finishDecided(ports, found);
    return done({ ok: true });
  }
  const at = ports.now();
  if (found.state !== 'documentRead' || found.expiresAt <= at) return refuse('wrong_step');
  const matched: FaceMatchedCase = {
    ...nextRevision(found),
    state: 'faceMatched',
    document: found.document,
    nonce: base64urlEncode(ports.randomBytes(16)),
    destroyed: { files: found.evidence.length, at },
    template: null,
    expiresAt: instant(at + AFTER_REVIEW_MS),
  };
  if (!(await ports.replaceCase(found, matched))) return refuse('wrong_step');
  await finishDecided(ports, matched);
  return done({ ok: true });
};

/** What each critical act does once two operators have decided it; every one of them done twice is done once. */
export const createCarryOut =
  (ports: CardActPorts & PartnerPorts & VouchPorts): ProposalPorts['carryOut'] =>
  (act, { id: proposal, proposedBy: operator }) => {
    switch (act.kind) {
      case 'revoke_card':
        return revokeCard(ports, act.target, act.reason);
      case 'suspend_partner':
        return suspendPartner(ports, { operator, proposal }, act.target, act.reason);
      case 'resume_partner':
        return resumePartner(ports, { operator, proposal }, act.target);
      case 'raise_tier':
        return raiseTier(ports, act.target);
      case 'vouch_for_case':
        return vouchForCase(ports, act.target);
    }
  };
