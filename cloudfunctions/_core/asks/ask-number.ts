import { instant } from '../../../protocol';
import type {
  AccountKey,
  CalendarDate,
  FindAskReply,
  FindAskRequest,
  Instant,
  OpenAskNumberReply,
  SessionHandle,
} from '../../../protocol';
import type { Now, RandomBytes } from '../ambient-ports';
import { statusOn } from '../card/identity';
import type { LoadIdentityOfAccount } from '../card/identity-ports';
import type { RateLimit, TakeTurn } from '../rate-limit';
import { drawNumber } from '../read-out-number';
import { done, refuse, type Result } from '../result';

/** A number by which a holder is asked, once. */
export interface AskNumber {
  /** Keyed hash of the number that the holder reads out. */
  readonly id: string;
  /** Whose phone made it: nobody else finds what was asked by it. */
  readonly account: AccountKey;
  readonly expiresAt: Instant;
  /** The session that asked by it; null while none has. */
  readonly session: SessionHandle | null;
}

/** The keyed hash under which a number lies: nine digits alone could be tried through. */
export type AskNumberIdOf = (number: string) => string;
/**
 * Stores a number as its account's only one: of several at once, the last to be written. One of another account's that is over by then is no
 * hindrance.
 * @returns false where the number is in use
 */
export type PutAskNumber = (number: AskNumber, at: Instant) => Promise<boolean>;
export type LoadAskNumber = (id: string) => Promise<AskNumber | null>;
/** Takes a number that nobody has taken for a session, in one conditional write. Whether there was one, nobody hears. */
export type TakeAskNumber = (id: string, session: SessionHandle, at: Instant) => Promise<void>;

/** How long a number serves, in milliseconds. */
export const ASK_NUMBER_LIFE_MS = 5 * 60 * 1000;
/** How many numbers an account may have in an hour. */
export const ASK_NUMBERS: RateLimit = { name: 'ask number', most: 20, windowMs: 60 * 60 * 1000 };
/** How often an account may look in a minute whether it was asked: four times as often as a phone does that shows a number. */
export const ASK_LOOKS: RateLimit = { name: 'ask looks', most: 120, windowMs: 60 * 1000 };
/** How often a number that is in use is drawn again. */
const DRAWS = 5;
const DIGITS = 9;

export interface OpenAskNumberPorts {
  readonly now: Now;
  readonly today: () => CalendarDate;
  readonly randomBytes: RandomBytes;
  readonly takeTurn: TakeTurn;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
  readonly askNumberIdOf: AskNumberIdOf;
  readonly putAskNumber: PutAskNumber;
}

/**
 * Gives the holder a number to read out to an institution, once, within five minutes; the number before it ends.
 * Refuses `not_found` where the caller has no card, `card_not_active`, `too_many_requests`, and `wrong_step` where the numbers that were
 * drawn were all in use.
 */
export const openAskNumber = async (
  ports: OpenAskNumberPorts,
  account: AccountKey,
): Promise<Result<OpenAskNumberReply>> => {
  const identity = await ports.loadIdentityOfAccount(account);
  if (!identity) return refuse('not_found');
  if (statusOn(identity.card, ports.today()) !== 'valid') return refuse('card_not_active');
  if (!(await ports.takeTurn(ASK_NUMBERS, { kind: 'account', account }))) return refuse('too_many_requests');
  const serverTime = ports.now();
  const expiresAt = instant(serverTime + ASK_NUMBER_LIFE_MS);
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const number = drawNumber(ports.randomBytes(8), DIGITS);
    const drawn = { id: ports.askNumberIdOf(number), account, expiresAt, session: null };
    if (await ports.putAskNumber(drawn, serverTime)) return done({ ok: true, number, serverTime, expiresAt });
  }
  return refuse('wrong_step');
};

/**
 * The session that asked by a number of the caller's own; null while none has, and for every number that is not the caller's. A number
 * that was named in its last moment is found after its end, too.
 * Refuses `too_many_requests`.
 */
export const findAsk = async (
  ports: {
    readonly askNumberIdOf: AskNumberIdOf;
    readonly loadAskNumber: LoadAskNumber;
    readonly takeTurn: TakeTurn;
  },
  account: AccountKey,
  { number }: FindAskRequest,
): Promise<Result<FindAskReply>> => {
  if (!(await ports.takeTurn(ASK_LOOKS, { kind: 'account', account }))) return refuse('too_many_requests');
  const found = await ports.loadAskNumber(ports.askNumberIdOf(number));
  const session = found?.account === account ? found.session : null;
  return done({ ok: true, session });
};
