import {
  base64Encode,
  eventId,
  hex,
  instant,
  isTierEnough,
  maskName,
  maskNumber,
  parseCode,
  purposeTable,
} from '../../../protocol';
import type {
  AccountKey,
  CalendarDate,
  DisclosableClaim,
  DisclosedClaims,
  ErrorCode,
  Instant,
  ParsedCode,
  PublicKey,
  RedeemCodeReply,
  RedeemCodeRequest,
  VerifySignature,
} from '../../../protocol';
import type { Log, Now, RandomBytes } from '../ambient-ports';
import {
  isOfAge,
  REPEAT_MS,
  statusOn,
  type Identity,
  type OpenShowing,
  type RedeemedShowing,
  type Showing,
} from '../card/identity';
import { checkEventOf } from '../card/identity-events';
import type { LoadIdentityByShowing, RedeemOpenShowing } from '../card/identity-ports';
import type { AppendEvent } from '../event';
import type { CodeFault } from '../log-entry';
import { done, refuse, type Result } from '../result';
import type { LoadStaff, Staff } from './staff';

export interface RedeemCodePorts {
  readonly now: Now;
  readonly today: () => CalendarDate;
  readonly log: Log;
  readonly randomBytes: RandomBytes;
  readonly verifySignature: VerifySignature;
  /** A key that signs nothing: an unknown showing costs as much time as a known one. */
  readonly decoyKey: PublicKey;
  readonly loadStaff: LoadStaff;
  readonly loadIdentityByShowing: LoadIdentityByShowing;
  readonly redeemOpenShowing: RedeemOpenShowing;
  readonly appendEvent: AppendEvent;
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
  tier_too_low: 'purpose_not_registered',
  card_suspended: 'suspended',
  card_revoked: 'revoked',
  card_expired: 'expired',
} as const satisfies Record<CodeFault, ErrorCode>;

const faulty = (ports: RedeemCodePorts, reason: CodeFault): ReturnType<typeof refuse> => {
  ports.log({ event: 'CODE_REFUSED', reason });
  return refuse(heard[reason]);
};

const statusFault = (identity: Identity, today: CalendarDate): CodeFault | null => {
  const status = statusOn(identity.card, today);
  return status === 'valid' ? null : `card_${status}`;
};

/** The showing of an identity that a code names: the present one, or the redeemed one before it. */
const showingOf = (identity: Identity, code: ParsedCode): Showing | null =>
  [identity.showing, identity.lastShowing].find((showing) => showing?.handle === code.handle) ?? null;

const disclose = ({ person }: Identity, showing: RedeemedShowing): DisclosedClaims => {
  const all = {
    masked_name: maskName(person.name),
    masked_number: maskNumber(person.number),
    age_over_18: isOfAge(person, 18, showing.redeemedOn),
  } satisfies Record<DisclosableClaim, unknown>;
  return Object.fromEntries(purposeTable[showing.purpose].claims.map((claim) => [claim, all[claim]]));
};

/** Answers from the redeemed showing alone, so that a repeated request hears the same again. */
const answer = async (
  ports: RedeemCodePorts,
  identity: Identity,
  showing: RedeemedShowing,
): Promise<Result<RedeemCodeReply>> => {
  // Appended before it is answered; the id makes a repetition harmless.
  await ports.appendEvent(checkEventOf(identity, showing));
  return done({
    ok: true,
    answer: {
      eventId: showing.eventId,
      purpose: showing.purpose,
      tier: identity.card.tier,
      facts: {
        signatureValidAt: showing.redeemedAt,
        codeMadeAt: showing.codeMadeAt,
        redeemedAt: showing.redeemedAt,
        status: 'valid',
        statusAsOf: showing.redeemedAt,
      },
      claims: disclose(identity, showing),
      portrait: purposeTable[showing.purpose].look ? base64Encode(identity.person.portrait) : null,
      matchMark: showing.matchMark,
    },
  });
};

const isRepetition = (showing: RedeemedShowing, staff: Staff, request: RedeemCodeRequest, now: Instant): boolean =>
  showing.verifier === staff.key && showing.requestId === request.requestId && showing.redeemedAt + REPEAT_MS > now;

/** Whatever speaks against redeeming an open showing now; a fault consumes nothing. */
const faultOf = (
  ports: RedeemCodePorts,
  identity: Identity,
  showing: OpenShowing,
  code: ParsedCode,
  request: RedeemCodeRequest,
): CodeFault | null => {
  const now = ports.now();
  if (showing.expiresAt <= now) return 'showing_over';
  const freshness = code.freshnessAt(now);
  if (freshness !== 'fresh') return freshness;
  if (showing.purpose !== request.purpose) return 'other_purpose';
  if (!isTierEnough(identity.card.tier, showing.purpose)) return 'tier_too_low';
  return statusFault(identity, ports.today());
};

/** Somebody else changed the showing or the card between look and write: what is there now decides. */
const lostRace = async (
  ports: RedeemCodePorts,
  staff: Staff,
  code: ParsedCode,
  request: RedeemCodeRequest,
): Promise<Result<RedeemCodeReply>> => {
  const identity = await ports.loadIdentityByShowing(code.handle);
  const showing = identity && showingOf(identity, code);
  if (!identity || !showing) return faulty(ports, 'unknown_showing');
  if (showing.state === 'redeemed') {
    return isRepetition(showing, staff, request, ports.now())
      ? answer(ports, identity, showing)
      : faulty(ports, 'already_redeemed');
  }
  return faulty(ports, statusFault(identity, ports.today()) ?? 'showing_not_open');
};

/**
 * Redeems a scanned code exactly once: after staff, registration, signature, freshness, purpose and status have passed, one
 * conditional write on the open showing of a valid card decides who is first. The same request id from the same terminal hears
 * the same answer again for 60 s.
 * Refuses `not_permitted`, `purpose_not_registered`, `code_not_recognised`, `code_expired`, `code_already_used`,
 * `purpose_mismatch`, `suspended`, `revoked`, `expired`.
 */
export const redeemCode = async (
  ports: RedeemCodePorts,
  account: AccountKey,
  request: RedeemCodeRequest,
): Promise<Result<RedeemCodeReply>> => {
  const staff = await ports.loadStaff(account);
  if (!staff) return refuse('not_permitted');
  if (!staff.purposes.includes(request.purpose)) return refuse('purpose_not_registered');

  const code = parseCode(request.code);
  if (!code.ok) return faulty(ports, 'malformed');
  const identity = await ports.loadIdentityByShowing(code.handle);
  const showing = identity && showingOf(identity, code);
  if (!identity || !showing || showing.state === 'prepared') {
    code.isSignedBy(ports.decoyKey, ports.verifySignature);
    return faulty(ports, showing ? 'showing_not_open' : 'unknown_showing');
  }
  if (!code.isSignedBy(showing.key, ports.verifySignature)) return faulty(ports, 'bad_signature');
  if (showing.state === 'redeemed') {
    return isRepetition(showing, staff, request, ports.now())
      ? answer(ports, identity, showing)
      : faulty(ports, 'already_redeemed');
  }
  const fault = faultOf(ports, identity, showing, code, request);
  if (fault) return faulty(ports, fault);

  const redeemed: RedeemedShowing = {
    ...showing,
    state: 'redeemed',
    redeemedAt: ports.now(),
    redeemedOn: ports.today(),
    verifier: staff.key,
    partner: staff.partner,
    terminal: staff.terminal,
    requestId: request.requestId,
    eventId: eventId(hex(ports.randomBytes(16))),
    codeMadeAt: instant(code.issuedAt * 1000),
  };
  return (await ports.redeemOpenShowing(identity.key, redeemed))
    ? answer(ports, identity, redeemed)
    : lostRace(ports, staff, code, request);
};
