import type { Instant } from '../../../protocol';
import type { Identity } from '../card/identity';
import type { HistoryEvent, LoadEvents } from '../event';
import type { Happening } from '../happening';
import type { IssuedPass } from './pass-ports';

type Status = Identity['card']['status'];

/** What an event tells of the card's status before and after it; null where it tells nothing. */
interface StatusEvent {
  readonly before: Status | null;
  readonly after: Status;
}

/** Each kind of event by what it does to the status; the compiler asks for every new one. */
const statusEvents: Readonly<Record<Happening['kind'], StatusEvent | null>> = {
  // The card before it may have been braked.
  card_minted: { before: null, after: 'valid' },
  card_suspended: { before: 'valid', after: 'suspended' },
  card_resumed: { before: 'suspended', after: 'valid' },
  // It may have been suspended as well.
  card_revoked: { before: null, after: 'revoked' },
  credential_renewed: null,
  evidence_destroyed: null,
  card_checked: null,
  check_refused: null,
  passes_issued: null,
  pass_used: null,
  pass_used_twice: null,
  face_checked: null,
  face_template_deleted: null,
  fingerprint_renewed: null,
};

const PAGE = 20;

/** The identity's events, newest first. */
const eventsOf = async function* (loadEvents: LoadEvents, identity: Identity): AsyncGenerator<HistoryEvent> {
  for (let newest = identity.eventCount; newest > 0; newest -= PAGE) {
    const numbers = Array.from({ length: Math.min(PAGE, newest) }, (_, at) => newest - at);
    const events = await loadEvents(identity, numbers);
    yield* [...events].sort((one, other) => other.number - one.number);
  }
};

/**
 * Since when a card had not been valid any more at an instant, or null where it was valid: told from its history, since a card that
 * is valid today may have been suspended then, and the other way round. No more of the history is read than reaches back to that
 * instant, as long as the card was valid at it.
 */
export const notValidSince = async (
  ports: { readonly loadEvents: LoadEvents },
  identity: Identity,
  issued: Pick<IssuedPass, 'card'>,
  at: Instant,
): Promise<Instant | null> => {
  const { card } = identity;
  // A new card took the place of the one that the pass is for.
  if (card.id !== issued.card && card.mintedAt <= at) return card.mintedAt;
  let status: Status | null = card.status;
  for await (const event of eventsOf(ports.loadEvents, identity)) {
    const told = statusEvents[event.happening.kind];
    if (event.at > at) {
      if (told) status = told.before;
      continue;
    }
    if (status === 'valid') return null;
    if (told) return told.after === 'valid' ? null : event.at;
  }
  return null;
};
