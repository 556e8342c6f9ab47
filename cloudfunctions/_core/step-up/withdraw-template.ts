import type { AccountKey, WithdrawConsentReply } from '../../../protocol';
import type { Log } from '../ambient-ports';
import type { LoadIdentityOfAccount } from '../card/identity-ports';
import { done, refuse, type Result } from '../result';
import type { ChangeStepUp } from './step-up-ports';

export interface WithdrawTemplatePorts {
  readonly log: Log;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
  readonly changeStepUp: ChangeStepUp;
}

/** How often one call may be overtaken by another phone of the same holder. */
const ROUNDS = 5;

/**
 * Withdraws the consent to keep a face template: it is deleted, whatever the card's status, and step-ups compare with the card's
 * portrait from then on. Refuses `not_found`, and `wrong_step` where other changes kept coming between.
 */
export const withdrawTemplate = async (
  ports: WithdrawTemplatePorts,
  account: AccountKey,
): Promise<Result<WithdrawConsentReply>> => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const identity = await ports.loadIdentityOfAccount(account);
    if (!identity) return refuse('not_found');
    const { stepUp } = identity;
    if (!stepUp.template) return done({ ok: true, subject: 'faceTemplate' });
    if (await ports.changeStepUp(identity, { ...stepUp, template: null })) {
      ports.log({ event: 'FACE_TEMPLATE', change: 'deleted' });
      return done({ ok: true, subject: 'faceTemplate' });
    }
  }
  return refuse('wrong_step');
};
