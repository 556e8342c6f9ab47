import type { Instant } from '../ids';

/** A phone makes a new code this often, in seconds: half of a code's life, so that what is on the screen can always be scanned. */
export const CODE_RENEWAL_S = 15;
/** How long a code is valid, in seconds: time to hold up, scan and send it; a photograph of it is worth little longer. */
export const CODE_LIFE_S = 30;
/**
 * How far ahead of the service's clock a code may be made, in seconds: the phone counts from the service's own time, so only its
 * rounding and its drift within one showing are to be forgiven.
 */
export const CODE_FUTURE_TOLERANCE_S = 2;

/** Whether what a phone made by the service's clock can still be taken; `stale` is over its life, `from_future` made ahead of time. */
export type Freshness = 'fresh' | 'stale' | 'from_future';

/**
 * Freshness of a code.
 * @param issuedAt the code's `iat`, in seconds
 * @param now the server's clock, in milliseconds
 * @param lifeS how long it is taken, in seconds
 */
export const freshnessOf = (issuedAt: number, now: Instant, lifeS = CODE_LIFE_S): Freshness => {
  const age = now / 1000 - issuedAt;
  if (age < -CODE_FUTURE_TOLERANCE_S) return 'from_future';
  return age < lifeS ? 'fresh' : 'stale';
};
