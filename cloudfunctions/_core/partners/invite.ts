import {
  base64urlDecode,
  base64urlEncode,
  hex,
  instant,
  mayManageRole,
  type AcceptInvitationRequest,
  type AccountKey,
  type DoneReply,
  type InviteStaffReply,
  type InviteStaffRequest,
  type ReadInvitationReply,
  type ReadInvitationRequest,
  type Sha256,
  type WithdrawInvitationRequest,
} from '../../../protocol';
import { done, refuse, type Result } from '../result';
import { actAsMember, actOnPartner, byMember, refused } from './act-on-partner';
import { hasPlace, INVITATION_LIFE_MS, STAFF_MAX, type Invitation } from './partner';
import type { JoinPorts, StaffPorts } from './partner-ports';

const TOKEN_BYTES = 16;

/** The id under which a token's invitation lies: whoever reads the database cannot make the token from it. */
const invitationIdOf = (sha256: Sha256, token: Uint8Array): string => hex(sha256(token).subarray(0, 16));

/**
 * Invites a colleague to a role and a terminal. The token is told once and stored nowhere.
 * Refuses `not_permitted` (also for a role that is not below the caller's), `wrong_step` for a partner that is not active or has too
 * many people, and `not_found` for a terminal that it does not have.
 */
export const inviteStaff = async (
  ports: StaffPorts,
  account: AccountKey,
  { role, shop, terminal }: InviteStaffRequest,
): Promise<Result<InviteStaffReply>> => {
  const token = ports.randomBytes(TOKEN_BYTES);
  const invitation = invitationIdOf(ports.sha256, token);
  return actAsMember(ports, account, 'manageStaff', async (partner, member) => {
    if (!mayManageRole(member.role, role)) return refused('not_permitted');
    if (partner.state !== 'active') return refused('wrong_step');
    if (!hasPlace(partner, { shop, terminal })) return refused('not_found');
    const people = await ports.listMembers(partner.id);
    const invited = await ports.listInvitations(partner.id);
    if (people.length + invited.length >= STAFF_MAX) return refused('wrong_step');
    const expiresAt = instant(ports.now() + INVITATION_LIFE_MS);
    return {
      kind: 'acted',
      next: partner,
      deed: { kind: 'staff_invited', invitation, role, shop, terminal },
      by: byMember(member),
      value: { ok: true, token: base64urlEncode(token), invitation, expiresAt },
    };
  });
};

/** Takes an invitation back that nobody has accepted. Refuses `not_permitted`, and `not_found` where there is none. */
export const withdrawInvitation = (
  ports: StaffPorts,
  account: AccountKey,
  { invitation: id }: WithdrawInvitationRequest,
): Promise<Result<DoneReply>> =>
  actAsMember(ports, account, 'manageStaff', async (partner, member) => {
    const found = (await ports.listInvitations(partner.id)).find((one) => one.id === id);
    if (!found) return refused('not_found');
    if (!mayManageRole(member.role, found.role)) return refused('not_permitted');
    return {
      kind: 'acted',
      next: partner,
      deed: { kind: 'invitation_withdrawn', invitation: id },
      by: byMember(member),
      value: { ok: true },
    };
  });

/**
 * Who invites, and to what. Whoever has the token is told no more than that, and nothing changes.
 * Refuses `invitation_over` for every token that does not work.
 */
export const readInvitation = async (
  ports: Pick<JoinPorts, 'now' | 'sha256' | 'loadInvitation' | 'loadPartner'>,
  account: AccountKey,
  { token }: ReadInvitationRequest,
): Promise<Result<ReadInvitationReply>> => {
  const bytes = base64urlDecode(token);
  const invitation = bytes && (await ports.loadInvitation(invitationIdOf(ports.sha256, bytes)));
  if (!invitation || invitation.expiresAt <= ports.now()) return refuse('invitation_over');
  if (invitation.claimedBy !== null && invitation.claimedBy !== account) return refuse('invitation_over');
  const partner = await ports.loadPartner(invitation.partner);
  const shop = partner?.state === 'active' ? partner.shops.find(({ id }) => id === invitation.shop) : undefined;
  if (!partner || !shop?.terminals.includes(invitation.terminal)) return refuse('invitation_over');
  const { role, terminal, expiresAt } = invitation;
  return done({ ok: true, partner: partner.names, role, shop: shop.names, terminal, expiresAt });
};

/** Writes down that somebody has joined, if their invitation still stands when the partner's acts come to it. */
const join = (ports: JoinPorts, account: AccountKey, invitation: Invitation): Promise<Result<DoneReply>> =>
  actOnPartner(ports, invitation.partner, async (partner) => {
    const member = await ports.loadMember(account);
    if (member?.member !== invitation.id) return refused('invitation_over');
    if (member.state === 'active') return { kind: 'kept', value: { ok: true } };
    const { role, shop, terminal } = invitation;
    const stands = (await ports.loadInvitation(invitation.id))?.claimedBy === account;
    if (!stands || partner.state !== 'active' || !hasPlace(partner, { shop, terminal })) {
      await ports.removeMember(partner.id, invitation.id);
      return refused('invitation_over');
    }
    return {
      kind: 'acted',
      next: partner,
      deed: { kind: 'staff_joined', member: invitation.id, role, shop, terminal },
      by: byMember(member),
      value: { ok: true },
    };
  });

/**
 * Joins a partner's staff. The token works once, for one account, within 72 hours; a call that was interrupted is finished by the same
 * account with the same token.
 * Refuses `serves_partner` for who works for a partner already, and `invitation_over` for every token that does not work.
 */
export const acceptInvitation = async (
  ports: JoinPorts,
  account: AccountKey,
  { token }: AcceptInvitationRequest,
): Promise<Result<DoneReply>> => {
  const bytes = base64urlDecode(token);
  if (!bytes) return refuse('invitation_over');
  const id = invitationIdOf(ports.sha256, bytes);
  const present = await ports.loadMember(account);
  if (present && present.member !== id) return refuse('serves_partner');
  if (present?.state === 'active') return done({ ok: true });
  const invitation = await ports.loadInvitation(id);
  const at = ports.now();
  if (!invitation || !(await ports.claimInvitation(id, account, at))) {
    // Withdrawn while its claimant was on the way in: nothing is left of the way.
    if (present) await ports.removeMember(present.partner, id);
    return refuse('invitation_over');
  }
  const { partner, role, shop, terminal } = invitation;
  const standing = { partner, partnerState: 'applied', grants: [], asOf: 0 } as const;
  const joining = {
    account,
    partner,
    member: id,
    role,
    place: { shop, terminal },
    state: 'joining',
    joinedAt: at,
  } as const;
  if (!present && !(await ports.createMember(joining, standing))) {
    const other = await ports.loadMember(account);
    if (other && other.member !== id) return refuse('serves_partner');
  }
  return join(ports, account, invitation);
};
