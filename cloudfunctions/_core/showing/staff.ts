import type { AccountKey, DisclosableClaim, Grant, PurposeId, StaffRole } from '../../../protocol';
import { refuse, type Result } from '../result';
import type { Place } from '../happening';

/** A member of an active partner's staff at a terminal, and what the partner is registered for. */
export interface Staff extends Place {
  readonly key: AccountKey;
  readonly role: StaffRole;
  readonly grants: readonly Grant[];
  /** Purposes whose checks are used up for today. */
  readonly quotaUsed: readonly PurposeId[];
}

/** The active staff record of that account, of a partner that is active: one read tells both. */
export type LoadStaff = (account: AccountKey) => Promise<Staff | null>;

/**
 * The claims that a terminal or a server may be told for a purpose: those that it asks for, or all that it is registered for.
 * Refuses `purpose_not_registered`, `quota_used`, and `claims_not_granted` where it asks for more than its registration.
 */
export const grantedClaims = (
  staff: Pick<Staff, 'grants' | 'quotaUsed'>,
  purpose: PurposeId,
  asked: readonly DisclosableClaim[] | undefined,
): Result<readonly DisclosableClaim[]> => {
  const grant = staff.grants.find((one) => one.purpose === purpose);
  if (!grant) return refuse('purpose_not_registered');
  if (staff.quotaUsed.includes(purpose)) return refuse('quota_used');
  if (!asked) return { ok: true, value: grant.claims };
  return asked.every((claim) => grant.claims.includes(claim))
    ? { ok: true, value: grant.claims.filter((claim) => asked.includes(claim)) }
    : refuse('claims_not_granted');
};
