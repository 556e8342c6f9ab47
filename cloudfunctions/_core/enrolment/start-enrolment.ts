import type { AccountKey, StartEnrolmentReply, StartEnrolmentRequest } from '../../../protocol';
import { caseId, hex, instant } from '../../../protocol';
import type { Now, RandomBytes } from '../ambient-ports';
import { done, refuse, type Result } from '../result';
import { CASE_LIFE_MS, CASES_PER_DAY, type StartedCase } from './case';
import type { CountCases, CreateCase, ReplaceCase } from './case-ports';
import { nextRevision } from './end-case';

export interface StartEnrolmentPorts {
  readonly now: Now;
  readonly randomBytes: RandomBytes;
  readonly countCases: CountCases;
  readonly createCase: CreateCase;
  readonly replaceCase: ReplaceCase;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Opens an enrolment once the holder has consented to each sensitive purpose.
 * Refuses `consent_missing` without both consents and `too_many_tries` above the day's allowance.
 */
export const startEnrolment = async (
  ports: StartEnrolmentPorts,
  account: AccountKey,
  request: StartEnrolmentRequest,
): Promise<Result<StartEnrolmentReply>> => {
  const subjects = new Set(request.consents.map((consent) => consent.subject));
  if (!subjects.has('document') || !subjects.has('face')) return refuse('consent_missing');

  const createdAt = ports.now();
  const begun = (): Promise<number> => ports.countCases(account, instant(createdAt - DAY_MS));
  if ((await begun()) >= CASES_PER_DAY) return refuse('too_many_tries');

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
  };
  await ports.createCase(created);
  // Counted again with its own among them: of calls made at once no more than the allowance stays.
  if ((await begun()) > CASES_PER_DAY) {
    await ports.replaceCase(created, { ...nextRevision(created), state: 'refused', reason: 'too_many_tries' });
    return refuse('too_many_tries');
  }
  return done({ ok: true, caseId: id, evidenceFolder: `evidence/${id}`, expiresAt });
};
