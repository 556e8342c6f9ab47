import type { Instant } from '../../../protocol';
import type { Identity } from '../card/identity';
import type { HistoryEvent, LoadEvents } from '../event';
import type { Happening } from '../happening';
import type { IssuedPass } from './pass-ports';

type Status = Identity['card']['status'];

/** What an event changes: the status that the holder and the issuer set, or the hold of an operator beside it. Null: not known. */
interface StatusEvent {
  readonly status?: { readonly before: Status | null; readonly after: Status };
  readonly isHeld?: { readonly before: boolean; readonly after: boolean };
}

/** Each kind of event by what it changes; the compiler asks for every new one. */
const statusEvents: Readonly<Record<Happening['kind'], StatusEvent | null>> = {
  // The card before it may have been braked.
  card_minted: { status: { before: null, after: 'valid' } },
  card_suspended: { status: { before: 'valid', after: 'suspended' } },
  card_resumed: { status: { before: 'suspended', after: 'valid' } },
  // It may have been suspended as well.
  card_revoked: { status: { before: null, after: 'revoked' } },
  card_ended: { status: { before: null, after: 'revoked' } },
  card_held: { isHeld: { before: false, after: true } },
  card_released: { isHeld: { before: true, after: false } },
  card_renewed: { status: { before: null, after: 'valid' } },
  card_moved: { status: { before: null, after: 'valid' } },
  // To suspended or revoked: either way no terminal should have taken it.
  card_stopped: { status: { before: null, after: 'suspended' } },
  card_reinstated: { status: { before: 'suspended', after: 'valid' } },
  kill_code_made: null,
  data_exported: null,
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
  card_looked_up: null,
  tier_raised: null,
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
  let isHeld = card.held !== null;
  /** When each of the two began to be what it was at that instant; null where it is valid. */
  const began: Instant[] = [];
  let isStatusKnown = false;
  let isHoldKnown = false;
  for await (const { at: when, happening } of eventsOf(ports.loadEvents, identity)) {
    const told = statusEvents[happening.kind];
    if (when > at) {
      if (told?.status) status = told.status.before;
      if (told?.isHeld) isHeld = told.isHeld.before;
      continue;
    }
    isStatusKnown ||= status === 'valid';
    isHoldKnown ||= !isHeld;
    if (told?.status && !isStatusKnown) {
      isStatusKnown = true;
      if (told.status.after !== 'valid') began.push(when);
    }
    if (told?.isHeld && !isHoldKnown) {
      isHoldKnown = true;
      began.push(when);
    }
    if (isStatusKnown && isHoldKnown) break;
  }
  const [first = null] = began.sort((one, other) => one - other);
  return first;
};
