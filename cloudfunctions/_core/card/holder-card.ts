import type { AccountKey, CalendarDate, CardReply, Instant } from '../../../protocol';
import type { Now } from '../ambient-ports';
import { done, refuse, type Result } from '../result';
import { changeIdentity, nextRevisionOf, withEvent, type ChangeIdentityPorts } from './change-identity';
import { cardOf } from './identity';
import type { LoadIdentityOfAccount } from './identity-ports';

export interface HolderCardPorts extends ChangeIdentityPorts {
  readonly now: Now;
  readonly today: () => CalendarDate;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
}

export interface GetCardPorts extends Pick<HolderCardPorts, 'now' | 'today' | 'loadIdentityOfAccount'> {
  /** Whether what the issuer's key of that name signed is believed at an instant. */
  readonly isKidTrusted: (kid: string, at: Instant) => boolean;
}

/** The holder's own card, and whether its credential is to be renewed. Refuses `not_found` where there is none. */
export const getCard = async (ports: GetCardPorts, account: AccountKey): Promise<Result<CardReply>> => {
  const identity = await ports.loadIdentityOfAccount(account);
  if (!identity) return refuse('not_found');
  const card = cardOf(identity, ports.today());
  const isDue = card.status === 'valid' && !ports.isKidTrusted(identity.card.credential.kid, ports.now());
  return done({ ok: true, card, ...(isDue && { renew: true }) });
};

type Brake = 'valid' | 'suspended';

const change = (ports: HolderCardPorts, account: AccountKey, from: Brake, to: Brake): Promise<Result<CardReply>> =>
  changeIdentity(
    ports,
    () => ports.loadIdentityOfAccount(account),
    (identity) => {
      const reply = (next: typeof identity): CardReply => ({ ok: true, card: cardOf(next, ports.today()) });
      const { card } = identity;
      // Asked twice is done once: the second call finds what it wanted.
      if (card.status === to) return { kind: 'kept', value: reply(identity) };
      if (card.status !== from) return { kind: 'refused', error: { code: 'card_not_active' } };
      const next = withEvent(ports.sealEvent, nextRevisionOf(identity, { card: { ...card, status: to } }), {
        at: ports.now(),
        happening: { kind: to === 'suspended' ? 'card_suspended' : 'card_resumed' },
      });
      return { kind: 'changed', next, value: reply(next) };
    },
  );

/** The holder's own brake: from the next check on the card is refused as `suspended`. Refuses `not_found`, `card_not_active`, `wrong_step`. */
export const suspendCard = (ports: HolderCardPorts, account: AccountKey): Promise<Result<CardReply>> =>
  change(ports, account, 'valid', 'suspended');

/** Releases the holder's own brake. Refuses `not_found`, `wrong_step`, and `card_not_active` where the card was revoked. */
export const resumeCard = (ports: HolderCardPorts, account: AccountKey): Promise<Result<CardReply>> =>
  change(ports, account, 'suspended', 'valid');
