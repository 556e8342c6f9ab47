import { eventId, hex, type AccountKey, type CalendarDate, type CardReply } from '../../../protocol';
import type { Now, RandomBytes } from '../ambient-ports';
import type { AppendEvent } from '../event';
import { done, refuse, type Result } from '../result';
import { cardOf, type Identity } from './identity';
import type { ChangeStatus, LoadIdentityOfAccount } from './identity-ports';

export interface HolderCardPorts {
  readonly now: Now;
  readonly today: () => CalendarDate;
  readonly randomBytes: RandomBytes;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
  readonly changeStatus: ChangeStatus;
  readonly appendEvent: AppendEvent;
}

/** The holder's own card. Refuses `not_found` where there is none. */
export const getCard = async (
  ports: Pick<HolderCardPorts, 'today' | 'loadIdentityOfAccount'>,
  account: AccountKey,
): Promise<Result<CardReply>> => {
  const identity = await ports.loadIdentityOfAccount(account);
  return identity ? done({ ok: true, card: cardOf(identity, ports.today()) }) : refuse('not_found');
};

const change = async (
  ports: HolderCardPorts,
  account: AccountKey,
  from: Identity['card']['status'],
  to: 'valid' | 'suspended',
): Promise<Result<CardReply>> => {
  const identity = await ports.loadIdentityOfAccount(account);
  if (!identity) return refuse('not_found');
  const changed = { ...identity, card: { ...identity.card, status: to } };
  // Asked twice is done once: the second call finds what it wanted.
  if (identity.card.status === to) return done({ ok: true, card: cardOf(identity, ports.today()) });
  if (!(await ports.changeStatus(identity.key, from, to))) return refuse('card_not_active');
  await ports.appendEvent({
    id: eventId(hex(ports.randomBytes(16))),
    at: ports.now(),
    kind: to === 'suspended' ? 'card_suspended' : 'card_resumed',
    subject: identity.key,
    dataKey: identity.dataKey,
  });
  return done({ ok: true, card: cardOf(changed, ports.today()) });
};

/** The holder's own brake: from the next check on the card is refused as `suspended`. Refuses `not_found`, `card_not_active`. */
export const suspendCard = (ports: HolderCardPorts, account: AccountKey): Promise<Result<CardReply>> =>
  change(ports, account, 'valid', 'suspended');

/** Releases the holder's own brake. Refuses `not_found`, and `card_not_active` where the card was revoked. */
export const resumeCard = (ports: HolderCardPorts, account: AccountKey): Promise<Result<CardReply>> =>
  change(ports, account, 'suspended', 'valid');
