import { eventId } from '../../../protocol';
import type { AppendEvent, CardEvent, CheckEvent } from '../event';
import type { Identity, RedeemedShowing, StatusChange } from './identity';

/** The event of the card's minting. Its id is the card's own, so that a repeated mint leaves one event. */
export const mintedEventOf = ({ key, dataKey, card }: Identity): CardEvent => ({
  id: eventId(card.id),
  at: card.mintedAt,
  kind: 'card_minted',
  subject: key,
  dataKey,
});

/** The event of a change that the holder made to the card's status. */
export const statusEventOf = ({ key, dataKey }: Identity, { eventId: id, at, to }: StatusChange): CardEvent => ({
  id,
  at,
  kind: to === 'suspended' ? 'card_suspended' : 'card_resumed',
  subject: key,
  dataKey,
});

/** The event of the check that redeemed a showing. */
export const checkEventOf = ({ key, dataKey }: Identity, showing: RedeemedShowing): CheckEvent => ({
  id: showing.eventId,
  at: showing.redeemedAt,
  kind: 'card_checked',
  subject: key,
  dataKey,
  purpose: showing.purpose,
  partner: showing.partner,
  terminal: showing.terminal,
  verifier: showing.verifier,
});

/**
 * What the identity itself still knows to have happened, last of each kind. A call that was interrupted between its write and its
 * event left the event to whoever comes next: appended again under the same id, it is harmless where it stands.
 */
export const lastEventsOf = (identity: Identity): readonly CardEvent[] => {
  const { card, showing } = identity;
  return [
    mintedEventOf(identity),
    ...(card.lastChange ? [statusEventOf(identity, card.lastChange)] : []),
    ...(showing?.state === 'redeemed' ? [checkEventOf(identity, showing)] : []),
  ];
};

/** Appends what the identity knows to have happened, before a write makes it forget. */
export const recordLastEvents = async (appendEvent: AppendEvent, identity: Identity): Promise<void> => {
  for (const event of lastEventsOf(identity)) await appendEvent(event);
};
