import { caseId, enrolmentChallenge } from '../../../protocol';
import type { AccountKey, BindFingerprintRequest, FingerprintBoundReply, Sha256 } from '../../../protocol';
import type { Now } from '../ambient-ports';
import { done, refuse, type Result } from '../result';
import { readFingerprint, type ReadFingerprintPorts } from '../step-up/fingerprint-answer';
import { FINGERPRINT_TRIES, isOpen, type FaceMatchedCase, type FingerprintBoundCase } from './case';
import type { LoadCase, ReplaceCase } from './case-ports';
import { nextRevision } from './end-case';

export interface BindFingerprintPorts extends ReadFingerprintPorts {
  readonly now: Now;
  readonly sha256: Sha256;
  readonly loadCase: LoadCase;
  readonly replaceCase: ReplaceCase;
}

/**
 * Binds the phone's fingerprint to the card that is being made: `faceMatched` → `fingerprintBound`. A card can be made without.
 * Refuses `not_found`, `wrong_step`, `too_many_tries`, and `fingerprint_invalid` or `fingerprint_unavailable` with the tries that
 * are left.
 */
export const bindFingerprint = async (
  ports: BindFingerprintPorts,
  account: AccountKey,
  { caseId: named, answer }: BindFingerprintRequest,
): Promise<Result<FingerprintBoundReply>> => {
  const found = await ports.loadCase(caseId(named), account);
  if (!found) return refuse('not_found');
  if (!isOpen(found, ports.now())) return refuse('wrong_step');
  // The reply was lost; whatever finger it was, it stays the one that was bound.
  if (found.state === 'fingerprintBound') return done({ ok: true, fingerprint: 'bound' });
  if (found.state !== 'faceMatched') return refuse('wrong_step');
  if (found.tries.fingerprint >= FINGERPRINT_TRIES) return refuse('too_many_tries');

  // Counted before WeChat is asked, so that parallel calls cannot share one try.
  const spent: FaceMatchedCase = {
    ...found,
    revision: found.revision + 1,
    tries: { ...found.tries, fingerprint: found.tries.fingerprint + 1 },
  };
  if (!(await ports.replaceCase(found, spent))) return refuse('wrong_step');
  const challenge = enrolmentChallenge({ caseId: found.id, nonce: found.nonce }, ports.sha256);
  const shown = await readFingerprint(ports, challenge, answer);
  if (!shown.ok) {
    return refuse(shown.error.code, { triesLeft: FINGERPRINT_TRIES - spent.tries.fingerprint });
  }
  const { document, guardian, nonce, template, destroyed } = spent;
  const bound: FingerprintBoundCase = {
    ...nextRevision(spent),
    state: 'fingerprintBound',
    document,
    guardian,
    nonce,
    template,
    destroyed,
    fingerprint: shown.value,
  };
  return (await ports.replaceCase(spent, bound)) ? done({ ok: true, fingerprint: 'bound' }) : refuse('wrong_step');
};
