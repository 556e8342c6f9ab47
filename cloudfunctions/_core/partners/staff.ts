import {
  mayManageRole,
  type AccountKey,
  type ChangeStaffRequest,
  type DoneReply,
  type ListStaffReply,
  type RemoveStaffRequest,
} from '../../../protocol';
import { done, refuse, type Result } from '../result';
import { actAsMember, actOnPartner, byMember, loadActor, refused } from './act-on-partner';
import { hasPlace, isRegistered, type Member } from './partner';
import type { StaffPorts } from './partner-ports';

/** Who works for the partner, and who is invited. Refuses `not_permitted`. */
export const listStaff = async (
  ports: Pick<StaffPorts, 'now' | 'loadMember' | 'listMembers' | 'listInvitations'>,
  account: AccountKey,
): Promise<Result<ListStaffReply>> => {
  const actor = await loadActor(ports, account, 'manageStaff');
  if (!actor) return refuse('not_permitted');
  const at = ports.now();
  const members = await ports.listMembers(actor.partner);
  const invitations = await ports.listInvitations(actor.partner);
  return done({
    ok: true,
    staff: members
      .filter(({ state }) => state === 'active')
      .map(({ member, role, place, joinedAt }) => ({
        member,
        role,
        shop: place?.shop ?? null,
        terminal: place?.terminal ?? null,
        joinedAt,
        isSelf: member === actor.member,
      })),
    invitations: invitations
      .filter(({ expiresAt, claimedBy }) => expiresAt > at && claimedBy === null)
      .map(({ id, role, shop, terminal, expiresAt }) => ({ invitation: id, role, shop, terminal, expiresAt })),
  });
};

const isLastOwner = (members: readonly Member[], member: Member): boolean =>
  member.role === 'owner' && !members.some((one) => one.role === 'owner' && one.state === 'active' && one !== member);

/**
 * Gives a member another role or place; it holds from their next call on.
 * Refuses `not_permitted` (also where the role, old or new, is not the caller's to give), `not_found`, `wrong_step`, `last_owner`.
 */
export const changeStaff = (
  ports: StaffPorts,
  account: AccountKey,
  { member: id, role, shop, terminal }: ChangeStaffRequest,
): Promise<Result<DoneReply>> =>
  actAsMember(ports, account, 'manageStaff', async (partner, actor) => {
    const members = await ports.listMembers(partner.id);
    const found = members.find(({ member, state }) => member === id && state === 'active');
    if (!found) return refused('not_found');
    // Anyone who manages staff may move to another terminal themselves.
    const isOwnMove = id === actor.member && role === actor.role;
    if (!isOwnMove && !(mayManageRole(actor.role, found.role) && mayManageRole(actor.role, role))) {
      return refused('not_permitted');
    }
    if (partner.state !== 'active') return refused('wrong_step');
    if (!hasPlace(partner, { shop, terminal })) return refused('not_found');
    if (role !== 'owner' && isLastOwner(members, found)) return refused('last_owner');
    return {
      kind: 'acted',
      next: partner,
      deed: { kind: 'staff_changed', member: id, role, shop, terminal },
      by: byMember(actor),
      value: { ok: true },
    };
  });

/**
 * Ends a membership, the caller's own or one below it: its next call is a stranger's. Also a suspended partner's can be ended.
 * Refuses `not_permitted`, `not_found`, `wrong_step` before the partner is approved, `last_owner`.
 */
export const removeStaff = async (
  ports: StaffPorts,
  account: AccountKey,
  { member: id }: RemoveStaffRequest,
): Promise<Result<DoneReply>> => {
  const asked = await ports.loadMember(account);
  if (!asked) return refuse('not_permitted');
  return actOnPartner(ports, asked.partner, async (partner) => {
    const actor = await loadActor(ports, account, 'see');
    if (actor?.partner !== partner.id) return refused('not_permitted');
    const members = await ports.listMembers(partner.id);
    const found = members.find(({ member, state }) => member === id && state === 'active');
    const mayManage = actor.member === id || mayManageRole(actor.role, found?.role ?? 'clerk');
    if (!mayManage) return refused('not_permitted');
    if (!found) return refused('not_found');
    if (!isRegistered(partner)) return refused('wrong_step');
    if (isLastOwner(members, found)) return refused('last_owner');
    return {
      kind: 'acted',
      next: partner,
      deed: { kind: 'staff_removed', member: id },
      by: byMember(actor),
      value: { ok: true },
    };
  });
};
