import type { CalendarDate, EndReason, IdNumber } from '../../../protocol';
import { changeIdentity, ROUNDS_OF_OTHERS } from '../card/change-identity';
import type { IdentityKeyOf } from '../card/identity-ports';
import { stop, type StopCardPorts, type Stopped } from '../card/stop-card';

/** What the authority reports of a person or of their identity card. */
export type SourceEventKind = 'lost' | 'replaced' | 'expired' | 'died' | 'number_changed';

export interface SourceEvent {
  readonly number: IdNumber;
  readonly kind: SourceEventKind;
  readonly reportedOn: CalendarDate;
}

/** A page of what the authority reported after a place in its list; null where it cannot be asked now. */
export type LoadSourceEvents = (after: string | null) => Promise<{
  readonly events: readonly SourceEvent[];
  /** The place behind them. */
  readonly next: string;
  readonly isLast: boolean;
} | null>;

/** Up to where the list was followed; null at the beginning. */
export type LoadSourcePlace = () => Promise<string | null>;
/** Moves the place in one conditional write that names the one before. @returns false where another run was first */
export type MoveSourcePlace = (prior: string | null, next: string) => Promise<boolean>;

export interface FollowSourcePorts extends StopCardPorts {
  readonly identityKeyOf: IdentityKeyOf;
  readonly loadSourceEvents: LoadSourceEvents;
  readonly loadSourcePlace: LoadSourcePlace;
  readonly moveSourcePlace: MoveSourcePlace;
}

const reasons = {
  lost: 'document_lost',
  replaced: 'document_replaced',
  expired: 'document_expired',
  died: 'person_died',
  number_changed: 'number_changed',
} as const satisfies Record<SourceEventKind, EndReason>;

const isOfDocument = (kind: SourceEventKind): boolean => kind !== 'died' && kind !== 'number_changed';

/** Stops the card of the person whom an event is about; most have none, and a newer identity card is not meant. */
const apply = async (ports: FollowSourcePorts, { number, kind, reportedOn }: SourceEvent): Promise<void> => {
  const key = ports.identityKeyOf(number);
  const outcome = await changeIdentity<Stopped>(
    ports,
    () => ports.loadIdentity(key),
    (identity) =>
      isOfDocument(kind) && identity.person.validFrom >= reportedOn
        ? { kind: 'kept', value: { isChanged: false } }
        : stop(ports, identity, reasons[kind]),
    ROUNDS_OF_OTHERS,
  );
  // The place stays before this event, so that the next run meets it again.
  if (!outcome.ok && outcome.error.code !== 'not_found') throw new Error('an event of the source was not applied');
};

/** How many pages one run follows; what is left is the next run's. */
const PAGES_AT_ONCE = 20;

/**
 * Follows what the authority reports: a lost, replaced or expired identity card suspends the person's card until a newer one is enrolled,
 * a death or a changed number revokes it. An event that is met twice changes nothing the second time.
 * @returns how many events were met
 * @throws Error where one could not be applied
 */
export const followSource = async (ports: FollowSourcePorts): Promise<number> => {
  let met = 0;
  for (let page = 0; page < PAGES_AT_ONCE; page += 1) {
    const place = await ports.loadSourcePlace();
    const found = await ports.loadSourceEvents(place);
    if (!found) return met;
    for (const event of found.events) await apply(ports, event);
    met += found.events.length;
    if (found.next === place || !(await ports.moveSourcePlace(place, found.next)) || found.isLast) return met;
  }
  return met;
};
