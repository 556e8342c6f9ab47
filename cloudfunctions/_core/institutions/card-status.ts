import type { CalendarDate, CardStatus, IdentityKey } from '../../../protocol';
import type { Now } from '../ambient-ports';
import { statusOn, type Identity } from '../card/identity';
import { done, type Result } from '../result';
import { READS_OF_PARTNER, takeTurnOf, type CounterPorts, type InstitutionCaller } from './counter';
import type { IdentityBehind, ReferenceTo } from './reference';

/** As much of an identity as its card's status is told by. */
type StatedIdentity = Pick<Identity, 'key' | 'dataKey'> & {
  readonly card: Pick<Identity['card'], 'stops' | 'validTo'>;
};

export interface CardStatusPorts extends Pick<CounterPorts, 'takeTurn'> {
  readonly now: Now;
  readonly today: () => CalendarDate;
  readonly identityBehind: IdentityBehind;
  readonly referenceTo: ReferenceTo;
  readonly loadIdentity: (key: IdentityKey) => Promise<StatedIdentity | null>;
}

/**
 * The status of the card behind a reference that the caller was given. Another partner's reference, one that has ended, one whose holder
 * deleted the account, and no reference at all are `unknown` alike, and each takes one read.
 * Refuses `too_many_requests`.
 */
export const readCardStatus = async (
  ports: CardStatusPorts,
  caller: InstitutionCaller,
  reference: string,
): Promise<Result<CardStatus>> => {
  const turn = await takeTurnOf(ports, READS_OF_PARTNER, caller);
  if (!turn.ok) return turn;
  const { id } = caller.partner;
  const { identity, until } = ports.identityBehind(reference, id);
  const found = await ports.loadIdentity(identity);
  const asOf = ports.now();
  const isMeant =
    found !== null && ports.referenceTo(found, id, until) === reference && (until === null || asOf < until);
  return done({ status: isMeant ? statusOn(found.card, ports.today()) : 'unknown', asOf });
};
