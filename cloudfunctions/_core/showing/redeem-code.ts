import { base64Encode, isAlias, isTierEnough, parseCode, purposeTable } from '../../../protocol';
import type {
  AccountKey,
  CalendarDate,
  CodeFault,
  DisclosableClaim,
  ErrorCode,
  Instant,
  PublicKey,
  Receipt,
  RedeemCodeReply,
  RedeemCodeRequest,
  VerifySignature,
} from '../../../protocol';
import type { Log, Now, RandomBytes } from '../ambient-ports';
import { appendOutbox, nextRevisionOf, withEvent, type ChangeIdentityPorts } from '../card/change-identity';
import { REPEAT_MS, statusOn, type Identity, type OpenShowing, type RedeemedShowing } from '../card/identity';
import type { LoadIdentityByAlias, LoadIdentityByShowing } from '../card/identity-ports';
import type { EventIdOf } from '../event';
import type { CheckRecord } from '../happening';
import { done, refuse, type Result } from '../result';
import { disclose } from './disclose';
import { recordRefusal } from './record-refusal';
import { scannedAlias, scannedCode, type Scanned } from './scanned';
import { ALIAS_MISSES_AN_HOUR, grantedClaims, type CountAliasMiss, type LoadStaff, type Staff } from './staff';

export interface RedeemCodePorts extends ChangeIdentityPorts {
  readonly now: Now;
  readonly today: () => CalendarDate;
  readonly log: Log;
  readonly randomBytes: RandomBytes;
  readonly verifySignature: VerifySignature;
  /** A key that signs nothing: an unknown showing costs as much time as a known one. */
  readonly decoyKey: PublicKey;
  readonly loadStaff: LoadStaff;
  readonly countAliasMiss: CountAliasMiss;
  readonly loadIdentityByShowing: LoadIdentityByShowing;
  readonly loadIdentityByAlias: LoadIdentityByAlias;
  readonly eventIdOf: EventIdOf;
  readonly signReceipt: SignReceipt;
}

/** Signs the receipt of a check. */
export type SignReceipt = (receipt: Omit<Receipt, 'issuer'>) => string;

/** What the verifier hears of each fault. Whoever holds no code of ours learns only that it is none. */
const heard = {
  malformed: 'code_not_recognised',
  unknown_showing: 'code_not_recognised',
  unknown_alias: 'code_not_recognised',
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
    receipt: showing.receipt,
  },
});

/** Who asks, for what, and what they may be told of it. */
interface Asked {
  readonly staff: Staff;
  readonly request: RedeemCodeRequest;
  readonly claims: readonly DisclosableClaim[];
}

const isRepetition = (showing: RedeemedShowing, { staff, request }: Asked, now: Instant): boolean =>
  showing.verifier === staff.key && showing.requestId === request.requestId && showing.redeemedAt + REPEAT_MS > now;

/** Whatever speaks against redeeming an open showing now; a fault consumes nothing. */
const faultOf = (
  ports: RedeemCodePorts,
  { card }: Identity,
  showing: OpenShowing,
  scanned: Scanned,
  { staff, request }: Asked,
): CodeFault | null => {
  const now = ports.now();
  if (showing.expiresAt <= now) return 'showing_over';
  const freshness = scanned.freshnessAt(showing, now);
  if (freshness !== 'fresh') return freshness;
  if (showing.counter && showing.counter.verifier !== staff.key) return 'other_terminal';
  if (showing.purpose !== request.purpose) return 'other_purpose';
  if (!showing.counter && !purposeTable[showing.purpose].modes.includes('shown')) return 'counter_needed';
  const status = statusOn(card, ports.today());
  if (status !== 'valid') return `card_${status}`;
  return isTierEnough(card.tier, showing.purpose) ? null : 'tier_too_low';
};

const secondsOf = (at: Instant): number => Math.floor(at / 1000);

/** The identity with its showing redeemed, and the event that says so. */
const redeemed = (
  ports: RedeemCodePorts,
  identity: Identity,
  showing: OpenShowing,
  scanned: Scanned,
  { staff, request, claims }: Asked,
): { readonly next: Identity; readonly showing: RedeemedShowing } => {
  const at = ports.now();
  // What the holder of a bound showing consented to, as far as it is asked for; a registration may have shrunk since.
  const told = showing.counter ? showing.counter.claims.filter((claim) => claims.includes(claim)) : claims;
  const { purpose, stepUp, counter } = showing;
  const { partner, shop, terminal, key: verifier } = staff;
  const codeMadeAt = scanned.madeAt(showing);
  const facts = {
    ...{ partner, shop, terminal, purpose },
    mode: counter ? 'bound' : 'shown',
    tier: identity.card.tier,
    claims: told,
  } as const;
  const receipt = ports.signReceipt({
    ...facts,
    eventId: ports.eventIdOf(identity, identity.eventCount + 1),
    issuedAt: secondsOf(at),
    codeMadeAt: secondsOf(codeMadeAt),
  });
  const check: CheckRecord = { ...facts, verifier, stepUp, receipt };
  const happening = { kind: 'card_checked', ...facts, stepUp, receipt } as const;
  const noted = withEvent(ports.sealEvent, nextRevisionOf(identity, {}), { at, happening, check });
  const [event] = noted.outbox.slice(-1);
  if (!event) throw new Error('an event was made and is not there');
  const over: RedeemedShowing = {
    ...showing,
    state: 'redeemed',
    redeemedAt: at,
    redeemedOn: ports.today(),
    verifier,
    requestId: request.requestId,
    claims: told,
    eventId: event.id,
    codeMadeAt,
    receipt,
  };
  return { next: { ...noted, showing: over }, showing: over };
};

type Outcome = { readonly kind: 'overtaken' } | { readonly kind: 'said'; readonly said: Result<RedeemCodeReply> };

const said = (result: Result<RedeemCodeReply>): Outcome => ({ kind: 'said', said: result });

/** What was scanned leads to no showing. Guesses at numbers are counted against the terminal; nobody guesses at handles of 128 bits. */
const strange = async (
  ports: RedeemCodePorts,
  scanned: Scanned,
  { staff }: Asked,
  isPrepared: boolean,
): Promise<Outcome> => {
  scanned.isGenuine(null);
  if (scanned.kind === 'code') return said(faulty(ports, isPrepared ? 'showing_not_open' : 'unknown_showing'));
  await ports.countAliasMiss(staff.key, hourOf(ports.now()));
  return said(faulty(ports, 'unknown_alias'));
};

const hourOf = (now: Instant): number => Math.floor(now / 3_600_000);

/** One look at what is stored, and one conditional write. */
const tryToRedeem = async (ports: RedeemCodePorts, scanned: Scanned, asked: Asked): Promise<Outcome> => {
  const found = await scanned.find();
  if (!found || found.showing.state === 'prepared') return strange(ports, scanned, asked, found !== null);
  const { identity, showing } = found;
  if (!scanned.isGenuine(showing)) return said(faulty(ports, 'bad_signature'));
  if (showing.state === 'redeemed' && isRepetition(showing, asked, ports.now())) {
    // The call before may have been interrupted before its event.
    await appendOutbox(ports.appendEvent, identity);
    return said(done(answerOf(identity, showing)));
  }
  const refused = async (reason: CodeFault): Promise<Outcome> => {
    await recordRefusal(ports, showing.handle, { place: asked.staff, purpose: asked.request.purpose, reason });
    return said(faulty(ports, reason));
  };
  if (showing.state === 'redeemed') return refused('already_redeemed');
  const fault = faultOf(ports, identity, showing, scanned, asked);
  if (fault) return refused(fault);
  const { next, showing: over } = redeemed(ports, identity, showing, scanned, asked);
  if (!(await ports.replaceIdentity(identity, next))) return { kind: 'overtaken' };
  // The newest alone: whatever else lies in the outbox was appended when the showing was prepared, or will be.
  await appendOutbox(ports.appendEvent, { outbox: next.outbox.slice(-1) });
  return said(done(answerOf(next, over)));
};

/** Reads what was scanned. A terminal that guessed too often is not heard with numbers for the rest of the hour. */
const read = (ports: RedeemCodePorts, { aliasMisses }: Staff, text: string): Scanned | ReturnType<typeof refuse> => {
  if (isAlias(text)) {
    const isLocked = aliasMisses.hour === hourOf(ports.now()) && aliasMisses.count >= ALIAS_MISSES_AN_HOUR;
    return isLocked ? refuse('too_many_tries') : scannedAlias(ports, text);
  }
  const code = parseCode(text);
  return code.ok ? scannedCode(ports, code) : faulty(ports, 'malformed');
};

/** How often one scan may be overtaken by other calls on the same identity. */
const ROUNDS = 5;

/**
 * Redeems a scanned code, or the number of a light task, exactly once: after staff, registration, signature, freshness, terminal,
 * purpose, status and tier have passed, one conditional write on the identity decides who is first. The same request id from the same
 * terminal hears the same answer again for 60 s. A genuine code that is not accepted consumes nothing, and leaves an entry in its
 * holder's history.
 * Refuses `not_permitted`, `purpose_not_registered`, `claims_not_granted`, `code_not_recognised`, `code_expired`,
 * `code_already_used`, `purpose_mismatch`, `other_terminal`, `counter_needed`, `tier_too_low`, `suspended`, `revoked`, `expired`,
 * `too_many_tries` for numbers, and `wrong_step` where other calls were always first.
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
  const scanned = read(ports, staff, request.code);
  if ('ok' in scanned) return scanned;
  const asked: Asked = { staff, request, claims: claims.value };
  for (let round = 0; round < ROUNDS; round += 1) {
    const outcome = await tryToRedeem(ports, scanned, asked);
    if (outcome.kind === 'said') return outcome.said;
  }
  return refuse('wrong_step');
};
