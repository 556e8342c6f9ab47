import type { AccountKey, StandingReply, WithdrawLastingConsentRequest } from '../../../protocol';
import { changeIdentity, nextRevisionOf, withEvent } from '../card/change-identity';
import { done, refuse, type Result } from '../result';
import { loadLook, standingOfLook, standingOfMissing, type LookPorts } from '../rights/look-standing';
import { withoutConsent } from './consent';

/**
 * Withdraws the consent that was given with an entry of the holder's own history, and whatever else its partner has for the same purpose: from
 * this write on no reference of theirs says anything. What was told before stays told. One that is withdrawn or has ended stays as it is.
 * What is kept with the identity decides alone: an entry that somebody removed keeps no consent alive.
 * Refuses `not_found` where no consent was given with that entry, and `wrong_step` where other calls were always first.
 */
export const withdrawLastingConsent = async (
  ports: LookPorts,
  account: AccountKey,
  { number }: Pick<WithdrawLastingConsentRequest, 'number'>,
): Promise<Result<StandingReply>> => {
  const written = await changeIdentity<null>(
    ports,
    () => ports.loadIdentityOfAccount(account),
    (identity) => {
      const at = ports.now();
      const change = withoutConsent(identity, number, at);
      if (!change) return { kind: 'kept', value: null };
      const { partner, purpose } = change.withdrawn;
      const happening = { kind: 'consent_withdrawn', check: number, partner, purpose } as const;
      const next = nextRevisionOf(identity, { consents: change.consents });
      return { kind: 'changed', next: withEvent(ports.sealEvent, next, { at, happening }), value: null };
    },
  );
  if (!written.ok) return written;
  const found = await loadLook(ports, account, number);
  const identity = found?.identity ?? (await ports.loadIdentityOfAccount(account));
  if (!identity) return refuse('not_found');
  const standing = found
    ? await standingOfLook(ports, identity, found.look)
    : standingOfMissing(identity, number, ports.now());
  return standing?.consent ? done({ ok: true, standing }) : refuse('not_found');
};
