import type { CalendarDate, IdentityKey, Instant } from '../../../protocol';
import type { Now } from '../ambient-ports';
import type { Identity } from '../card/identity';
import type { Consenting, FindConsent } from '../consents/consent';
import type { CounterPorts, InstitutionCaller } from './counter';
import type { IdentityBehind, ReferenceTo } from './reference';

/** As much of an identity as a reference tells of. */
export type ReferredIdentity = Pick<Identity, 'key' | 'dataKey'> &
  Consenting & { readonly card: Pick<Identity['card'], 'stops' | 'validTo'> };

export interface ReferencePorts extends Pick<CounterPorts, 'takeTurn'> {
  readonly now: Now;
  readonly today: () => CalendarDate;
  readonly identityBehind: IdentityBehind;
  readonly referenceTo: ReferenceTo;
  readonly loadIdentity: (key: IdentityKey) => Promise<ReferredIdentity | null>;
  readonly findConsent: FindConsent;
}

/**
 * Whom a reference of the caller's leads to, and its end where it has one; null of another partner's, of one whose holder deleted the account,
 * and of none alike. Each takes one read.
 */
export const referredCard = async (
  ports: Pick<ReferencePorts, 'identityBehind' | 'referenceTo' | 'loadIdentity'>,
  { partner }: InstitutionCaller,
  reference: string,
): Promise<{ readonly identity: ReferredIdentity; readonly until: Instant | null } | null> => {
  const { identity: key, until } = ports.identityBehind(reference, partner.id);
  const identity = await ports.loadIdentity(key);
  return identity && ports.referenceTo(identity, partner.id, until) === reference ? { identity, until } : null;
};
