import { eventId, hex, type AccountKey, type CalendarDate, type CardReply } from '../../../protocol';
import type { Now, RandomBytes } from '../ambient-ports';
import type { AppendEvent } from '../event';
import { done, refuse, type Result } from '../result';
import { cardOf, type StatusChange } from './identity';
import { statusEventOf } from './identity-events';
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

/** How often one call may be overtaken by another phone of the same holder. */
const ROUNDS = 5;

const change = async (
  ports: HolderCardPorts,
  account: AccountKey,
  from: StatusChange['to'],
  to: StatusChange['to'],
): Promise<Result<CardReply>> => {
  // A round fails where another change overtook it: what that came to decides anew.
  for (let round = 0; round < ROUNDS; round += 1) {
    const identity = await ports.loadIdentityOfAccount(account);
    if (!identity) return refuse('not_found');
    const { card } = identity;
    // The change before may have been interrupted before its event; this call finishes it, and may be its repetition.
    if (card.lastChange) await ports.appendEvent(statusEventOf(identity, card.lastChange));
    // Asked twice is done once: the second call finds what it wanted.
    if (card.status === to) return done({ ok: true, card: cardOf(identity, ports.today()) });
    if (card.status !== from) return refuse('card_not_active');
    const lastChange: StatusChange = { eventId: eventId(hex(ports.randomBytes(16))), at: ports.now(), to };
    if (await ports.changeStatus(identity, lastChange)) {
      await ports.appendEvent(statusEventOf(identity, lastChange));
      return done({
        ok: true,
        card: cardOf({ ...identity, card: { ...card, status: to, lastChange } }, ports.today()),
      });
    }
  }
  return refuse('wrong_step');
};

/** The holder's own brake: from the next check on the card is refused as `suspended`. Refuses `not_found`, `card_not_active`, `wrong_step`. */
export const suspendCard = (ports: HolderCardPorts, account: AccountKey): Promise<Result<CardReply>> =>
  change(ports, account, 'valid', 'suspended');

/** Releases the holder's own brake. Refuses `not_found`, and `card_not_active` where the card was revoked. */
export const resumeCard = (ports: HolderCardPorts, account: AccountKey): Promise<Result<CardReply>> =>
  change(ports, account, 'suspended', 'valid');
