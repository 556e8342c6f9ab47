import { jwkThumbprint } from '../../../protocol';
import type { AccountKey, CalendarDate, CardReply, GetCardRequest, Instant, Sha256 } from '../../../protocol';
import type { Now } from '../ambient-ports';
import { done, refuse, type Result } from '../result';
import { changeIdentity, nextRevisionOf, withEvent, type ChangeIdentityPorts } from './change-identity';
import { cardOf, type Identity } from './identity';
import type { LoadIdentityOfAccount } from './identity-ports';
import { standingOf, without, withStop, type Stops } from './stops';

export interface HolderCardPorts extends ChangeIdentityPorts {
  readonly now: Now;
  readonly today: () => CalendarDate;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
}

export interface GetCardPorts extends Pick<HolderCardPorts, 'now' | 'today' | 'loadIdentityOfAccount'> {
  readonly sha256: Sha256;
  /** Whether what the issuer's key of that name signed is believed at an instant. */
  readonly isKidTrusted: (kid: string, at: Instant) => boolean;
}

/**
 * The holder's own card, whether its credential is to be renewed, and whether it is bound to another phone than the one that asks.
 * Refuses `not_found` where there is none.
 */
export const getCard = async (
  ports: GetCardPorts,
  account: AccountKey,
  { key }: Pick<GetCardRequest, 'key'> = {},
): Promise<Result<CardReply>> => {
  const identity = await ports.loadIdentityOfAccount(account);
  if (!identity) return refuse('not_found');
  const { mintedAt, holderKey, credential } = identity.card;
  const isElsewhere = key !== undefined && key !== jwkThumbprint(holderKey, ports.sha256);
  const at = ports.now();
  const card = cardOf(identity, { today: ports.today(), at });
  const isDue = card.status === 'valid' && !ports.isKidTrusted(credential.kid, at);
  return done({
    ok: true,
    card,
    ...(isDue && { renew: true }),
    ...(isElsewhere && { boundElsewhere: { since: mintedAt } }),
  });
};

type Decide = (stops: Stops, at: Instant) => Stops | 'as_wanted' | 'not_active';

const change = (
  ports: HolderCardPorts,
  account: AccountKey,
  kind: 'card_suspended' | 'card_resumed',
  decide: Decide,
): Promise<Result<CardReply>> =>
  changeIdentity(
    ports,
    () => ports.loadIdentityOfAccount(account),
    (identity) => {
      const at = ports.now();
      const reply = (next: Identity): CardReply => ({ ok: true, card: cardOf(next, { today: ports.today(), at }) });
      const stops = decide(identity.card.stops, at);
      // Asked twice is done once: the second call finds what it wanted.
      if (stops === 'as_wanted') return { kind: 'kept', value: reply(identity) };
      if (stops === 'not_active') return { kind: 'refused', error: { code: 'card_not_active' } };
      const changed = nextRevisionOf(identity, { card: { ...identity.card, stops } });
      const next = withEvent(ports.sealEvent, changed, { at, happening: { kind } });
      return { kind: 'changed', next, value: reply(next) };
    },
  );

/**
 * The holder's own brake: from the next check on the card is refused as `suspended`. One that is stopped by others already stays braked
 * once they let it go. Refuses `not_found`, `card_not_active`, `wrong_step`.
 */
export const suspendCard = (ports: HolderCardPorts, account: AccountKey): Promise<Result<CardReply>> =>
  change(ports, account, 'card_suspended', (stops, at) =>
    standingOf(stops) === 'revoked' ? 'not_active' : (withStop(stops, { reason: 'by_holder', at }) ?? 'as_wanted'),
  );

/**
 * Releases the holder's own brake. Refuses `not_found`, `wrong_step`, and `card_not_active` where anything but a tap of the holder's
 * stopped the card: whoever holds the phone may not be its holder.
 */
export const resumeCard = (ports: HolderCardPorts, account: AccountKey): Promise<Result<CardReply>> =>
  change(ports, account, 'card_resumed', (stops) => {
    if (stops.length === 0) return 'as_wanted';
    const others = without(stops, 'holder');
    return others.length === 0 ? others : 'not_active';
  });
