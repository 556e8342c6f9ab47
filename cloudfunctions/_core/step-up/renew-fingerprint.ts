import { caseId, hex, instant, renewalChallenge } from '../../../protocol';
import type {
  AccountKey,
  FingerprintBoundReply,
  PrepareRenewalReply,
  RenewFingerprintRequest,
  Sha256,
} from '../../../protocol';
import { statusOn, type Identity } from '../card/identity';
import type { LoadIdentityOfAccount } from '../card/identity-ports';
import { isEvidenceOf } from '../enrolment/case';
import { destroyEvidenceOf } from '../enrolment/end-case';
import { done, refuse, type Result } from '../result';
import { checkLiveFace, type CheckLiveFacePorts } from './check-live-face';
import { readFingerprint, type ReadFingerprintPorts } from './fingerprint-answer';
import { RENEWAL_LIFE_MS } from './step-up-state';

export interface RenewFingerprintPorts extends CheckLiveFacePorts, ReadFingerprintPorts {
  readonly sha256: Sha256;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
}

const loadValid = async (
  ports: Pick<RenewFingerprintPorts, 'loadIdentityOfAccount' | 'today'>,
  account: AccountKey,
): Promise<Result<Identity>> => {
  const identity = await ports.loadIdentityOfAccount(account);
  if (!identity) return refuse('not_found');
  return statusOn(identity.card, ports.today()) === 'valid' ? done(identity) : refuse('card_not_active');
};

/**
 * Begins to set the card's fingerprint anew; one that was begun before ends.
 * Refuses `not_found`, `card_not_active`, and `wrong_step` where another change came between.
 */
export const prepareRenewal = async (
  ports: Pick<RenewFingerprintPorts, 'now' | 'today' | 'randomBytes' | 'loadIdentityOfAccount' | 'changeStepUp'>,
  account: AccountKey,
): Promise<Result<PrepareRenewalReply>> => {
  const identity = await loadValid(ports, account);
  if (!identity.ok) return identity;
  const { stepUp } = identity.value;
  const preparedAt = ports.now();
  const id = caseId(hex(ports.randomBytes(16)));
  const changed = await ports.changeStepUp(identity.value, { ...stepUp, renewal: { id, preparedAt } });
  if (!changed) return refuse('wrong_step');
  const expiresAt = instant(preparedAt + RENEWAL_LIFE_MS);
  return done({ ok: true, renewalId: id, evidenceFolder: `evidence/${id}`, expiresAt });
};

/**
 * Sets the card's fingerprint anew, or for the first time: another finger, another phone. Whoever does it shows the face as well,
 * or a stolen account could bind a finger of its own. Until it has succeeded the fingerprint before stays.
 * Refuses `not_found`, `card_not_active`, `wrong_step` where no renewal is prepared, `fingerprint_invalid`,
 * `fingerprint_unavailable`, and what the selfie gives rise to (`checkLiveFace`).
 */
export const renewFingerprint = async (
  ports: RenewFingerprintPorts,
  account: AccountKey,
  { selfie, answer }: RenewFingerprintRequest,
): Promise<Result<FingerprintBoundReply>> => {
  const loaded = await loadValid(ports, account);
  if (!loaded.ok) return loaded;
  const identity = loaded.value;
  const { renewal } = identity.stepUp;
  if (!renewal || renewal.preparedAt + RENEWAL_LIFE_MS <= ports.now()) return refuse('wrong_step');

  // Asked first, so that a touch that failed costs no selfie's try; the picture goes all the same.
  const shown = await readFingerprint(ports, renewalChallenge(renewal.id, ports.sha256), answer);
  if (!shown.ok) {
    if (isEvidenceOf(renewal.id, selfie)) await destroyEvidenceOf(ports, { id: renewal.id, evidence: [selfie] });
    return shown;
  }
  const seen = await checkLiveFace(ports, identity, { folder: renewal.id, file: selfie });
  if (!seen.ok) return seen;
  const { stepUp } = seen.value.identity;
  const renewed = await ports.changeStepUp(seen.value.identity, { ...stepUp, fingerprint: shown.value, renewal: null });
  return renewed ? done({ ok: true, fingerprint: 'bound' }) : refuse('wrong_step');
};
