import type { AccountKey, WithdrawConsentReply } from '../../../protocol';
import type { Now } from '../ambient-ports';
import { changeIdentity, nextRevisionOf, withEvent, type ChangeIdentityPorts } from '../card/change-identity';
import type { LoadIdentityOfAccount } from '../card/identity-ports';
import type { Result } from '../result';

export interface WithdrawTemplatePorts extends ChangeIdentityPorts {
  readonly now: Now;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
}

/**
 * Withdraws the consent to keep a face template: it is deleted, whatever the card's status, and step-ups compare with the card's
 * portrait from then on. Refuses `not_found`, and `wrong_step` where other changes kept coming between.
 */
export const withdrawTemplate = (
  ports: WithdrawTemplatePorts,
  account: AccountKey,
): Promise<Result<WithdrawConsentReply>> =>
  changeIdentity(
    ports,
    () => ports.loadIdentityOfAccount(account),
    (identity) => {
      const { stepUp } = identity;
      const value = { ok: true, subject: 'faceTemplate' } as const;
      // Asked twice is done once.
      if (!stepUp.template) return { kind: 'kept', value };
      const deleted = nextRevisionOf(identity, { stepUp: { ...stepUp, template: null } });
      const event = { at: ports.now(), happening: { kind: 'face_template_deleted' } } as const;
      return { kind: 'changed', next: withEvent(ports.sealEvent, deleted, event), value };
    },
  );
