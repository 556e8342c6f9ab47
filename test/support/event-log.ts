import {
  isOlder,
  type AppendEvent,
  type CardEvent,
  type Event,
  type LoadCardEvents,
  type LoadLooks,
  type LoadSealedEvent,
  type LookEvent,
} from '../../cloudfunctions/_core/event';
import { deepFreeze } from './freeze';

/** Events in memory; the same id twice is one event. */
export interface EventLog {
  readonly appendEvent: AppendEvent;
  readonly loadCardEvents: LoadCardEvents;
  readonly loadLooks: LoadLooks;
  readonly loadSealedEvent: LoadSealedEvent;
  readonly all: () => readonly Event[];
  readonly ofKind: <Kind extends Event['kind']>(kind: Kind) => readonly Extract<Event, { readonly kind: Kind }>[];
}

const isCardEvent = (event: Event | undefined): event is CardEvent => event?.kind.startsWith('card_') === true;
const isLook = (event: Event | undefined): event is LookEvent => event?.kind === 'look_reported';

/** An event as its seal gives it back: under its own key alone. */
const opened = <Sealed extends CardEvent | LookEvent>(event: Sealed, dataKey: string): Sealed => {
  if (event.dataKey !== dataKey) throw new Error('the seal does not open');
  return event;
};

export const createEventLog = (): EventLog => {
  const events = new Map<string, Event>();
  const all = (): readonly Event[] => [...events.values()];
  return {
    appendEvent: (event) => {
      const isNew = !events.has(event.id);
      if (isNew) events.set(event.id, deepFreeze(event));
      return Promise.resolve(isNew);
    },
    loadCardEvents: ({ key, dataKey }, before, limit) => {
      const found = all()
        .filter(isCardEvent)
        .filter((event) => event.subject === key && (before === null || isOlder(event, before)))
        .sort((one, other) => (isOlder(one, other) ? 1 : -1));
      return Promise.resolve(found.slice(0, limit).map((event) => opened(event, dataKey)));
    },
    loadLooks: (dataKey, ids) =>
      Promise.resolve(
        ids
          .map((id) => events.get(id))
          .filter(isLook)
          .map((look) => opened(look, dataKey)),
      ),
    loadSealedEvent: (id) => {
      const found = events.get(id);
      return Promise.resolve(
        isCardEvent(found) ? { subject: found.subject, open: (dataKey) => opened(found, dataKey) } : null,
      );
    },
    all,
    ofKind: <Kind extends Event['kind']>(kind: Kind) =>
      all().filter((event): event is Extract<Event, { readonly kind: Kind }> => event.kind === kind),
  };
};
