/** Why a code was not accepted: the service's own words, finer than what a verifier hears. */
export const codeFaults = [
  'malformed',
  'unknown_showing',
  'unknown_alias',
  'showing_not_open',
  'bad_signature',
  'from_future',
  'stale',
  'showing_over',
  'already_redeemed',
  'other_purpose',
  'other_terminal',
  'tier_too_low',
  'counter_needed',
  'card_suspended',
  'card_revoked',
  'card_expired',
] as const;

/** One such reason. */
export type CodeFault = (typeof codeFaults)[number];
