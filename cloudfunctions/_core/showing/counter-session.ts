import { isTierEnough } from '../../../protocol';
import type {
  AccountKey,
  DisclosableClaim,
  ErrorCode,
  IdentityKey,
  Instant,
  PurposeId,
  SessionHandle,
  Tier,
} from '../../../protocol';
import type { Ask } from '../asks/ask';
import type { Place } from '../happening';

/** How long a counter's code waits for a holder, in milliseconds. */
export const SESSION_LIFE_MS = 60 * 1000;
/** How long the holder who scanned it may take to consent, in milliseconds. */
export const CONSENT_LIFE_MS = 3 * 60 * 1000;

/** A terminal's offer to check a card: what for, and what is to be told. The counter's code holds its handle and nothing else. */
export interface CounterSession extends Place {
  readonly handle: SessionHandle;
  readonly verifier: AccountKey;
  readonly purpose: PurposeId;
  readonly claims: readonly DisclosableClaim[];
  readonly openedAt: Instant;
  readonly expiresAt: Instant;
  /** Who scanned first; nobody else can then. */
  readonly claimedBy: { readonly identity: IdentityKey; readonly at: Instant } | null;
  /** Why the holder who scanned cannot go on, so that the counter can say what is missing. */
  readonly hindrance: ErrorCode | null;
  /** There where an institution's server asks and no scanner waits; null for a counter's own. */
  readonly ask: Ask | null;
}

/** A session by which an institution's server asks a holder. */
export type AskSession = CounterSession & { readonly ask: Ask };

export const isAsk = (session: CounterSession): session is AskSession => session.ask !== null;

/**
 * Whether the holder who claimed an ask can still answer or decline it. What hindered them was told to the institution, whose server has
 * gone on since: whoever puts it right is asked anew.
 */
export const isAskOpen = ({ ask, hindrance }: AskSession, at: Instant): boolean =>
  ask.outcome === null && hindrance === null && at < ask.expiresAt;

/** Whether a showing may be opened for an ask: not once its holder has begun to decline it. */
export const takesConsent = (session: AskSession, at: Instant): boolean =>
  isAskOpen(session, at) && !session.ask.isBeingDeclined;

/** Whether a card of that tier serves a session: an ask may want more than its purpose does. */
export const isTierAccepted = (tier: Tier, { purpose, ask }: Pick<CounterSession, 'purpose' | 'ask'>): boolean =>
  isTierEnough(tier, purpose) && (ask?.tier !== 'full' || tier === 'full');

export type CreateSession = (created: CounterSession) => Promise<void>;
export type LoadSession = (handle: SessionHandle) => Promise<CounterSession | null>;

/** Claims a session that nobody has claimed, in one conditional write. @returns false where somebody was first */
export type ClaimSession = (
  session: CounterSession,
  claimedBy: NonNullable<CounterSession['claimedBy']>,
) => Promise<boolean>;

/** Writes down what hinders the holder who claimed it, unless it is an ask that they have answered or declined. */
export type HinderSession = (session: CounterSession, hindrance: ErrorCode) => Promise<void>;
