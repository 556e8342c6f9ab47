import type { CountAliasMiss, LoadStaff, Staff } from '../../_core/showing/staff';
import type { AccountKey } from '../../../protocol';
import { countOf, database, only } from './app';

/** A member of staff as it lies in the collection `staff`, under the keyed hash of the account. */
export interface StaffDocument extends Omit<Staff, 'key' | 'aliasMisses'> {
  /** Absent until the first. */
  readonly aliasMisses?: Staff['aliasMisses'];
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
  const { partner, shop, terminal, role, grants, aliasMisses = { hour: 0, count: 0 } } = found;
  return { key: account, partner, shop, terminal, role, grants, aliasMisses };
};

/** Counts within the hour; the first of an hour begins anew. */
export const countAliasMiss: CountAliasMiss = async (account, hour) => {
  const records = database.collection('staff');
  const counted = (await records
    .where({ _id: account, 'aliasMisses.hour': hour })
    .update({ 'aliasMisses.count': database.command.inc(1) })) as { updated?: unknown };
  if (countOf(counted.updated) === 1) return;
  await records.where({ _id: account }).update({ aliasMisses: database.command.set({ hour, count: 1 }) });
};
