import type { AccountKey, ApplyAsPartnerRequest, PartnerGrant, StaffRole } from '../../protocol';
import { applyAsPartner } from '../../cloudfunctions/_core/partners/apply';
import { approvePartner, type Warrant } from '../../cloudfunctions/_core/partners/decide-partner';
import { acceptInvitation, inviteStaff } from '../../cloudfunctions/_core/partners/invite';
import { saveShop } from '../../cloudfunctions/_core/partners/shops';
import { valueOf } from './enrolment-steps';
import type { AllPartnerPorts, PartnerWorld } from './partner-store';

/** The code of the standard's own example, and another that holds. */
export const creditCodes = ['91350100M000100Y43', '91110000802100433B'] as const;

/** The random id of an operator. */
export const partnerOperator = '0'.repeat(32);

let proposals = 0;
/** Two operators' decision, a new one each time. */
export const warrant = (): Warrant => {
  proposals += 1;
  return { operator: partnerOperator, proposal: proposals.toString(16).padStart(32, '0') };
};

export const wantedPickup = {
  purpose: 'parcel-pickup',
  claims: ['masked_name', 'masked_number'],
  why: 'parcels are handed out to who they are addressed to',
} as const;

export const application = (changes: Partial<ApplyAsPartnerRequest> = {}): ApplyAsPartnerRequest => ({
  action: 'applyAsPartner',
  names: { zh: '云栖路快递驿站', en: 'Yunqi Road Parcel Station' },
  creditCode: creditCodes[0],
  category: 'parcel',
  address: '杭州市云栖路218号',
  contactRole: 'manager',
  wanted: [{ ...wantedPickup, claims: [...wantedPickup.claims] }],
  ...changes,
});

export const pickupGrant: PartnerGrant = {
  purpose: 'parcel-pickup',
  claims: ['masked_name', 'masked_number'],
  perDay: 500,
};

/** An operator approves what a partner asks for at that moment. */
export const approve = (
  { ports, partners }: Pick<PartnerWorld, 'ports' | 'partners'>,
  partner: string,
  grants: readonly PartnerGrant[] = [pickupGrant],
): ReturnType<typeof approvePartner> => {
  const found = partners().find(({ id }) => id === partner);
  return approvePartner(ports, partnerOperator, partner, { askedAt: found?.application?.at ?? 0, grants });
};

/** An approved partner with one shop of two counters. @returns the ids of partner and shop */
export const registered = async (
  world: PartnerWorld,
  owner: AccountKey,
  changes: Partial<ApplyAsPartnerRequest> = {},
): Promise<{ readonly partner: string; readonly shop: string }> => {
  const { ports, members, partners } = world;
  valueOf(await applyAsPartner(ports, owner, application(changes)));
  const partner = members().find(({ account }) => account === owner)?.partner ?? '';
  valueOf(await approve(world, partner));
  const shop = { names: { zh: '云栖路店', en: 'Yunqi Road' }, address: '云栖路218号', terminals: ['1', '2'] };
  valueOf(await saveShop(ports, owner, { action: 'saveShop', ...shop }));
  const found = partners().find(({ id }) => id === partner);
  return { partner, shop: found && 'shops' in found ? (found.shops[0]?.id ?? '') : '' };
};

/** Invites and accepts. @returns the new membership's id */
export const joined = async (
  ports: AllPartnerPorts,
  by: AccountKey,
  account: AccountKey,
  role: StaffRole,
  shop: string,
): Promise<string> => {
  const invited = valueOf(await inviteStaff(ports, by, { action: 'inviteStaff', role, shop, terminal: '1' }));
  valueOf(await acceptInvitation(ports, account, { action: 'acceptInvitation', token: invited.token }));
  return invited.invitation;
};
