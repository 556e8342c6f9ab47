import { instant, KILL_CODE_GRACE_DAYS, LIMITED_MS, type Instant, type KillCodeKey } from '../../../protocol';

/** A code that stops a card without phone and login, as a keyed hash. */
export interface KeptKillCode {
  readonly key: KillCodeKey;
  readonly madeAt: Instant;
  /** Until when it works, once another one has replaced it or the card has moved; null before. */
  readonly until: Instant | null;
}

/** The codes of a card, newest first: none but the first can be one that was not replaced. */
export type KillCodes = readonly KeptKillCode[];

/** How long a code goes on working once it is replaced. */
const GRACE_MS = KILL_CODE_GRACE_DAYS * 24 * 60 * 60 * 1000;
/** How many codes that were replaced go on working at once: while there are so many, no further one is made. */
const MOST_REPLACED = 2;

const isGood = ({ until }: KeptKillCode, at: Instant): boolean => until === null || until > at;

/** The code that works until another one replaces it, or null. */
export const presentCode = ([newest]: KillCodes): KeptKillCode | null => (newest?.until === null ? newest : null);

/** Whether one of the codes that still work is this. */
export const stopsBy = (codes: KillCodes, key: KillCodeKey, at: Instant): boolean =>
  codes.some((code) => code.key === key && isGood(code, at));

/** From when a new code may be made; null where it may at once. No code that still works is ever dropped for a new one. */
export const nextCodeFrom = (codes: KillCodes, at: Instant): Instant | null => {
  const ends = codes.flatMap(({ until }) => (until !== null && until > at ? [until] : []));
  return ends.length < MOST_REPLACED ? null : instant(Math.min(...ends));
};

/** The codes with a new one before them; those that are over are left out. */
export const withNewCode = (codes: KillCodes, key: KillCodeKey, at: Instant): KillCodes => [
  { key, madeAt: at, until: null },
  ...codes
    .filter((code) => isGood(code, at))
    .map((code) => (code.until === null ? { ...code, until: instant(at + GRACE_MS) } : code)),
];

/**
 * The codes of a card that has moved to another phone: they work until that move's day is over. It is the brake of whoever did not move
 * the card, and then nothing, since whoever had the phone before may know them.
 */
export const afterMove = (codes: KillCodes, movedAt: Instant): KillCodes =>
  codes
    .filter((code) => isGood(code, movedAt))
    .map((code) => ({ ...code, until: instant(Math.min(code.until ?? Infinity, movedAt + LIMITED_MS)) }));
