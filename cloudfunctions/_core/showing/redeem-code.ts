import { isAlias, isTierEnough, parseCode, purposeTable } from '../../../protocol';
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
import type { Log, RandomBytes } from '../ambient-ports';
import { appendOutbox, nextRevisionOf, withEvent, type ChangeIdentityPorts } from '../card/change-identity';
import { statusOn, type Identity, type OpenShowing, type RedeemedShowing } from '../card/identity';
import type { LoadIdentityByAlias, LoadIdentityByShowing } from '../card/identity-ports';
import { consentsAfterCheck } from '../consents/consent';
import type { EventIdOf } from '../event';
import type { CheckRecord } from '../happening';
import { done, refuse, type Result } from '../result';
import { lookUp, type AliasTurnPorts } from './alias-turn';
import { answerOf, modeOf, repeatedBy, type Order, type Scan } from './answer';
import { recordRefusal } from './record-refusal';
import { scannedAlias, scannedCode, type Scanned } from './scanned';
import { grantedClaims, type LoadStaff, type Staff } from './staff';

/** What redeeming takes where the verifier is known already. */
export interface RedeemPorts extends ChangeIdentityPorts, AliasTurnPorts {
  readonly today: () => CalendarDate;
  readonly log: Log;
  readonly randomBytes: RandomBytes;
  readonly verifySignature: VerifySignature;
  /** A key that signs nothing: an unknown showing costs as much time as a known one. */
  readonly decoyKey: PublicKey;
  readonly loadIdentityByShowing: LoadIdentityByShowing;
  readonly loadIdentityByAlias: LoadIdentityByAlias;
  readonly eventIdOf: EventIdOf;
  readonly signReceipt: SignReceipt;
}

export interface RedeemCodePorts extends RedeemPorts {
  readonly loadStaff: LoadStaff;
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

const faulty = (ports: RedeemPorts, reason: CodeFault): ReturnType<typeof refuse> => {
  ports.log({ event: 'CODE_REFUSED', reason });
  return refuse(heard[reason]);
};

/** Who asks, for what, and what they may be told of it. */
interface Asked extends Order {
  readonly claims: readonly DisclosableClaim[];
}

/** Whatever speaks against redeeming an open showing now; a fault consumes nothing. */
const faultOf = (
  ports: RedeemPorts,
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
  ports: RedeemPorts,
  identity: Identity,
  showing: OpenShowing,
  scanned: Scanned,
  { staff, request, claims }: Asked,
): { readonly next: Identity; readonly showing: RedeemedShowing } => {
  const at = ports.now();
  // What the holder of a bound showing consented to, as far as it is asked for; a registration may have shrunk since.
  const told = showing.counter ? showing.counter.claims.filter((claim) => claims.includes(claim)) : claims;
  const { purpose, stepUp } = showing;
  const { partner, shop, terminal, key: verifier } = staff;
  const codeMadeAt = scanned.madeAt(showing);
  const facts = {
    ...{ partner, shop, terminal, purpose },
    mode: modeOf(showing),
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
  // To ask after the card later is consented to in an ask alone, where the phone says until when.
  const consent = showing.counter?.isAsk
    ? { ...{ partner, purpose, client: shop }, number: identity.eventCount + 1 }
    : null;
  const checked = nextRevisionOf(identity, consentsAfterCheck(identity, consent, at));
  const noted = withEvent(ports.sealEvent, checked, { at, happening, check });
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
    tier: facts.tier,
    eventId: event.id,
    codeMadeAt,
    receipt,
  };
  return { next: { ...noted, showing: over }, showing: over };
};

/** What the verifier is told, and of whom. */
export interface Redeemed {
  readonly reply: RedeemCodeReply;
  readonly identity: Identity;
}

type Outcome = { readonly kind: 'overtaken' } | { readonly kind: 'said'; readonly said: Result<Redeemed> };

const said = (result: Result<Redeemed>): Outcome => ({ kind: 'said', said: result });

const tell = (identity: Identity, showing: RedeemedShowing): Result<Redeemed> =>
  done({ reply: answerOf(identity, showing), identity });

/** The same answer again. */
const toldAgain = async (
  { appendEvent }: RedeemPorts,
  identity: Identity,
  showing: RedeemedShowing,
): Promise<Result<Redeemed>> => {
  // The call before may have been interrupted before its event.
  await appendOutbox(appendEvent, identity);
  return tell(identity, showing);
};

/** What was scanned leads to no showing. */
const strange = (ports: RedeemPorts, scanned: Scanned, isPrepared: boolean): Outcome => {
  scanned.isGenuine(null);
  if (scanned.kind === 'alias') return said(faulty(ports, 'unknown_alias'));
  return said(faulty(ports, isPrepared ? 'showing_not_open' : 'unknown_showing'));
};

/** One look at what is stored, and one conditional write. */
const tryToRedeem = async (ports: RedeemPorts, scanned: Scanned, asked: Asked): Promise<Outcome> => {
  const found = await lookUp(ports, asked.staff.key, scanned);
  if (found === 'locked') return said(refuse('too_many_requests'));
  if (!found || found.showing.state === 'prepared') return strange(ports, scanned, found !== null);
  const { identity, showing } = found;
  if (!scanned.isGenuine(showing)) return said(faulty(ports, 'bad_signature'));
  const repeated = repeatedBy(showing, asked, ports.now());
  if (repeated) return said(await toldAgain(ports, identity, repeated));
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
  return said(tell(next, over));
};

/**
 * What was told before to whom nothing new is told: the check that used up the day's quota, say, is repeated where its reply was lost.
 * @returns null where this is no repetition
 */
const tryToRepeat = async (ports: RedeemPorts, scanned: Scanned, order: Order): Promise<Result<Redeemed> | null> => {
  const found = await lookUp(ports, order.staff.key, scanned);
  if (found === 'locked') return null;
  const repeated = found && repeatedBy(found.showing, order, ports.now());
  if (!found || repeated?.purpose !== order.request.purpose || !scanned.isGenuine(repeated)) return null;
  return toldAgain(ports, found.identity, repeated);
};

/** Reads what was scanned. @returns null where it is neither a code nor a number */
const read = (ports: RedeemPorts, text: string): Scanned | null => {
  if (isAlias(text)) return scannedAlias(ports, text);
  const code = parseCode(text);
  return code.ok ? scannedCode(ports, code) : null;
};

/** How often one scan may be overtaken by other calls on the same identity. */
const ROUNDS = 5;

/**
 * Redeems a scanned code for a verifier who is known, as `redeemCode` does.
 * @param staff who asks: whose key tells one terminal from another
 */
export const redeemAs = async (ports: RedeemPorts, staff: Staff, request: Scan): Promise<Result<Redeemed>> => {
  const claims = grantedClaims(staff, request.purpose, request.claims);
  const scanned = read(ports, request.code);
  if (!claims.ok) return (scanned && (await tryToRepeat(ports, scanned, { staff, request }))) ?? claims;
  if (!scanned) return faulty(ports, 'malformed');
  const asked: Asked = { staff, request, claims: claims.value };
  for (let round = 0; round < ROUNDS; round += 1) {
    const outcome = await tryToRedeem(ports, scanned, asked);
    if (outcome.kind === 'said') return outcome.said;
  }
  return refuse('wrong_step');
};

/**
 * Redeems a scanned code, or the number of a light task, exactly once: after staff, registration, signature, freshness, terminal,
 * purpose, status and tier have passed, one conditional write on the identity decides who is first. The same request id from the same
 * terminal hears the same answer again for 60 s, also where its registration or its quota has ended since. A genuine code that is not accepted consumes nothing, and leaves an entry in its
 * holder's history.
 * Refuses `not_permitted`, `purpose_not_registered`, `claims_not_granted`, `code_not_recognised`, `code_expired`,
 * `code_already_used`, `purpose_mismatch`, `other_terminal`, `counter_needed`, `tier_too_low`, `suspended`, `revoked`, `expired`,
 * `too_many_requests` for numbers, and `wrong_step` where other calls were always first.
 */
export const redeemCode = async (
  ports: RedeemCodePorts,
  account: AccountKey,
  request: RedeemCodeRequest,
): Promise<Result<RedeemCodeReply>> => {
  const staff = await ports.loadStaff(account);
  if (!staff) return refuse('not_permitted');
  const redeemed = await redeemAs(ports, staff, request);
  return redeemed.ok ? done(redeemed.value.reply) : redeemed;
};
