import { caseId, instant } from '../../../protocol';
import type {
  AccountKey,
  CalendarDate,
  CallGuardianReply,
  CallGuardianRequest,
  CaseId,
  IdentityKey,
  Instant,
} from '../../../protocol';
import type { Now, RandomBytes } from '../ambient-ports';
import { isOpen } from '../enrolment/case';
import type { LoadCase } from '../enrolment/case-ports';
import type { RateLimit, TakeTurn } from '../rate-limit';
import { drawNumber } from '../read-out-number';
import { done, refuse, type Result } from '../result';
import { lacksGuardian } from './guardianship';

/** An adult who typed the number of a call. */
export interface CallReader {
  readonly identity: IdentityKey;
  /** Of whom they read: another document, taken since, is not meant. */
  readonly ward: IdentityKey;
  /** What their key is to sign. */
  readonly challenge: string;
}

/** A child's call for a guardian. */
export interface GuardianCall {
  /** Keyed hash of the number that the child reads out. */
  readonly id: string;
  readonly case: CaseId;
  readonly expiresAt: Instant;
  /** Null before the number was typed. */
  readonly reader: CallReader | null;
}

export interface GuardianCallPorts {
  readonly now: Now;
  readonly today: () => CalendarDate;
  readonly randomBytes: RandomBytes;
  readonly takeTurn: TakeTurn;
  readonly loadCase: LoadCase;
  /** The keyed hash under which a number lies: eight digits alone could be tried through. */
  readonly guardianCallIdOf: (number: string) => string;
  /** Stores a new call. @returns false where the number is in use */
  readonly createGuardianCall: (created: GuardianCall) => Promise<boolean>;
}

/** How long a number serves, in milliseconds. */
export const GUARDIAN_CALL_LIFE_MS = 10 * 60 * 1000;
/** How many numbers an account may have in an hour. */
export const GUARDIAN_CALLS: RateLimit = { name: 'guardian call', most: 10, windowMs: 60 * 60 * 1000 };
/** How often a number that is in use is drawn again. */
const DRAWS = 5;

/**
 * Gives a child's phone a number that the guardian types on their own, within ten minutes.
 * Refuses `not_found`, `wrong_step` for a case that waits for no guardian, and `too_many_requests`.
 */
export const callGuardian = async (
  ports: GuardianCallPorts,
  account: AccountKey,
  request: CallGuardianRequest,
): Promise<Result<CallGuardianReply>> => {
  const found = await ports.loadCase(caseId(request.caseId), account);
  if (!found) return refuse('not_found');
  const waits = found.state === 'documentRead' && isOpen(found, ports.now()) && lacksGuardian(found, ports.today());
  if (!waits) return refuse('wrong_step');
  if (!(await ports.takeTurn(GUARDIAN_CALLS, { kind: 'account', account }))) return refuse('too_many_requests');
  const serverTime = ports.now();
  const expiresAt = instant(serverTime + GUARDIAN_CALL_LIFE_MS);
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const number = drawNumber(ports.randomBytes(8));
    const call = { id: ports.guardianCallIdOf(number), case: found.id, expiresAt, reader: null };
    if (await ports.createGuardianCall(call)) return done({ ok: true, number, serverTime, expiresAt });
  }
  return refuse('wrong_step');
};
