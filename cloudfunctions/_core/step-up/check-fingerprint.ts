import type { FingerprintAnswer } from '../../../protocol';
import type { Identity } from '../card/identity';
import type { LoadIdentity } from '../card/identity-ports';
import { done, refuse, type Result } from '../result';
import { advanceFingerprint, readFingerprint, type ReadFingerprintPorts } from './fingerprint-answer';
import { provenFactor, type StepUpProof } from './step-up-proof';
import type { ChangeStepUp } from './step-up-ports';

export interface CheckFingerprintPorts extends ReadFingerprintPorts {
  readonly loadIdentity: LoadIdentity;
  readonly changeStepUp: ChangeStepUp;
}

/** How often one call may be overtaken by another phone of the same holder. */
const ROUNDS = 5;

/**
 * Whether the finger that is bound to the card has signed this challenge now. The counter moves on in one conditional write, so
 * that of many calls with one answer a single one is believed.
 * Refuses `fingerprint_not_bound`, `fingerprint_invalid`, `fingerprint_unavailable`, `fingerprint_changed`, `fingerprint_used`, and
 * `wrong_step` where the card is another meanwhile.
 * @param challenge what was to be signed (`stepUpChallenge`)
 */
export const checkFingerprint = async (
  ports: CheckFingerprintPorts,
  identity: Identity,
  challenge: string,
  answer: FingerprintAnswer,
): Promise<Result<StepUpProof>> => {
  if (!identity.stepUp.fingerprint) return refuse('fingerprint_not_bound');
  const shown = await readFingerprint(ports, challenge, answer);
  if (!shown.ok) return shown;
  let present: Identity | null = identity;
  // A round fails where another change overtook it: what that came to decides anew.
  for (let round = 0; round < ROUNDS && present?.card.id === identity.card.id; round += 1) {
    const { stepUp } = present;
    if (!stepUp.fingerprint) return refuse('fingerprint_not_bound');
    const advanced = advanceFingerprint(ports, stepUp.fingerprint, shown.value);
    if (!advanced.ok) return advanced;
    const changed = await ports.changeStepUp(present, { ...stepUp, fingerprint: advanced.value });
    if (changed) return done(provenFactor('fingerprint'));
    present = await ports.loadIdentity(identity.key);
  }
  return refuse('wrong_step');
};
