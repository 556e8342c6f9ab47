import type { AccountKey, StartEnrolmentReply, StartEnrolmentRequest } from '../../../protocol';
import { caseId, hex, instant } from '../../../protocol';
import type { Now, RandomBytes } from '../ambient-ports';
import type { RateLimit, TakeTurn } from '../rate-limit';
import { done, refuse, type Result } from '../result';
import { CASE_LIFE_MS, type StartedCase } from './case';
import type { CreateCase } from './case-ports';

export interface StartEnrolmentPorts {
  readonly now: Now;
  readonly randomBytes: RandomBytes;
  readonly takeTurn: TakeTurn;
  readonly createCase: CreateCase;
}

/**
 * How many enrolments an account may begin in a day. They are counted beside the cases, since a deletion removes those: whoever deletes
 * the account begins no more of them for it.
 */
export const ENROLMENTS_OF_ACCOUNT: RateLimit = { name: 'enrolment', most: 10, windowMs: 24 * 60 * 60 * 1000 };

/**
 * Opens an enrolment once the holder has consented to the use of the document, and to that of the face, where they want it compared.
 * Refuses `consent_missing` without the first and `too_many_tries` above the day's allowance.
 */
export const startEnrolment = async (
  ports: StartEnrolmentPorts,
  account: AccountKey,
  request: StartEnrolmentRequest,
): Promise<Result<StartEnrolmentReply>> => {
  const subjects = new Set(request.consents.map((consent) => consent.subject));
  // Without consent to the face the case goes on at a counter.
  if (!subjects.has('document')) return refuse('consent_missing');

  if (!(await ports.takeTurn(ENROLMENTS_OF_ACCOUNT, { kind: 'account', account }))) return refuse('too_many_tries');

  const createdAt = ports.now();
  const id = caseId(hex(ports.randomBytes(16)));
  const expiresAt = instant(createdAt + CASE_LIFE_MS);
  const created: StartedCase = {
    id,
    account,
    revision: 0,
    createdAt,
    expiresAt,
    state: 'started',
    consents: request.consents,
    tries: { document: 0, face: 0, fingerprint: 0 },
    evidence: [],
    outbox: [],
  };
  await ports.createCase(created);
  return done({ ok: true, caseId: id, evidenceFolder: `evidence/${id}`, expiresAt });
};
