import type { CalendarDate, Instant } from '../../../protocol';
import type { Now } from '../ambient-ports';
import type { Identity } from '../card/identity';
import type { LoadIdentity } from '../card/identity-ports';
import type { CounterPorts, InstitutionCaller } from './counter';
import type { IdentityBehind, ReferenceTo } from './reference';

export interface ReferencePorts extends Pick<CounterPorts, 'takeTurn'> {
  readonly now: Now;
  readonly today: () => CalendarDate;
  readonly identityBehind: IdentityBehind;
  readonly referenceTo: ReferenceTo;
  readonly loadIdentity: LoadIdentity;
}

/**
 * Whom a reference of the caller's leads to, and its end where it has one; null of another partner's, of one whose holder deleted the account,
 * and of none alike. Each takes one read.
 */
export const referredCard = async (
  ports: Omit<ReferencePorts, 'takeTurn'>,
  { partner }: InstitutionCaller,
  reference: string,
): Promise<{ readonly identity: Identity; readonly until: Instant | null } | null> => {
  const { identity: key, until } = ports.identityBehind(reference, partner.id);
  const identity = await ports.loadIdentity(key);
  return identity && ports.referenceTo(identity, partner.id, until) === reference ? { identity, until } : null;
};
