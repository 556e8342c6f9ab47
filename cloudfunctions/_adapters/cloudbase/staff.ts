import type { LoadStaff, Staff } from '../../_core/showing/staff';
import type { AccountKey } from '../../../protocol';
import { database, only } from './app';

/** A member of staff as it lies in the collection `staff`, under the keyed hash of the account. */
export interface StaffDocument extends Omit<Staff, 'key'> {
  readonly _id: AccountKey;
  readonly state: 'active' | 'suspended';
  /** The partner's own state, kept here as well: a check then reads one document of the terminal's. */
  readonly partnerState: 'active' | 'suspended';
}

/** The active staff record of an account, of a partner that is active. */
export const loadStaff: LoadStaff = async (account) => {
  const query = { _id: account, state: 'active', partnerState: 'active' };
  // Written by operators, and by the partner's own owner through the service.
  const found = only(await database.collection('staff').where(query).limit(1).get()) as StaffDocument | null;
  if (!found) return null;
  const { partner, shop, terminal, role, grants } = found;
  return { key: account, partner, shop, terminal, role, grants };
};
