import {
  instant,
  PASS_CLOCK_TOLERANCE_S,
  parseShownPass,
  purposeTable,
  verifyPass,
  type AccountKey,
  type Instant,
  type PassFault,
  type PassKey,
  type PassUseResult,
  type ReconcilePassesReply,
  type ReconcilePassesRequest,
  type Sha256,
  type VerifiedPass,
  type VerifySignature,
} from '../../../protocol';
import type { Log, Now } from '../ambient-ports';
import {
  appendOutbox,
  changeIdentity,
  nextRevisionOf,
  ROUNDS_OF_OTHERS,
  withEvent,
  type ChangeIdentityPorts,
} from '../card/change-identity';
import type { LoadIdentity } from '../card/identity-ports';
import { derivedId } from '../derived-id';
import type { LoadEvents } from '../event';
import type { CheckRecord, Happening } from '../happening';
import { done, refuse, type Result } from '../result';
import type { LoadStaff, Staff } from '../showing/staff';
import { notValidSince } from './not-valid-since';
import type { IssuedPass, KeepUse, LoadIssuedPass, MarkUseTold, PassUse, StoredUse } from './pass-ports';

export interface ReconcilePassesPorts extends ChangeIdentityPorts {
  readonly now: Now;
  readonly log: Log;
  readonly sha256: Sha256;
  readonly verifySignature: VerifySignature;
  /** The issuer's own keys, by the names that passes give them. */
  readonly passKeys: () => ReadonlyMap<string, PassKey>;
  readonly loadStaff: LoadStaff;
  readonly loadIssuedPass: LoadIssuedPass;
  readonly keepUse: KeepUse;
  readonly markUseTold: MarkUseTold;
  readonly loadIdentity: LoadIdentity;
  readonly loadEvents: LoadEvents;
}

/** For how long after its acceptance a pass is handed in, in milliseconds: a terminal's week without a network, and a day more. */
export const HAND_IN_MS = 8 * 24 * 60 * 60 * 1000;

type Use = ReconcilePassesRequest['uses'][number];
type Refused = Extract<PassUseResult, { readonly outcome: 'refused' }>['reason'];

/** What the terminal hears of each fault. */
const heard: Readonly<Record<PassFault, Refused>> = {
  malformed: 'code_not_recognised',
  unknown_key: 'code_not_recognised',
  key_not_valid: 'code_not_recognised',
  bad_signature: 'code_not_recognised',
  bad_binding: 'code_not_recognised',
  foreign_claim: 'code_not_recognised',
  wrong_claims: 'code_not_recognised',
  other_purpose: 'code_not_recognised',
  not_offline: 'code_not_recognised',
  tier_too_low: 'code_not_recognised',
  not_yet_valid: 'code_expired',
  expired: 'code_expired',
  stale: 'code_expired',
  from_future: 'code_expired',
};

const isHandedInInTime = (acceptedAt: number, now: Instant): boolean =>
  acceptedAt <= now + PASS_CLOCK_TOLERANCE_S * 1000 && acceptedAt + HAND_IN_MS > now;

/** The pass of a use, verified once more as it was when it was accepted. */
const verified = (ports: ReconcilePassesPorts, use: Use): VerifiedPass | PassFault => {
  const shown = parseShownPass(use.text);
  if (!shown) return 'malformed';
  if (!isHandedInInTime(use.acceptedAt, ports.now())) return 'stale';
  const verification = verifyPass(use.text, {
    keys: ports.passKeys(),
    now: instant(use.acceptedAt),
    purpose: shown.purpose,
    verify: ports.verifySignature,
    sha256: ports.sha256,
  });
  return verification.ok ? verification.pass : verification.fault;
};

/** How many uses of one pass beyond its first the history tells: who hands in one text again and again must not bury the rest. */
const REPEATS_TOLD = 5;

const isSameUse = (one: PassUse, other: PassUse): boolean =>
  one.verifier === other.verifier && one.requestId === other.requestId;

/** Gives a use that was not the first a place among the few that are told, the same use always the same; null where none is left. */
const keepRepeat = async (
  ports: ReconcilePassesPorts,
  use: PassUse,
): Promise<{ readonly id: string; readonly kept: StoredUse } | null> => {
  for (let place = 1; place <= REPEATS_TOLD; place += 1) {
    const id = derivedId(ports.sha256, `pass ${use.pass} repeat ${String(place)}`);
    const kept = await ports.keepUse(id, use);
    if (kept.isNew || isSameUse(kept.use, use)) return { id, kept };
  }
  return null;
};

/** What is written into the holder's history, and of a first use into the partner's record. */
const eventOf = (use: PassUse, pass: VerifiedPass, isFirst: boolean): { happening: Happening; check?: CheckRecord } => {
  const { partner, shop, terminal, verifier, acceptedAt } = use;
  const { purpose, tier } = pass;
  const happened = { partner, shop, terminal, purpose, acceptedAt };
  if (!isFirst) return { happening: { kind: 'pass_used_twice', ...happened } };
  const { claims } = purposeTable[purpose];
  const place = { partner, shop, terminal, verifier };
  return {
    happening: { kind: 'pass_used', ...happened, claims },
    check: { ...place, purpose, mode: 'offline', tier, claims, stepUp: [], receipt: null },
  };
};

/**
 * Tells the holder of a use. It is marked as told afterwards: a call that is interrupted between tells it once more, which is better
 * than never.
 */
const tell = async (
  ports: ReconcilePassesPorts,
  id: string,
  issued: Pick<IssuedPass, 'identity'>,
  event: { readonly happening: Happening; readonly check?: CheckRecord },
): Promise<void> => {
  const told = await changeIdentity(
    ports,
    () => ports.loadIdentity(issued.identity),
    (identity) => ({
      kind: 'changed',
      next: withEvent(ports.sealEvent, nextRevisionOf(identity, {}), { at: ports.now(), ...event }),
      value: null,
    }),
    ROUNDS_OF_OTHERS,
  );
  if (!told.ok && told.error.code === 'wrong_step') throw new Error('others were always first');
  await ports.markUseTold(id);
};

/** Since when the card had not been valid when the pass was accepted; null too where its identity is no more. */
const wasNotValidSince = async (
  ports: ReconcilePassesPorts,
  issued: Pick<IssuedPass, 'identity' | 'card'>,
  at: Instant,
): Promise<Instant | null> => {
  const identity = await ports.loadIdentity(issued.identity);
  if (!identity) return null;
  await appendOutbox(ports.appendEvent, identity);
  return notValidSince(ports, identity, issued, at);
};

const reconcile = async (ports: ReconcilePassesPorts, staff: Staff, handed: Use): Promise<PassUseResult> => {
  const { requestId } = handed;
  const pass = verified(ports, handed);
  if (typeof pass === 'string') {
    ports.log({ event: 'PASS_REFUSED', reason: pass });
    return { requestId, outcome: 'refused', reason: heard[pass] };
  }
  const issued = await ports.loadIssuedPass(pass.id);
  // Signed by the issuer and forgotten since: it was handed in too late.
  if (!issued) return { requestId, outcome: 'refused', reason: 'code_expired' };
  const { key: verifier, partner, shop, terminal } = staff;
  const acceptedAt = instant(handed.acceptedAt);
  const times = { acceptedAt, expiresAt: instant(pass.expiresAt * 1000) };
  const use: PassUse = { pass: pass.id, verifier, requestId, partner, shop, terminal, ...times };
  const first = await ports.keepUse(pass.id, use);
  const isFirst = first.isNew || isSameUse(first.use, use);
  const place = isFirst ? { id: pass.id, kept: first } : await keepRepeat(ports, use);
  if (place && !place.kept.told) await tell(ports, place.id, issued, eventOf(place.kept.use, pass, isFirst));
  const since = await wasNotValidSince(ports, issued, place?.kept.use.acceptedAt ?? acceptedAt);
  return isFirst
    ? { requestId, outcome: 'first_use', notValidSince: since }
    : { requestId, outcome: 'used_before', firstUsedAt: first.use.acceptedAt, notValidSince: since };
};

/**
 * Takes in passes that a terminal accepted without a network. Each is verified again, as of its acceptance; one conditional insert
 * under its id decides which use was the first. Every other use is told to the terminal and to the holder. A use by a terminal whose
 * partner is not registered for the purpose is written down all the same: the holder's history shows whoever looked. The same use
 * again hears the same.
 * Refuses `not_permitted` for who is no staff.
 */
export const reconcilePasses = async (
  ports: ReconcilePassesPorts,
  account: AccountKey,
  { uses }: ReconcilePassesRequest,
): Promise<Result<ReconcilePassesReply>> => {
  const staff = await ports.loadStaff(account);
  if (!staff) return refuse('not_permitted');
  const results: PassUseResult[] = [];
  // One after another: two uses of one pass in one call are decided in the order in which they were handed in.
  for (const use of uses) results.push(await reconcile(ports, staff, use));
  return done({ ok: true, results });
};
