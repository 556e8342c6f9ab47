import type {
  AccountKey,
  EventId,
  IdentityKey,
  Instant,
  Look,
  PurposeId,
  SessionHandle,
  Verification,
} from '../../../protocol';
import type { KeepUsedKey } from '../institutions/idempotency';
import type { CheckRecord } from '../happening';
import type { CounterSession } from '../showing/counter-session';
import type { Happens } from './forced-outcomes';

/** What was forced for an ask, and when it happens: nothing has to run meanwhile, since whoever looks later finds that it has. */
export interface Forced {
  readonly happens: Happens;
  readonly chosenAt: Instant;
  readonly dueAt: Instant;
  /** Until when polls hear to slow down. */
  readonly slowUntil: Instant;
}

/** A check of a magic code. */
export interface SandboxCheck {
  readonly at: Instant;
  readonly check: CheckRecord;
  /** What its server was told; null once it hears it no more. */
  readonly told: Verification | null;
}

/** For how long a check can be read, and a consent serves, in milliseconds. */
export const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** A consent that a test person gave. */
export interface GivenConsent {
  readonly purpose: PurposeId;
  readonly until: Instant;
  readonly givenAt: Instant;
}

/** All that the sandbox keeps. It is of test persons alone. */
export interface SandboxStore {
  readonly putSession: (session: CounterSession) => Promise<void>;
  readonly findSession: (handle: SessionHandle) => Promise<CounterSession | null>;
  /** Forces an outcome where none was forced. @returns false where one was */
  readonly force: (session: SessionHandle, forced: Forced) => Promise<boolean>;
  /** Forces another outcome in its place, unless what it told was fetched. @returns false where that was, or none was forced */
  readonly overrule: (session: SessionHandle, forced: Forced) => Promise<boolean>;
  /** What was forced; `isFetched` once its answer was. */
  readonly findForced: (session: SessionHandle) => Promise<(Forced & { readonly isFetched: boolean }) | null>;
  readonly fetch: (session: SessionHandle, at: Instant) => Promise<void>;
  /** The session that a counter opened last. */
  readonly findSessionOf: (counter: AccountKey) => Promise<SessionHandle | null>;
  /** Has a check be the one of a session. @returns false where another one is */
  readonly redeemSession: (session: SessionHandle, check: EventId) => Promise<boolean>;
  /** The check of a session; null while there is none. */
  readonly redeemedBy: (session: SessionHandle) => Promise<EventId | null>;
  /** Keeps a check, and what was told for as long as a reply that was lost is told again. @returns false where there is a check of that id */
  readonly addCheck: (id: EventId, check: SandboxCheck) => Promise<boolean>;
  readonly findCheck: (id: EventId) => Promise<SandboxCheck | null>;
  /** @returns false where a look is there */
  readonly addLook: (id: EventId, look: Look, at: Instant) => Promise<boolean>;
  readonly findLook: (id: EventId) => Promise<Look | null>;
  /** Keeps a consent; of two to the same second, the first stays. */
  readonly addConsent: (person: IdentityKey, partner: string, consent: GivenConsent) => Promise<void>;
  readonly findConsent: (person: IdentityKey, partner: string, until: Instant) => Promise<GivenConsent | null>;
  readonly keepUsedKey: KeepUsedKey;
}
