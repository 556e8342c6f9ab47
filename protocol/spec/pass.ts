/**
 * Offline passes: names and figures of our own. Claim keys below −65536 are for private use (RFC 8392, section 9.1.1,
 * https://www.rfc-editor.org/rfc/rfc8392#section-9.1.1).
 */
export const passClaim = {
  /** Of a pass: tier and commitment to the claims about the person. */
  card: -65537,
  /** Of a showing: purpose, pass, and what is told of each claim. */
  shown: -65538,
  /** Of a request for passes: the keys that they are to be bound to. */
  keys: -65539,
} as const;

/** Begins the text of a shown pass, so that no scanner takes it for a code that the service redeems. */
export const PASS_PREFIX = 'P1:';

/** Length of a pass's id, in bytes. */
export const PASS_ID_LENGTH = 16;
/** Length of the name of the issuer's key: a hint which key to try, trusted for nothing. */
export const PASS_KID_LENGTH = 8;
/** Length of a claim's salt: who guesses a name or an age must guess 128 bits with it (RFC 9901, section 9.3). */
export const SALT_LENGTH = 16;
/**
 * Length of a claim's digest and of the commitment to all of them. SHA-256 cut to 128 bits: what must be hard is to find another
 * claim for a given digest, 2^128 tries. The 2^64 of a collision are of use to nobody but the issuer, who chooses what is hashed
 * and could as well sign two passes.
 */
export const DIGEST_LENGTH = 16;

/** How long a pass may live, in seconds: a card that is suspended dies offline within a day. */
export const PASS_LIFE_S = 24 * 60 * 60;
/**
 * Grain of a pass's times, in seconds: rounded down, so that a status is never told to be newer than it is, and so that ten passes that
 * were fetched together have their times in common with those of everybody who fetched then.
 */
export const PASS_TIME_GRAIN_S = 10 * 60;
/** How often the phone makes the shown text anew, in seconds. */
export const PASS_RENEWAL_S = 15;
/** How long a shown text is valid by the merchant's clock, in seconds. */
export const PASS_SHOWN_LIFE_S = 30;
/**
 * By how much the holder's and the merchant's clock may differ, in seconds. Each phone counts from the service's time as it last
 * heard it, a day ago at most on one side and a week on the other: a quartz that is wrong by 50 ppm loses 34 s in both together.
 */
export const PASS_CLOCK_TOLERANCE_S = 60;

/** How many passes are fetched at a time, at most. */
export const PASS_BATCH = 10;
