import { instant } from '../../../protocol';
import { INVITATION_LIFE_MS, isRegistered, type Partner } from './partner';
import type { PartnerAct } from './partner-act';
import type { PartnerPorts, Standing } from './partner-ports';

/** What the records of a partner's staff are to say of it. */
const standingOf = (partner: Partner): Standing => ({
  partner: partner.id,
  partnerState: partner.state,
  grants: isRegistered(partner) ? partner.grants.map(({ purpose, claims }) => ({ purpose, claims })) : [],
  asOf: partner.revision,
});

/** Carries an act to where else it counts. Every step may be repeated, and none undoes what a later act has done. */
const carryOut = async (ports: PartnerPorts, partner: Partner, { at, happening }: PartnerAct): Promise<void> => {
  switch (happening.kind) {
    case 'partner_applied':
    case 'partner_approved':
    case 'partner_refused':
    case 'partner_suspended':
    case 'partner_resumed':
      return ports.spreadStanding(standingOf(partner));
    case 'shop_saved':
    case 'shop_closed':
      return;
    case 'staff_invited': {
      const { invitation: id, role, shop, terminal } = happening;
      const expiresAt = instant(at + INVITATION_LIFE_MS);
      return ports.createInvitation({ id, partner: partner.id, role, shop, terminal, expiresAt, claimedBy: null });
    }
    case 'invitation_withdrawn':
      return ports.removeInvitation(happening.invitation);
    case 'staff_joined':
    case 'staff_changed': {
      const { member, role, shop, terminal } = happening;
      await ports.placeMember(member, { role, place: { shop, terminal } }, standingOf(partner));
      // A membership bears the id of the invitation that it came from, which is used up by it.
      if (happening.kind === 'staff_joined') await ports.removeInvitation(member);
      return;
    }
    case 'staff_removed':
      return ports.removeMember(partner.id, happening.member);
  }
};

/**
 * Finishes the act that made the present revision: first its entry in the log, then its consequences. Whatever is interrupted is
 * finished by the next act on the partner, or by the job that looks for it.
 */
export const settlePartner = async (ports: PartnerPorts, partner: Partner): Promise<Partner> => {
  const { pending } = partner;
  if (!pending) return partner;
  await ports.recordPartnerAct(pending);
  await carryOut(ports, partner, pending);
  await ports.clearPendingAct(partner.id, pending.id);
  return { ...partner, pending: null };
};
