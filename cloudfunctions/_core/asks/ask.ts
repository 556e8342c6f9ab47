import type {
  CardId,
  ErrorCode,
  IdentityKey,
  Instant,
  SessionHandle,
  Tier,
  VerificationAnswer,
} from '../../../protocol';

/**
 * What a counter's session carries where an institution's server asks a holder and no scanner waits: the holder's phone itself hands the
 * code in. Its session's `shop` is the client id, and its `verifier` a key of this ask alone.
 */
export interface Ask {
  /** Where the holder is met: by a number that was read out, by a code that a teller's screen shows, or on a page in a browser. */
  readonly way: 'number' | 'scan' | 'browser';
  /** The least tier that is accepted. */
  readonly tier: Tier;
  readonly bindingMessage: string;
  /** What a presentation is to be bound to; null where none is asked for. */
  readonly presentationNonce: string | null;
  readonly expiresAt: Instant;
  /** Whether the holder has begun to decline it: no showing is opened for it any more. */
  readonly isBeingDeclined: boolean;
  /** What the holder said; null while nothing. What was told lies sealed beside it. */
  readonly outcome: { readonly kind: 'answered' | 'declined'; readonly at: Instant } | null;
}

/** What a holder's consent released, until the institution has fetched it. */
export interface Release {
  readonly identity: IdentityKey;
  /** The card that it tells of: a card made later, after a deletion too, is another's to tell of. */
  readonly card: CardId;
  readonly answer: VerificationAnswer;
  /** SD-JWT VC with key binding, checked; null where none was asked for. */
  readonly presentation: string | null;
}

/** Where an ask stands, as the institution's provider reads it. */
export type AskStanding =
  | { readonly kind: 'waiting'; readonly isClaimed: boolean }
  | { readonly kind: 'answered'; readonly release: Release; readonly at: Instant }
  | { readonly kind: 'declined' }
  /** Policy speaks against it: the card's tier or state, a missing finger. */
  | { readonly kind: 'hindered'; readonly reason: ErrorCode }
  /** Its time is over, what it released was fetched, or there is none. */
  | { readonly kind: 'over' };

/**
 * Keeps what was released, sealed, and that it was answered; in one conditional write.
 * @returns false where it was answered or declined, something hindered it, or it was over then
 */
export type AnswerSession = (session: SessionHandle, release: Release, at: Instant) => Promise<boolean>;
/** Writes down that the holder has begun to decline, where they have said nothing yet. */
export type BeginDecline = (session: SessionHandle, at: Instant) => Promise<void>;
/** Writes down that the holder declined; in one conditional write. @returns false where it was answered, declined or is over */
export type DeclineSession = (session: SessionHandle, at: Instant) => Promise<boolean>;
/** What an ask released; null where nothing, or no more. */
export type LoadRelease = (session: SessionHandle) => Promise<Release | null>;
/** Destroys what an ask released. */
export type EraseRelease = (session: SessionHandle) => Promise<void>;

/** How long an ask waits for its holder, in milliseconds, where the institution names no shorter time. */
export const ASK_LIFE_MS = 5 * 60 * 1000;

/**
 * How long after an ask's end an answer may still be written whose code was redeemed before it, in milliseconds: as long as a call of the function
 * `verifier` lives.
 */
export const ANSWER_GRACE_MS = 20 * 1000;
/**
 * For how long after its end an ask that somebody claimed waits for such an answer, in milliseconds: five seconds more, for the write itself. The
 * provider keeps its request for half a minute, so that a client that polls every five seconds hears how it ended.
 */
export const SETTLE_MS = 25 * 1000;
