import { isAlias, type Verification, type VerificationOrder } from '../../../protocol';
import { done, refuse, type Result } from '../result';
import { redeemAs, type RedeemPorts } from '../showing/redeem-code';
import { counterOf, ORDERS_OF_PARTNER, takeTurnOf, type CounterPorts, type InstitutionCaller } from './counter';
import { bindKey, type IdempotencyPorts } from './idempotency';
import type { ReferenceTo } from './reference';

export interface VerifyCodePorts extends RedeemPorts, CounterPorts, IdempotencyPorts {
  readonly referenceTo: ReferenceTo;
}

/**
 * Redeems a code that was scanned at a counter of an institution, as a merchant's terminal does. Under the same idempotency key the same
 * order hears the same answer again for 60 s; a refused order consumed nothing, and is tried anew.
 * Refuses `too_many_requests`, `idempotency_key_reused`, and what `redeemCode` refuses a registered terminal.
 */
export const verifyCode = async (
  ports: VerifyCodePorts,
  caller: InstitutionCaller,
  idempotencyKey: string,
  { code, purpose, claims, counter }: VerificationOrder,
): Promise<Result<Verification>> => {
  const turn = await takeTurnOf(ports, ORDERS_OF_PARTNER, caller);
  if (!turn.ok) return turn;
  if (isAlias(code)) return refuse('code_not_recognised');
  const staff = await counterOf(ports, caller, counter);
  const key = { clientId: caller.clientId, key: idempotencyKey };
  const requestId = await bindKey(ports, key, [code, purpose, claims ?? null, counter]);
  if (requestId === null) return refuse('idempotency_key_reused');
  const redeemed = await redeemAs(ports, staff, { code, purpose, requestId, ...(claims && { claims }) });
  if (!redeemed.ok) return redeemed;
  const { reply, identity } = redeemed.value;
  const { eventId: id, ...told } = reply.answer;
  return done({ id, reference: ports.referenceTo(identity, caller.partner.id, null), ...told });
};
