import type { FingerprintAnswer } from '../../../protocol';
import type { Identity } from '../card/identity';
import { done, refuse, type Result } from '../result';
import { advanceFingerprint, readFingerprint, type ReadFingerprintPorts } from './fingerprint-answer';
import { provenFactor, type StepUpProof } from './step-up-proof';
import type { StepUpState } from './step-up-state';

/** A finger that was shown, and what must be written together with whatever it is shown for. */
export interface ShownFinger {
  readonly proof: StepUpProof;
  /**
   * The identity's next step-ups: the counter has moved on. Written in the one conditional write that the proof is used in, it makes
   * that write the only one that this answer can ever lead to.
   */
  readonly stepUp: StepUpState;
}

/**
 * Whether the finger that is bound to the card has signed this challenge now. To be asked where an identity's change is decided
 * (`changeIdentity`): where another call is first, the identity as it is then is asked again, and has seen the counter.
 * Refuses `fingerprint_not_bound`, `fingerprint_invalid`, `fingerprint_unavailable`, `fingerprint_changed`, `fingerprint_used`.
 * @param challenge what was to be signed (`stepUpChallenge`)
 */
export const checkFingerprint = async (
  ports: ReadFingerprintPorts,
  { stepUp }: Pick<Identity, 'stepUp'>,
  challenge: string,
  answer: FingerprintAnswer,
): Promise<Result<ShownFinger>> => {
  if (!stepUp.fingerprint) return refuse('fingerprint_not_bound');
  const shown = await readFingerprint(ports, challenge, answer);
  if (!shown.ok) return shown;
  const advanced = advanceFingerprint(ports, stepUp.fingerprint, shown.value);
  if (!advanced.ok) return advanced;
  return done({ proof: provenFactor('fingerprint'), stepUp: { ...stepUp, fingerprint: advanced.value } });
};
