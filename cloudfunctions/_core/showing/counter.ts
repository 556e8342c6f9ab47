import {
  base64urlEncode,
  createCounterCode,
  instant,
  purposeTable,
  servesWhileLimited,
  sessionHandle,
  type AccountKey,
  type AskTold,
  type CalendarDate,
  type ClaimCounterReply,
  type ClaimCounterRequest,
  type Instant,
  type OpenCounterReply,
  type OpenCounterRequest,
  type ReadCounterReply,
  type ReadCounterRequest,
  type Refusal,
} from '../../../protocol';
import type { Now, RandomBytes } from '../ambient-ports';
import { isLimited, statusOn, type Identity } from '../card/identity';
import type { LoadIdentityOfAccount } from '../card/identity-ports';
import { done, refuse, type Result } from '../result';
import { isRedeemedFor } from './answer';
import {
  CONSENT_LIFE_MS,
  isAsk,
  isAskOpen,
  isTierAccepted,
  SESSION_LIFE_MS,
  type AskSession,
  type ClaimSession,
  type CounterSession,
  type CreateSession,
  type HinderSession,
  type LoadSession,
} from './counter-session';
import type { LoadPartners } from './partner';
import { grantedClaims, type LoadStaff, type Staff } from './staff';

export interface OpenCounterPorts {
  readonly now: Now;
  readonly randomBytes: RandomBytes;
  readonly loadStaff: LoadStaff;
  readonly createSession: CreateSession;
}

/**
 * Opens a session of the caller's terminal for a purpose, and gives the text of the code that the counter shows.
 * Refuses `not_permitted`, `purpose_not_registered`, `claims_not_granted`.
 */
export const openCounter = async (
  ports: OpenCounterPorts,
  account: AccountKey,
  request: OpenCounterRequest,
): Promise<Result<OpenCounterReply>> => {
  const staff = await ports.loadStaff(account);
  return staff ? openCounterOf(ports, staff, request) : refuse('not_permitted');
};

/** The same for a verifier who is known. */
export const openCounterOf = async (
  ports: Omit<OpenCounterPorts, 'loadStaff'>,
  staff: Staff,
  { purpose, claims }: Pick<OpenCounterRequest, 'purpose' | 'claims'>,
): Promise<Result<OpenCounterReply>> => {
  const granted = grantedClaims(staff, purpose, claims);
  if (!granted.ok) return granted;
  const handle = sessionHandle(base64urlEncode(ports.randomBytes(16)));
  const openedAt = ports.now();
  const expiresAt = instant(openedAt + SESSION_LIFE_MS);
  const { partner, shop, terminal, key } = staff;
  const place = { partner, shop, terminal, verifier: key };
  const offer = { handle, purpose, claims: granted.value, openedAt, expiresAt };
  await ports.createSession({ ...offer, ...place, claimedBy: null, hindrance: null, ask: null });
  return done({ ok: true, session: handle, code: createCounterCode(handle), serverTime: openedAt, expiresAt });
};

/**
 * What became of the caller's own session: nobody has scanned, somebody has, or somebody cannot go on, and why.
 * Refuses `not_found` for a session that is none of this terminal's.
 */
export const readCounter = async (
  ports: { readonly now: Now; readonly loadSession: LoadSession },
  account: AccountKey,
  request: ReadCounterRequest,
): Promise<Result<ReadCounterReply>> => {
  const session = await ports.loadSession(sessionHandle(request.session));
  return session?.verifier === account ? done(sessionStanding(session, ports.now())) : refuse('not_found');
};

/** What its opener is told of a session. */
export const sessionStanding = (
  { hindrance, claimedBy, expiresAt }: CounterSession,
  now: Instant,
): ReadCounterReply => {
  if (hindrance) return { ok: true, state: 'hindered', reason: hindrance };
  if (claimedBy) return { ok: true, state: 'claimed' };
  return { ok: true, state: expiresAt <= now ? 'over' : 'open' };
};

export interface ClaimCounterPorts {
  readonly now: Now;
  readonly today: () => CalendarDate;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
  readonly loadSession: LoadSession;
  readonly claimSession: ClaimSession;
  readonly hinderSession: HinderSession;
  readonly loadPartners: LoadPartners;
}

/** What keeps this card from serving the session. */
const hindranceOf = (ports: ClaimCounterPorts, { card, stepUp }: Identity, session: CounterSession): Refusal | null => {
  const { purpose } = session;
  if (statusOn(card, ports.today()) !== 'valid') return { code: 'card_not_active' };
  if (!isTierAccepted(card.tier, session)) return { code: 'tier_too_low' };
  if (isLimited(card, ports.now()) && !servesWhileLimited(purpose)) {
    return { code: 'card_limited', until: card.limitedUntil };
  }
  const lacksFinger = purposeTable[purpose].stepUp.includes('fingerprint') && !stepUp.fingerprint;
  return lacksFinger ? { code: 'fingerprint_not_bound' } : null;
};

/** Until when whoever claimed an ask can consent, or who claims it now. */
const consentEnd = ({ ask, claimedBy }: AskSession, now: Instant): Instant =>
  instant(Math.min(ask.expiresAt, (claimedBy?.at ?? now) + CONSENT_LIFE_MS));

/** What the holder is told of an ask, beside what any counter asks. */
const askTold = (session: AskSession, serverTime: Instant): AskTold => {
  const { purpose, shop: audience, ask } = session;
  const { bindingMessage, tier, presentationNonce: nonce } = ask;
  const presentation = nonce === null ? null : { nonce, audience };
  const { consentDays } = purposeTable[purpose];
  return { bindingMessage, tier, presentation, consentDays, serverTime, expiresAt: consentEnd(session, serverTime) };
};

/** Whether the session is this identity's: it was first, with this call or with one that it made before or at the same time. */
const isClaimed = async (
  ports: ClaimCounterPorts,
  session: CounterSession,
  claim: NonNullable<CounterSession['claimedBy']>,
): Promise<boolean> => {
  if (session.claimedBy) return session.claimedBy.identity === claim.identity;
  if (await ports.claimSession(session, claim)) return true;
  return (await ports.loadSession(session.handle))?.claimedBy?.identity === claim.identity;
};

/**
 * Claims the counter's session for the caller, who was first to scan its code, and tells who asks, for what, and which claims: all by
 * the service's own record, nothing by the code.
 * Refuses `not_found` where the caller has no card, `session_over`, `session_taken`, `ask_over` for an ask that the caller has answered or
 * declined or that is over, and what hinders this card (`card_not_active`, `tier_too_low`, `card_limited`, `fingerprint_not_bound`), which
 * the counter is told as well.
 */
export const claimCounter = async (
  ports: ClaimCounterPorts,
  account: AccountKey,
  request: ClaimCounterRequest,
): Promise<Result<ClaimCounterReply>> => {
  const identity = await ports.loadIdentityOfAccount(account);
  if (!identity) return refuse('not_found');
  const session = await ports.loadSession(sessionHandle(request.session));
  // No session and a session that is over look the same: a handle is nothing to guess at.
  if (!session) return refuse('session_over');
  const at = ports.now();
  if (session.claimedBy === null && session.expiresAt <= at) return refuse('session_over');
  if (!(await isClaimed(ports, session, { identity: identity.key, at }))) return refuse('session_taken');

  const { ask } = session;
  if (ask && (ask.outcome || ask.expiresAt <= at)) return refuse('ask_over');
  const hindrance = hindranceOf(ports, identity, session);
  if (hindrance) {
    // What was redeemed before is being told: nothing hinders it.
    if (!isRedeemedFor(identity, session.handle)) await ports.hinderSession(session, hindrance.code);
    return { ok: false, error: hindrance };
  }
  if (isAsk(session) && (!isAskOpen(session, at) || consentEnd(session, at) <= at)) return refuse('ask_over');
  const partner = (await ports.loadPartners([session.partner])).get(session.partner);
  if (partner?.state !== 'active') return refuse('session_over');
  const { purpose, claims, terminal } = session;
  const { stepUp, look } = purposeTable[purpose];
  return done({
    ok: true,
    partner: partner.names,
    terminal,
    purpose,
    claims: [...claims],
    // Nobody stands before a server that asks.
    portrait: look && session.ask === null,
    stepUp: [...stepUp],
    ...(isAsk(session) && { ask: askTold(session, at) }),
  });
};
