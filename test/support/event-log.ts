import type { AppendEvent, Event } from '../../cloudfunctions/_core/event';
import { deepFreeze } from './freeze';

/** Events in memory; the same id twice is one event. */
export interface EventLog {
  readonly appendEvent: AppendEvent;
  readonly all: () => readonly Event[];
  readonly ofKind: (kind: Event['kind']) => readonly Event[];
}

export const createEventLog = (): EventLog => {
  const events = new Map<string, Event>();
  return {
    appendEvent: (event) => {
      const isNew = !events.has(event.id);
      if (isNew) events.set(event.id, deepFreeze(event));
      return Promise.resolve(isNew);
    },
    all: () => [...events.values()],
    ofKind: (kind) => [...events.values()].filter((event) => event.kind === kind),
  };
};
