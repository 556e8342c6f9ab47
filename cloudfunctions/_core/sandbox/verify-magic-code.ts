import {
  eventId,
  isTierEnough,
  purposeTable,
  type CalendarDate,
  type DisclosableClaim,
  type EventId,
  type Verification,
  type VerificationOrder,
} from '../../../protocol';
import { REPEAT_MS } from '../card/identity';
import { derivedId } from '../derived-id';
import {
  counterOf,
  ORDERS_OF_PARTNER,
  takeTurnOf,
  type CounterPorts,
  type InstitutionCaller,
} from '../institutions/counter';
import { bindKey, type IdempotencyPorts } from '../institutions/idempotency';
import type { ReferenceTo } from '../institutions/reference';
import { done, refuse, type Result } from '../result';
import { CONSENT_LIFE_MS, type CounterSession } from '../showing/counter-session';
import type { SignReceipt } from '../showing/redeem-code';
import { grantedClaims, type Staff } from '../showing/staff';
import { codeOutcomes } from './forced-outcomes';
import type { SandboxCheck, SandboxStore } from './sandbox-store';
import { tellTestPerson } from './tell';
import { testPersonOf, type TestPerson } from './test-persons';

export interface VerifyMagicCodePorts extends Omit<IdempotencyPorts, 'keepUsedKey'>, CounterPorts {
  readonly today: () => CalendarDate;
  readonly signReceipt: SignReceipt;
  readonly referenceTo: ReferenceTo;
  readonly store: SandboxStore;
}

/** The test person whose code it is, and what the order may be told of it; where nothing speaks against that. */
const shownBy = (
  staff: Staff,
  { code, purpose, claims }: VerificationOrder,
): Result<{ readonly person: TestPerson; readonly claims: readonly DisclosableClaim[] }> => {
  const granted = grantedClaims(staff, purpose, claims);
  if (!granted.ok) return granted;
  const outcome = codeOutcomes.find((one) => one.code === code);
  if (!outcome) return refuse('code_not_recognised');
  if ('refused' in outcome) return refuse(outcome.refused);
  const person = testPersonOf(outcome.person);
  if (!person) return refuse('code_not_recognised');
  return isTierEnough(person.card.tier, purpose) ? done({ person, claims: granted.value }) : refuse('tier_too_low');
};

/**
 * The session of the counter whose code the test person has scanned first: the one that it opened last. Null where none waits; one that this
 * very check has redeemed, and was interrupted, still does.
 */
const waitingSession = async (
  { store, now }: VerifyMagicCodePorts,
  { key }: Staff,
  check: EventId,
): Promise<CounterSession | null> => {
  const handle = await store.findSessionOf(key);
  const session = handle && (await store.findSession(handle));
  if (!session || session.openedAt + CONSENT_LIFE_MS <= now()) return null;
  const redeemedBy = await store.redeemedBy(session.handle);
  return redeemedBy === null || redeemedBy === check ? session : null;
};

/** The same answer again, while a lost reply may be asked for. */
const again = ({ now }: VerifyMagicCodePorts, { at, told }: SandboxCheck): Result<Verification> =>
  told !== null && now() < at + REPEAT_MS ? done(told) : refuse('code_already_used');

/**
 * Checks a magic code as `verifyCode` does a holder's: it can be handed in any number of times, each time as if the card were shown anew. Where the
 * counter has opened a session, the code is that session's.
 * Refuses what `verifyCode` refuses, and what the code forces.
 */
export const verifyMagicCode = async (
  ports: VerifyMagicCodePorts,
  caller: InstitutionCaller,
  idempotencyKey: string,
  order: VerificationOrder,
): Promise<Result<Verification>> => {
  const { store, sha256 } = ports;
  const { code, purpose, claims, counter } = order;
  const turn = await takeTurnOf(ports, ORDERS_OF_PARTNER, caller);
  if (!turn.ok) return turn;
  const staff = await counterOf(ports, caller, counter);
  const key = { clientId: caller.clientId, key: idempotencyKey };
  const bound = { ...ports, keepUsedKey: store.keepUsedKey };
  const requestId = await bindKey(bound, key, [code, purpose, claims ?? null, counter]);
  if (requestId === null) return refuse('idempotency_key_reused');
  const id = eventId(derivedId(sha256, `sandbox check ${requestId}`));
  const made = await store.findCheck(id);
  if (made) return again(ports, made);

  const shown = shownBy(staff, order);
  if (!shown.ok) return shown;
  const session = await waitingSession(ports, staff, id);
  if (session && session.purpose !== purpose) return refuse('purpose_mismatch');
  if (!session && !purposeTable[purpose].modes.includes('shown')) return refuse('counter_needed');
  if (session && !(await store.redeemSession(session.handle, id))) return refuse('code_already_used');
  const { person, claims: granted } = shown.value;
  const asked = session ? session.claims.filter((claim) => granted.includes(claim)) : granted;
  const at = ports.now();
  const { eventId: _id, ...answer } = tellTestPerson(ports, {
    ...{ id, person, place: staff, purpose, claims: asked, at, on: ports.today() },
    counter: session && { isAsk: false },
  });
  const { partner, shop, terminal, key: verifier } = staff;
  const { mode, tier, stepUp, receipt } = answer;
  const check = { partner, shop, terminal, verifier, purpose, mode, tier, claims: asked, stepUp, receipt };
  const told = { id, reference: ports.referenceTo(person, partner, null), ...answer };
  if (await store.addCheck(id, { at, check, told })) return done(told);
  const first = await store.findCheck(id);
  return first ? again(ports, first) : refuse('wrong_step');
};
