import type {
  AccountKey,
  DisclosableClaim,
  ErrorCode,
  IdentityKey,
  Instant,
  PurposeId,
  SessionHandle,
} from '../../../protocol';
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
}

export type CreateSession = (created: CounterSession) => Promise<void>;
export type LoadSession = (handle: SessionHandle) => Promise<CounterSession | null>;

/** Claims a session that nobody has claimed, in one conditional write. @returns false where somebody was first */
export type ClaimSession = (
  session: CounterSession,
  claimedBy: NonNullable<CounterSession['claimedBy']>,
) => Promise<boolean>;

/** Writes down what hinders the holder who claimed it. */
export type HinderSession = (session: CounterSession, hindrance: ErrorCode) => Promise<void>;
