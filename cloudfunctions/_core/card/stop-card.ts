import type { EndReason, IdentityKey } from '../../../protocol';
import type { Now } from '../ambient-ports';
import type { Result } from '../result';
import {
  changeIdentity,
  nextRevisionOf,
  ROUNDS_OF_OTHERS,
  withEvent,
  type Change,
  type ChangeIdentityPorts,
} from './change-identity';
import type { Identity } from './identity';
import type { LoadIdentity } from './identity-ports';
import { withStop } from './stops';

export interface StopCardPorts extends ChangeIdentityPorts {
  readonly now: Now;
  readonly loadIdentity: LoadIdentity;
}

/** Whether it was this call that stopped the card for its reason. */
export interface Stopped {
  readonly isChanged: boolean;
}

/**
 * Stops a card for a reason; one that is stopped for it already, or revoked for a graver one, stays as it is. An open showing stays too:
 * no code of it is accepted, but whoever scans one hears how the card stands, and its holder reads where it was tried.
 */
export const stop = (
  ports: Pick<StopCardPorts, 'now' | 'sealEvent'>,
  identity: Identity,
  reason: EndReason,
): Change<Stopped> => {
  const at = ports.now();
  const stops = withStop(identity.card.stops, { reason, at });
  if (!stops) return { kind: 'kept', value: { isChanged: false } };
  const next = nextRevisionOf(identity, { card: { ...identity.card, stops } });
  const happening = { kind: 'card_stopped', reason } as const;
  return { kind: 'changed', next: withEvent(ports.sealEvent, next, { at, happening }), value: { isChanged: true } };
};

/**
 * Stops a person's card; whether for good, and what makes up for it, follows from the reason.
 * Refuses `not_found`, and `wrong_step` where other calls were always first.
 */
export const stopIdentity = (ports: StopCardPorts, key: IdentityKey, reason: EndReason): Promise<Result<Stopped>> =>
  changeIdentity(
    ports,
    () => ports.loadIdentity(key),
    (identity) => stop(ports, identity, reason),
    ROUNDS_OF_OTHERS,
  );
