import {
  hex,
  type AccountKey,
  type CloseShopRequest,
  type DoneReply,
  type PartnerShop,
  type SaveShopRequest,
} from '../../../protocol';
import type { Result } from '../result';
import { actAsMember, byMember, refused } from './act-on-partner';
import { SHOPS_MAX, type Invitation, type Member } from './partner';
import type { StaffPorts } from './partner-ports';

/** Whether somebody works there, or is invited to: at that terminal, or anywhere in the shop. */
const isTaken = async (ports: StaffPorts, partner: string, shop: string, left: readonly string[]): Promise<boolean> => {
  const at = ports.now();
  const isThere = (place: { readonly shop: string; readonly terminal: string } | null): boolean =>
    place?.shop === shop && !left.includes(place.terminal);
  const members: readonly Member[] = await ports.listMembers(partner);
  const invitations: readonly Invitation[] = await ports.listInvitations(partner);
  return (
    members.some(({ place }) => isThere(place)) ||
    invitations.some((invitation) => invitation.expiresAt > at && isThere(invitation))
  );
};

/**
 * Opens a shop, or changes its names, address and terminals.
 * Refuses `not_permitted`, `wrong_step` for a partner that is not active or has too many shops, `not_found`, and `place_taken`
 * where somebody works at a terminal that is left out.
 */
export const saveShop = (
  ports: StaffPorts,
  account: AccountKey,
  { shop, names, address, terminals }: SaveShopRequest,
): Promise<Result<DoneReply>> =>
  actAsMember(ports, account, 'manageShops', async (partner, member) => {
    if (partner.state !== 'active') return refused('wrong_step');
    const id = shop ?? hex(ports.randomBytes(16));
    const present = partner.shops.find((one) => one.id === id);
    if (shop !== undefined && !present) return refused('not_found');
    if (!present && partner.shops.length >= SHOPS_MAX) return refused('wrong_step');
    if (present && (await isTaken(ports, partner.id, id, terminals))) return refused('place_taken');
    const saved: PartnerShop = { id, names, address, terminals: [...new Set(terminals)] };
    const shops = present ? partner.shops.map((one) => (one.id === id ? saved : one)) : [...partner.shops, saved];
    return {
      kind: 'acted',
      next: { ...partner, shops },
      deed: { kind: 'shop_saved', shop: id },
      by: byMember(member),
      value: { ok: true },
    };
  });

/** Closes a shop where nobody works. Refuses `not_permitted`, `wrong_step`, `not_found`, `place_taken`. */
export const closeShop = (
  ports: StaffPorts,
  account: AccountKey,
  { shop }: CloseShopRequest,
): Promise<Result<DoneReply>> =>
  actAsMember(ports, account, 'manageShops', async (partner, member) => {
    if (partner.state !== 'active') return refused('wrong_step');
    if (!partner.shops.some(({ id }) => id === shop)) return refused('not_found');
    if (await isTaken(ports, partner.id, shop, [])) return refused('place_taken');
    return {
      kind: 'acted',
      next: { ...partner, shops: partner.shops.filter(({ id }) => id !== shop) },
      deed: { kind: 'shop_closed', shop },
      by: byMember(member),
      value: { ok: true },
    };
  });
