import type { EndReason, Instant } from '../../../protocol';
import type { Identity } from '../card/identity';
import type { HistoryEvent, LoadEvents } from '../event';
import type { Happening } from '../happening';
import type { IssuedPass } from './pass-ports';

type Reasons = readonly EndReason[];

/** What an event does to what stops the card: adds, lifts, or clears all there was. */
interface StopsEvent {
  readonly adds?: Reasons;
  readonly lifts?: Reasons;
  readonly clears?: true;
}

/** What each kind of event does to it, null for nothing; the compiler asks for every new kind. */
const effectOf = (happening: Happening): StopsEvent | null => {
  switch (happening.kind) {
    case 'card_minted':
    case 'card_renewed':
    case 'card_moved':
      return { clears: true };
    case 'card_suspended':
      return { adds: ['by_holder'] };
    case 'card_resumed':
      return { lifts: ['by_holder'] };
    case 'card_stopped':
      return { adds: [happening.reason] };
    case 'card_released':
      return { lifts: happening.reasons };
    case 'kill_code_made':
    case 'data_exported':
    case 'credential_renewed':
    case 'evidence_destroyed':
    case 'card_checked':
    case 'check_refused':
    case 'passes_issued':
    case 'pass_used':
    case 'pass_used_twice':
    case 'face_checked':
    case 'face_template_deleted':
    case 'fingerprint_renewed':
    case 'card_looked_up':
    case 'tier_raised':
    case 'partner_reported':
    case 'deletion_asked':
    case 'deletion_answered':
    case 'consent_withdrawn':
    case 'guardian_consented':
    case 'guardian_withdrew':
      return null;
  }
};

const minus = (reasons: Reasons, others: Reasons): Reasons => reasons.filter((one) => !others.includes(one));

const PAGE = 20;

/** The identity's events, newest first. */
const eventsOf = async function* (loadEvents: LoadEvents, identity: Identity): AsyncGenerator<HistoryEvent> {
  for (let newest = identity.eventCount; newest > 0; newest -= PAGE) {
    const numbers = Array.from({ length: Math.min(PAGE, newest) }, (_, at) => newest - at);
    const events = await loadEvents(identity, numbers);
    yield* [...events].sort((one, other) => other.number - one.number);
  }
};

/** Since when a card has been stopped without a break, told from its events, oldest first; null where nothing stops it. */
const stoppedSince = (events: readonly HistoryEvent[]): Instant | null => {
  let stops: Reasons = [];
  let since: Instant | null = null;
  for (const { at, happening } of events) {
    const effect = effectOf(happening);
    if (!effect) continue;
    const { adds = [], lifts = [], clears = false } = effect;
    stops = clears ? [] : [...minus(minus(stops, adds), lifts), ...adds];
    since = stops.length === 0 ? null : (since ?? at);
  }
  return since;
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
  /** What stopped the card before the events that were gone through; null where that is not known: a new card forgets it. */
  let stops: Reasons | null = card.stops.map(({ reason }) => reason);
  const until: HistoryEvent[] = [];
  for await (const event of eventsOf(ports.loadEvents, identity)) {
    const effect = effectOf(event.happening);
    if (event.at > at) {
      if (effect?.clears) stops = null;
      else if (stops && effect) stops = [...minus(stops, effect.adds ?? []), ...(effect.lifts ?? [])];
      continue;
    }
    if (stops?.length === 0) return null;
    until.unshift(event);
    // What lay before a new card, or before its holder let it go, which nobody else may have stopped, is over.
    if (effect?.clears || event.happening.kind === 'card_resumed') break;
  }
  return stoppedSince(until);
};
