import { caseId, hex, instant, renewalChallenge } from '../../../protocol';
import type {
  AccountKey,
  ErrorCode,
  FingerprintBoundReply,
  PrepareRenewalReply,
  RenewFingerprintRequest,
  Sha256,
} from '../../../protocol';
import type { RandomBytes } from '../ambient-ports';
import { changeIdentity, nextRevisionOf, withEvent } from '../card/change-identity';
import { statusOn, type Identity } from '../card/identity';
import type { LoadIdentityOfAccount } from '../card/identity-ports';
import { isEvidenceOf } from '../enrolment/case';
import { refuse, type Result } from '../result';
import { checkLiveFace, type CheckLiveFacePorts } from './check-live-face';
import { readFingerprint, type ReadFingerprintPorts } from './fingerprint-answer';
import { RENEWAL_LIFE_MS, type StepUpState } from './step-up-state';

export interface RenewFingerprintPorts extends CheckLiveFacePorts, ReadFingerprintPorts {
  readonly randomBytes: RandomBytes;
  readonly sha256: Sha256;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
}

type Renewal = NonNullable<StepUpState['renewal']>;

/**
 * Begins to set the card's fingerprint anew; one that was begun before ends. Refuses `not_found`, `card_not_active`, `wrong_step`.
 */
export const prepareRenewal = (
  ports: Omit<RenewFingerprintPorts, 'verifySoter'>,
  account: AccountKey,
): Promise<Result<PrepareRenewalReply>> =>
  changeIdentity(
    ports,
    () => ports.loadIdentityOfAccount(account),
    (identity) => {
      if (statusOn(identity.card, ports.today()) !== 'valid') {
        return { kind: 'refused', error: { code: 'card_not_active' } };
      }
      const preparedAt = ports.now();
      const id = caseId(hex(ports.randomBytes(16)));
      const next = nextRevisionOf(identity, { stepUp: { ...identity.stepUp, renewal: { id, preparedAt } } });
      const expiresAt = instant(preparedAt + RENEWAL_LIFE_MS);
      return { kind: 'changed', next, value: { ok: true, renewalId: id, evidenceFolder: `evidence/${id}`, expiresAt } };
    },
  );

/** The renewal that is under way on a valid card, or why there is none. */
const renewalOf = (
  ports: Pick<RenewFingerprintPorts, 'now' | 'today'>,
  { card, stepUp }: Identity,
): { readonly ok: true; readonly renewal: Renewal } | { readonly ok: false; readonly code: ErrorCode } => {
  if (statusOn(card, ports.today()) !== 'valid') return { ok: false, code: 'card_not_active' };
  const { renewal } = stepUp;
  return renewal && renewal.preparedAt + RENEWAL_LIFE_MS > ports.now()
    ? { ok: true, renewal }
    : { ok: false, code: 'wrong_step' };
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
  const load = (): Promise<Identity | null> => ports.loadIdentityOfAccount(account);
  const identity = await load();
  if (!identity) return refuse('not_found');
  const prepared = renewalOf(ports, identity);
  if (!prepared.ok) return refuse(prepared.code);
  const { id } = prepared.renewal;

  // Asked first, so that a touch that failed costs no selfie's try; the picture goes all the same.
  const shown = await readFingerprint(ports, renewalChallenge(id, ports.sha256), answer);
  if (!shown.ok) {
    if (isEvidenceOf(id, selfie)) await ports.destroyEvidence([selfie]);
    return shown;
  }
  const seen = await checkLiveFace(ports, load, { folder: id, file: selfie });
  if (!seen.ok) return seen;
  return changeIdentity(ports, load, (present) => {
    const still = renewalOf(ports, present);
    if (!still.ok) return { kind: 'refused', error: { code: still.code } };
    if (still.renewal.id !== id) return { kind: 'refused', error: { code: 'wrong_step' } };
    const stepUp = { ...present.stepUp, fingerprint: shown.value, renewal: null };
    const next = withEvent(ports.sealEvent, nextRevisionOf(present, { stepUp }), {
      at: ports.now(),
      happening: { kind: 'fingerprint_renewed' },
    });
    return { kind: 'changed', next, value: { ok: true, fingerprint: 'bound' } };
  });
};
