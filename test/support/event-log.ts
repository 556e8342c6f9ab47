import { eventId, hex, utf8Encode, type EventId } from '../../protocol';
import { sha256 } from '../../cloudfunctions/_adapters/crypto/es256';
import type {
  AppendEvent,
  EventIdOf,
  LoadCheck,
  LoadEventProofs,
  LoadEvents,
  LoadLooks,
  LogEvent,
  MakeOpenEvent,
  OpenEvent,
  SealEvent,
} from '../../cloudfunctions/_core/event';
import type { Happening, OpenHappening } from '../../cloudfunctions/_core/happening';
import { deepFreeze } from './freeze';

export interface EventPorts {
  readonly eventIdOf: EventIdOf;
  readonly sealEvent: SealEvent;
  readonly makeOpenEvent: MakeOpenEvent;
  readonly appendEvent: AppendEvent;
  readonly loadEvents: LoadEvents;
  readonly loadEventProofs: LoadEventProofs;
  readonly loadCheck: LoadCheck;
  readonly loadLooks: LoadLooks;
}

/** An event as a test reads it: its seal opened. */
export type ReadEvent = { readonly id: EventId; readonly at: number } & (Happening | OpenHappening);

/** Events in memory; the same id twice is one event. Seals are texts that only their own key reads. */
export interface EventLog {
  readonly ports: EventPorts;
  readonly all: () => readonly ReadEvent[];
  readonly ofKind: <Kind extends ReadEvent['kind']>(kind: Kind) => readonly (ReadEvent & { readonly kind: Kind })[];
  /** Takes an event out, as somebody with the database could. */
  readonly remove: (id: EventId) => void;
}

interface Seal {
  readonly dataKey: string;
  readonly happening: Happening;
}

const openSeal = (event: LogEvent): Seal => JSON.parse('sealed' in event ? event.sealed : 'null') as Seal;

const openIn = (event: OpenEvent): OpenHappening => JSON.parse(event.open.content) as OpenHappening;

const idFrom = (text: string): EventId => eventId(hex(sha256(utf8Encode(text)).subarray(0, 16)));

export const createEventLog = (): EventLog => {
  const events = new Map<EventId, LogEvent>();
  const all = (): readonly ReadEvent[] =>
    [...events.values()].map((event) => ({
      id: event.id,
      at: event.at,
      ...('open' in event ? openIn(event) : openSeal(event).happening),
    }));
  let made = 0;
  const ports: EventPorts = {
    eventIdOf: ({ dataKey }, number) => idFrom(`${dataKey} ${String(number)}`),
    sealEvent: ({ dataKey }, { number, at, happening, check }) => ({
      id: idFrom(`${dataKey} ${String(number)}`),
      at,
      commitment: 'commitment',
      sealed: JSON.stringify({ dataKey, happening } satisfies Seal),
      ...(check && { check }),
    }),
    makeOpenEvent: ({ at, happening, id }) => {
      made += 1;
      const open = { salt: 'salt', content: JSON.stringify(happening) };
      return { id: id ?? idFrom(`open ${String(made)}`), at, commitment: 'commitment', open };
    },
    appendEvent: (event) => {
      const isNew = !events.has(event.id);
      if (isNew) events.set(event.id, deepFreeze(event));
      return Promise.resolve(isNew);
    },
    loadEvents: ({ dataKey }, numbers) =>
      Promise.resolve(
        numbers.flatMap((number) => {
          const found = events.get(idFrom(`${dataKey} ${String(number)}`));
          if (!found) return [];
          const seal = openSeal(found);
          if (seal.dataKey !== dataKey) throw new Error('the seal does not open');
          return [{ id: found.id, number, at: found.at, happening: seal.happening }];
        }),
      ),
    loadEventProofs: async (owner, numbers) =>
      (await ports.loadEvents(owner, numbers)).map((event) => {
        const proof = { commitment: 'A'.repeat(43), salt: 'A'.repeat(22), content: JSON.stringify(event.happening) };
        return { ...event, ...proof };
      }),
    loadCheck: (id) => {
      const found = events.get(id);
      const check = found && 'check' in found ? found.check : undefined;
      return Promise.resolve(found && check ? { at: found.at, check } : null);
    },
    loadLooks: (ids) =>
      Promise.resolve(
        new Map(
          ids.flatMap((id) => {
            const found = events.get(id);
            const content = found && 'open' in found ? openIn(found) : null;
            return content?.kind === 'look_reported' ? [[id, content.look] as const] : [];
          }),
        ),
      ),
  };
  return {
    ports,
    all,
    ofKind: <Kind extends ReadEvent['kind']>(kind: Kind) =>
      all().filter((event): event is ReadEvent & { readonly kind: Kind } => event.kind === kind),
    remove: (id) => void events.delete(id),
  };
};
