import { base64Encode, instant, isTierEnough, parseCode, purposeTable } from '../../../protocol';
import type {
  AccountKey,
  CalendarDate,
  CodeFault,
  DisclosableClaim,
  ErrorCode,
  Instant,
  ParsedCode,
  PublicKey,
  RedeemCodeReply,
  RedeemCodeRequest,
  VerifySignature,
} from '../../../protocol';
import type { Log, Now, RandomBytes } from '../ambient-ports';
import { appendOutbox, nextRevisionOf, withEvent, type ChangeIdentityPorts } from '../card/change-identity';
import {
  REPEAT_MS,
  statusOn,
  type Identity,
  type OpenShowing,
  type RedeemedShowing,
  type Showing,
} from '../card/identity';
import type { LoadIdentityByShowing } from '../card/identity-ports';
import type { CheckRecord } from '../happening';
import { done, refuse, type Result } from '../result';
import { disclose } from './disclose';
import { recordRefusal } from './record-refusal';
import { grantedClaims, type LoadStaff, type Staff } from './staff';

export interface RedeemCodePorts extends ChangeIdentityPorts {
  readonly now: Now;
  readonly today: () => CalendarDate;
  readonly log: Log;
  readonly randomBytes: RandomBytes;
  readonly verifySignature: VerifySignature;
  /** A key that signs nothing: an unknown showing costs as much time as a known one. */
  readonly decoyKey: PublicKey;
  readonly loadStaff: LoadStaff;
  readonly loadIdentityByShowing: LoadIdentityByShowing;
}

/** What the verifier hears of each fault. Whoever holds no code of ours learns only that it is none. */
const heard = {
  malformed: 'code_not_recognised',
  unknown_showing: 'code_not_recognised',
  showing_not_open: 'code_not_recognised',
  bad_signature: 'code_not_recognised',
  from_future: 'code_expired',
  stale: 'code_expired',
  showing_over: 'code_expired',
  already_redeemed: 'code_already_used',
  other_purpose: 'purpose_mismatch',
  other_terminal: 'other_terminal',
  tier_too_low: 'tier_too_low',
  counter_needed: 'counter_needed',
  card_suspended: 'suspended',
  card_revoked: 'revoked',
  card_expired: 'expired',
} as const satisfies Record<CodeFault, ErrorCode>;

const faulty = (ports: RedeemCodePorts, reason: CodeFault): ReturnType<typeof refuse> => {
  ports.log({ event: 'CODE_REFUSED', reason });
  return refuse(heard[reason]);
};

/** The showing of an identity that a code names: the present one, or the redeemed one before it. */
const showingOf = (identity: Identity, code: ParsedCode): Showing | null =>
  [identity.showing, identity.lastShowing].find((showing) => showing?.handle === code.handle) ?? null;

/** Answers from the redeemed showing alone, so that a repeated request hears the same again. */
const answerOf = (identity: Identity, showing: RedeemedShowing): RedeemCodeReply => ({
  ok: true,
  answer: {
    eventId: showing.eventId,
    purpose: showing.purpose,
    mode: showing.counter ? 'bound' : 'shown',
    tier: identity.card.tier,
    stepUp: [...showing.stepUp],
    facts: {
      signatureValidAt: showing.redeemedAt,
      codeMadeAt: showing.codeMadeAt,
      redeemedAt: showing.redeemedAt,
      status: 'valid',
      statusAsOf: showing.redeemedAt,
    },
    claims: disclose(identity.person, showing.claims, showing.redeemedOn),
    portrait: purposeTable[showing.purpose].look ? base64Encode(identity.person.portrait) : null,
    matchMark: showing.matchMark,
  },
});

const isRepetition = (showing: RedeemedShowing, staff: Staff, request: RedeemCodeRequest, now: Instant): boolean =>
  showing.verifier === staff.key && showing.requestId === request.requestId && showing.redeemedAt + REPEAT_MS > now;

/** Whatever speaks against redeeming an open showing now; a fault consumes nothing. */
const faultOf = (
  ports: RedeemCodePorts,
  { card }: Identity,
  showing: OpenShowing,
  code: ParsedCode,
  { staff, request }: Asked,
): CodeFault | null => {
  const now = ports.now();
  if (showing.expiresAt <= now) return 'showing_over';
  const freshness = code.freshnessAt(now);
  if (freshness !== 'fresh') return freshness;
  if (showing.counter && showing.counter.verifier !== staff.key) return 'other_terminal';
  if (showing.purpose !== request.purpose) return 'other_purpose';
  if (!showing.counter && !purposeTable[showing.purpose].modes.includes('shown')) return 'counter_needed';
  const status = statusOn(card, ports.today());
  if (status !== 'valid') return `card_${status}`;
  return isTierEnough(card.tier, showing.purpose) ? null : 'tier_too_low';
};

interface Asked {
  readonly staff: Staff;
  readonly request: RedeemCodeRequest;
  /** What the terminal may be told of those claims that it asks for. */
  readonly claims: readonly DisclosableClaim[];
}

/** The identity with its showing redeemed, and the event that says so. */
const redeemed = (
  ports: RedeemCodePorts,
  identity: Identity,
  showing: OpenShowing,
  code: ParsedCode,
  { staff, request, claims }: Asked,
): { readonly next: Identity; readonly showing: RedeemedShowing } => {
  const at = ports.now();
  // What the holder of a bound showing consented to, as far as it is asked for; a registration may have shrunk since.
  const told = showing.counter ? showing.counter.claims.filter((claim) => claims.includes(claim)) : claims;
  const { purpose, stepUp, counter } = showing;
  const { partner, shop, terminal, key: verifier } = staff;
  const check: CheckRecord = {
    ...{ partner, shop, terminal, verifier, purpose, stepUp },
    mode: counter ? 'bound' : 'shown',
    tier: identity.card.tier,
    claims: told,
  };
  const { verifier: _partners, ...happened } = check;
  const happening = { kind: 'card_checked', ...happened } as const;
  const noted = withEvent(ports.sealEvent, nextRevisionOf(identity, {}), { at, happening, check });
  const [event] = noted.outbox.slice(-1);
  if (!event) throw new Error('an event was made and is not there');
  const done: RedeemedShowing = {
    ...showing,
    state: 'redeemed',
    redeemedAt: at,
    redeemedOn: ports.today(),
    verifier,
    requestId: request.requestId,
    claims: told,
    eventId: event.id,
    codeMadeAt: instant(code.issuedAt * 1000),
  };
  return { next: { ...noted, showing: done }, showing: done };
};

type Outcome = { readonly kind: 'overtaken' } | { readonly kind: 'said'; readonly said: Result<RedeemCodeReply> };

/** One look at what is stored, and one conditional write. */
const tryToRedeem = async (ports: RedeemCodePorts, code: ParsedCode, asked: Asked): Promise<Outcome> => {
  const say = (said: Result<RedeemCodeReply>): Outcome => ({ kind: 'said', said });
  const identity = await ports.loadIdentityByShowing(code.handle);
  const showing = identity && showingOf(identity, code);
  if (!identity || !showing || showing.state === 'prepared') {
    code.isSignedBy(ports.decoyKey, ports.verifySignature);
    return say(faulty(ports, showing ? 'showing_not_open' : 'unknown_showing'));
  }
  if (!code.isSignedBy(showing.key, ports.verifySignature)) return say(faulty(ports, 'bad_signature'));
  if (showing.state === 'redeemed' && isRepetition(showing, asked.staff, asked.request, ports.now())) {
    // The call before may have been interrupted before its event.
    await appendOutbox(ports.appendEvent, identity);
    return say(done(answerOf(identity, showing)));
  }
  const fault = showing.state === 'redeemed' ? 'already_redeemed' : faultOf(ports, identity, showing, code, asked);
  if (fault) {
    const { purpose } = asked.request;
    await recordRefusal(ports, code.handle, { place: asked.staff, purpose, reason: fault });
    return say(faulty(ports, fault));
  }
  if (showing.state === 'redeemed') return say(faulty(ports, 'already_redeemed'));
  const { next, showing: redeemedShowing } = redeemed(ports, identity, showing, code, asked);
  if (!(await ports.replaceIdentity(identity, next))) return { kind: 'overtaken' };
  // The newest alone: whatever else lies in the outbox was appended when the showing was prepared, or will be.
  await appendOutbox(ports.appendEvent, { outbox: next.outbox.slice(-1) });
  return say(done(answerOf(next, redeemedShowing)));
};

/** How often one scan may be overtaken by other calls on the same identity. */
const ROUNDS = 5;

/**
 * Redeems a scanned code exactly once: after staff, registration, signature, freshness, terminal, purpose, status and tier have
 * passed, one conditional write on the identity decides who is first. The same request id from the same terminal hears the same
 * answer again for 60 s. A genuine code that is not accepted consumes nothing, and leaves an entry in its holder's history.
 * Refuses `not_permitted`, `purpose_not_registered`, `claims_not_granted`, `code_not_recognised`, `code_expired`,
 * `code_already_used`, `purpose_mismatch`, `other_terminal`, `counter_needed`, `tier_too_low`, `suspended`, `revoked`, `expired`, and
 * `wrong_step` where other calls were always first.
 */
export const redeemCode = async (
  ports: RedeemCodePorts,
  account: AccountKey,
  request: RedeemCodeRequest,
): Promise<Result<RedeemCodeReply>> => {
  const staff = await ports.loadStaff(account);
  if (!staff) return refuse('not_permitted');
  const claims = grantedClaims(staff, request.purpose, request.claims);
  if (!claims.ok) return claims;
  const code = parseCode(request.code);
  if (!code.ok) return faulty(ports, 'malformed');
  const asked: Asked = { staff, request, claims: claims.value };
  for (let round = 0; round < ROUNDS; round += 1) {
    const outcome = await tryToRedeem(ports, code, asked);
    if (outcome.kind === 'said') return outcome.said;
  }
  return refuse('wrong_step');
};
