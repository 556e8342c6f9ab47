import type { EndReason, IdentityKey, RevocationReason, SuspensionReason } from '../../../protocol';
import type { Now } from '../ambient-ports';
import type { Result } from '../result';
import { changeIdentity, nextRevisionOf, withEvent, type Change, type ChangeIdentityPorts } from './change-identity';
import { stopped, withoutShowing, type Identity } from './identity';
import type { LoadIdentity } from './identity-ports';

export interface RevokeCardPorts extends ChangeIdentityPorts {
  readonly now: Now;
  readonly loadIdentity: LoadIdentity;
}

/** How a card stands after the call, and whether it was the call that made it so. */
export interface Standing {
  readonly status: Identity['card']['status'];
  readonly isChanged: boolean;
}

/** Stops a card and cuts its showing; one that is stopped for a reason as grave already stays as it is. */
export const stop = (
  ports: Pick<RevokeCardPorts, 'now' | 'sealEvent'>,
  identity: Identity,
  reason: EndReason,
): Change<Standing> => {
  const at = ports.now();
  const card = stopped(identity.card, { reason, at });
  if (!card) return { kind: 'kept', value: { status: identity.card.status, isChanged: false } };
  const next = nextRevisionOf(identity, { card, ...withoutShowing(identity) });
  const happening = { kind: 'card_stopped', reason } as const;
  return {
    kind: 'changed',
    next: withEvent(ports.sealEvent, next, { at, happening }),
    value: { status: card.status, isChanged: true },
  };
};

const stopIdentity = (ports: RevokeCardPorts, key: IdentityKey, reason: EndReason): Promise<Result<Standing>> =>
  changeIdentity(
    ports,
    () => ports.loadIdentity(key),
    (identity) => stop(ports, identity, reason),
  );

/**
 * Suspends a person's card for a reason that is not the holder's own wish; what makes it valid again follows from the reason.
 * Refuses `not_found`, and `wrong_step` where other calls were always first.
 */
export const suspendIdentity: (
  ports: RevokeCardPorts,
  key: IdentityKey,
  reason: SuspensionReason,
) => Promise<Result<Standing>> = stopIdentity;

/** Revokes a person's card for good. Refuses `not_found`, and `wrong_step` where other calls were always first. */
export const revokeIdentity: (
  ports: RevokeCardPorts,
  key: IdentityKey,
  reason: RevocationReason,
) => Promise<Result<Standing>> = stopIdentity;

/**
 * Makes a suspended card valid again, once an operator has seen the person. A revoked card stays revoked.
 * Refuses `not_found`, `card_not_active` where it is revoked, and `wrong_step` where other calls were always first.
 */
export const releaseIdentity = (ports: RevokeCardPorts, key: IdentityKey): Promise<Result<Standing>> =>
  changeIdentity<Standing>(
    ports,
    () => ports.loadIdentity(key),
    (identity) => {
      const { card } = identity;
      if (card.status === 'revoked') return { kind: 'refused', error: { code: 'card_not_active' } };
      if (card.status === 'valid') return { kind: 'kept', value: { status: 'valid', isChanged: false } };
      const released = nextRevisionOf(identity, { card: { ...card, status: 'valid', ended: null } });
      const happening = { kind: 'card_reinstated' } as const;
      const next = withEvent(ports.sealEvent, released, { at: ports.now(), happening });
      return { kind: 'changed', next, value: { status: 'valid', isChanged: true } };
    },
  );
