import { base64urlEncode, instant, type AccountKey, type Instant } from '../../../protocol';
import type { Now, RandomBytes } from '../ambient-ports';
import type { refuse, Result } from '../result';
import { changeIdentity, nextRevisionOf, type ChangeIdentityPorts } from './change-identity';
import type { Identity, PreparedOrder } from './identity';
import type { LoadIdentityOfAccount } from './identity-ports';

export interface PrepareOrderPorts extends ChangeIdentityPorts {
  readonly now: Now;
  readonly randomBytes: RandomBytes;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
}

/** What keeps a phone from an order at a moment, or null. */
export type HindranceOf = (identity: Identity, at: Instant) => ReturnType<typeof refuse> | null;

/**
 * Prepares an order: gives the challenge that the card's key is to sign, and until when.
 * Refuses `not_found`, what hinders, and `wrong_step` where other calls were always first.
 * @param order.put where it is kept until then
 */
export const prepareOrder = (
  ports: PrepareOrderPorts,
  account: AccountKey,
  order: {
    readonly lifeMs: number;
    readonly hindranceOf: HindranceOf;
    readonly put: (prepared: PreparedOrder) => Partial<Identity>;
  },
): Promise<Result<{ readonly challenge: string; readonly expiresAt: Instant }>> =>
  changeIdentity(
    ports,
    () => ports.loadIdentityOfAccount(account),
    (identity) => {
      const preparedAt = ports.now();
      const hindrance = order.hindranceOf(identity, preparedAt);
      if (hindrance) return { kind: 'refused', error: hindrance.error };
      const challenge = base64urlEncode(ports.randomBytes(16));
      return {
        kind: 'changed',
        next: nextRevisionOf(identity, order.put({ challenge, preparedAt })),
        value: { challenge, expiresAt: instant(preparedAt + order.lifeMs) },
      };
    },
  );
