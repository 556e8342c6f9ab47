import type { AccountKey, CalendarDate, CardReply } from '../../../protocol';
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

/** The holder's own card. Refuses `not_found` where there is none. */
export const getCard = async (
  ports: Pick<HolderCardPorts, 'today' | 'loadIdentityOfAccount'>,
  account: AccountKey,
): Promise<Result<CardReply>> => {
  const identity = await ports.loadIdentityOfAccount(account);
  return identity ? done({ ok: true, card: cardOf(identity, ports.today()) }) : refuse('not_found');
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
