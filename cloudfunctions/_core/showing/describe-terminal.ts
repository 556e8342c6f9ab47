import type { AccountKey, DescribeTerminalReply } from '../../../protocol';
import { done, refuse, type Result } from '../result';
import type { LoadPartners } from './partner';
import type { LoadStaff } from './staff';

export interface DescribeTerminalPorts {
  readonly loadStaff: LoadStaff;
  readonly loadPartners: LoadPartners;
}

/**
 * Where the caller works: their shop, terminal and registered purposes. Refuses `not_permitted` for who is no staff of an active
 * partner, and `purpose_not_registered` where the partner is registered for none.
 */
export const describeTerminal = async (
  ports: DescribeTerminalPorts,
  account: AccountKey,
): Promise<Result<DescribeTerminalReply>> => {
  const staff = await ports.loadStaff(account);
  if (!staff) return refuse('not_permitted');
  const partner = (await ports.loadPartners([staff.partner])).get(staff.partner);
  if (partner?.state !== 'active') return refuse('not_permitted');
  if (staff.grants.length === 0) return refuse('purpose_not_registered');
  const { shop, terminal, role } = staff;
  const grants = staff.grants.map(({ purpose, claims }) => ({ purpose, claims: [...claims] }));
  return done({ ok: true, partner: partner.names, shop, terminal, role, grants });
};
