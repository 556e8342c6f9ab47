import type { LoadStaff, Staff } from '../../_core/showing/staff';
import type { AccountKey } from '../../../protocol';
import { database, only } from './app';

/** A member of staff as it lies in the collection `staff`, under the keyed hash of the account. */
export interface StaffDocument extends Omit<Staff, 'key'> {
  readonly _id: AccountKey;
  readonly state: 'active' | 'suspended';
}

/** The active staff record of an account. */
export const loadStaff: LoadStaff = async (account) => {
  const query = { _id: account, state: 'active' };
  // Written by the issuer's operators alone.
  const found = only(await database.collection('staff').where(query).limit(1).get()) as StaffDocument | null;
  return found && { key: account, partner: found.partner, terminal: found.terminal, purposes: found.purposes };
};
