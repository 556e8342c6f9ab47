import type { AccountKey, DisclosableClaim, Grant, PurposeId, StaffRole } from '../../../protocol';
import { refuse, type Result } from '../result';
import type { Place } from '../happening';

/** A member of an active partner's staff at a terminal, and what the partner is registered for. */
export interface Staff extends Place {
  readonly key: AccountKey;
  readonly role: StaffRole;
  readonly grants: readonly Grant[];
  /** Numbers of this terminal that stood for nothing, in the hour of the last one. */
  readonly aliasMisses: { readonly hour: number; readonly count: number };
}

/** How many numbers a terminal may get wrong in an hour: whoever guesses finds one in 10¹⁶ live ones, and is stopped long before. */
export const ALIAS_MISSES_AN_HOUR = 20;

/** Counts a number that stood for nothing against its terminal. @param hour whole hours since 1970 */
export type CountAliasMiss = (key: AccountKey, hour: number) => Promise<void>;

/** The active staff record of that account, of a partner that is active: one read tells both. */
export type LoadStaff = (account: AccountKey) => Promise<Staff | null>;

/**
 * The claims that a terminal may be told for a purpose: those that it asks for, or all that it is registered for.
 * Refuses `purpose_not_registered`, and `claims_not_granted` where it asks for more than its registration.
 */
export const grantedClaims = (
  staff: Staff,
  purpose: PurposeId,
  asked: readonly DisclosableClaim[] | undefined,
): Result<readonly DisclosableClaim[]> => {
  const grant = staff.grants.find((one) => one.purpose === purpose);
  if (!grant) return refuse('purpose_not_registered');
  if (!asked) return { ok: true, value: grant.claims };
  return asked.every((claim) => grant.claims.includes(claim))
    ? { ok: true, value: grant.claims.filter((claim) => asked.includes(claim)) }
    : refuse('claims_not_granted');
};
