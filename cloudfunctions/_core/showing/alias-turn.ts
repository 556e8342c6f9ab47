import type { AccountKey, Instant } from '../../../protocol';
import type { Now } from '../ambient-ports';
import type { Found, Scanned } from './scanned';

/**
 * How many numbers a terminal may get wrong in a minute. A number is one of 10¹⁶; while 100,000 live at once, a terminal that guesses
 * without a pause finds one of them with a chance of 1200 · 10⁵ / 10¹⁶ ≈ 10⁻⁸ in an hour: a thousand such terminals, one in ten years.
 * It is a minute and not an hour, since a customer who has numbers mistyped on purpose is not to keep a shop from its till.
 */
export const ALIAS_MISSES_A_MINUTE = 20;

/**
 * Takes a terminal's turn at looking a number up, in conditional writes: of those taken in a minute and not given back there are never
 * more than `most`. A minute that has begun never ends for an earlier one, which takes its turns of it.
 * @param minute whole minutes since 1970
 * @returns false where there is none left
 */
export type TakeAliasTurn = (key: AccountKey, minute: number, most: number) => Promise<boolean>;

/** Gives a turn of that minute back; once the next minute has begun there is nothing to give back to. */
export type ReturnAliasTurn = (key: AccountKey, minute: number) => Promise<void>;

export interface AliasTurnPorts {
  readonly now: Now;
  readonly takeAliasTurn: TakeAliasTurn;
  readonly returnAliasTurn: ReturnAliasTurn;
}

const minuteOf = (now: Instant): number => Math.floor(now / 60_000);

/**
 * Looks up what was scanned. A number is looked up in a turn of its terminal's, taken before, so that guesses at the same time are counted
 * as those in a row; it is given back where the number stands for a showing, so that wrong ones alone use turns up. Nobody guesses at a
 * code's handle of 128 bits, and it takes no turn.
 * @param key the terminal's
 * @returns 'locked' where the terminal is not heard with numbers for the rest of the minute
 */
export const lookUp = async (
  ports: AliasTurnPorts,
  key: AccountKey,
  scanned: Scanned,
): Promise<Found | 'locked' | null> => {
  if (scanned.kind === 'code') return scanned.find();
  const minute = minuteOf(ports.now());
  if (!(await ports.takeAliasTurn(key, minute, ALIAS_MISSES_A_MINUTE))) return 'locked';
  const found = await scanned.find();
  if (found && found.showing.state !== 'prepared') await ports.returnAliasTurn(key, minute);
  return found;
};
