import { createHash, randomBytes } from 'node:crypto';
import { eventId, instant, type EventId } from '../../../protocol';
import type {
  AppendEvent,
  EventIdOf,
  EventOwner,
  HistoryEvent,
  LoadCheck,
  LoadEventProofs,
  LoadEvents,
  LoadLooks,
  LogEvent,
  MakeOpenEvent,
  OpenEvent,
  SealEvent,
} from '../../_core/event';
import type { CheckRecord, Happening, OpenHappening } from '../../_core/happening';
import type { Sealing } from '../crypto/sealing';
import { database, isDuplicate, only } from './app';

/** An event as it lies in the collection `events`. */
interface EventDocument {
  readonly _id: EventId;
  readonly at: number;
  readonly commitment: string;
  readonly sealed?: string;
  readonly open?: OpenEvent['open'];
  readonly check?: CheckRecord;
  /** Its time, where it is somebody's act: whoever oversees reads the newest of these. */
  readonly act?: number;
  /** Its time, until the log has given it a leaf: a sparse index finds what is still to be put in. */
  readonly unsequenced?: number;
}

/** What a commitment is to: everything about the event, so that nothing of it can be changed later. */
interface Content<Happened> {
  readonly id: EventId;
  readonly at: number;
  readonly happening: Happened;
}

interface SaltedContent {
  /** 16 bytes as base64url. */
  readonly salt: string;
  /** JSON of the content. */
  readonly content: string;
}

/** What is nobody's act: pictures that were destroyed, and what staff said of a look. */
const noActs: readonly OpenHappening['kind'][] = ['evidence_destroyed', 'look_reported'];

/** What an open event says. Only `makeOpenEvent` writes one. */
const happeningIn = ({ content }: OpenEvent['open']): OpenHappening =>
  (JSON.parse(content) as Content<OpenHappening>).happening;

/** SHA-256 of salt and content, as base64url. */
const commitmentTo = ({ salt, content }: SaltedContent): string =>
  createHash('sha256').update(Buffer.from(salt, 'base64url')).update(content).digest('base64url');

const salted = (content: Content<Happening | OpenHappening>): SaltedContent => ({
  salt: randomBytes(16).toString('base64url'),
  content: JSON.stringify(content),
});

export interface Events {
  readonly eventIdOf: EventIdOf;
  readonly sealEvent: SealEvent;
  readonly makeOpenEvent: MakeOpenEvent;
  readonly appendEvent: AppendEvent;
  readonly loadEvents: LoadEvents;
  readonly loadEventProofs: LoadEventProofs;
  readonly loadCheck: LoadCheck;
  readonly loadLooks: LoadLooks;
}

/** The id holds the seal to its event. */
const contextOf = (id: EventId): string => `event ${id}`;

/** Events in the collection `events`; what happened to a card is sealed under its identity's data key. */
export const createEvents = (sealing: Sealing): Events => {
  const collection = database.collection('events');
  const { command } = database;

  const idOf = ({ dataKey }: EventOwner, number: number): EventId =>
    eventId(
      sealing
        .draw(dataKey, `event ${String(number)}`)
        .toString('hex')
        .slice(0, 32),
    );

  const openSeal = ({ dataKey }: EventOwner, found: EventDocument): SaltedContent => {
    // Only `sealEvent` makes what lies under an id that was drawn from this data key, and the seal proves that it is the same still.
    const opened = sealing.open(dataKey, contextOf(found._id), found.sealed ?? '').toString();
    return JSON.parse(opened) as SaltedContent;
  };

  const openEvent = (owner: EventOwner, number: number, found: EventDocument): HistoryEvent => {
    const { at, happening } = JSON.parse(openSeal(owner, found).content) as Content<Happening>;
    return { id: found._id, number, at: instant(at), happening };
  };

  /** The stored events of those numbers, each with its number. */
  const find = async (
    owner: EventOwner,
    numbers: readonly number[],
  ): Promise<readonly (readonly [number: number, found: EventDocument])[]> => {
    const byId = new Map(numbers.map((number) => [idOf(owner, number), number]));
    const query = { _id: command.in([...byId.keys()]) };
    const answer = (await collection.where(query).limit(byId.size).get()) as { data: readonly EventDocument[] };
    return answer.data.map((found) => [byId.get(found._id) ?? 0, found]);
  };

  const toDocument = (event: LogEvent): EventDocument => {
    const { id, at, commitment } = event;
    const common = { _id: id, at, commitment, unsequenced: at };
    return 'open' in event
      ? { ...common, open: event.open, ...(!noActs.includes(happeningIn(event.open).kind) && { act: at }) }
      : { ...common, sealed: event.sealed, ...(event.check && { check: event.check }) };
  };

  return {
    eventIdOf: idOf,
    sealEvent: (owner, { number, at, happening, check }) => {
      const id = idOf(owner, number);
      const content = salted({ id, at, happening });
      return {
        id,
        at,
        commitment: commitmentTo(content),
        sealed: sealing.seal(owner.dataKey, contextOf(id), Buffer.from(JSON.stringify(content))),
        ...(check && { check }),
      };
    },
    makeOpenEvent: ({ at, happening, id = eventId(randomBytes(16).toString('hex')) }) => {
      const content = salted({ id, at, happening });
      return { id, at, commitment: commitmentTo(content), open: content };
    },
    appendEvent: async (event) => {
      try {
        await collection.add(toDocument(event));
        return true;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        return false;
      }
    },
    loadEvents: async (owner, numbers) =>
      (await find(owner, numbers)).map(([number, found]) => openEvent(owner, number, found)),
    loadEventProofs: async (owner, numbers) =>
      (await find(owner, numbers)).map(([number, found]) => {
        const { commitment } = found;
        return { ...openEvent(owner, number, found), commitment, ...openSeal(owner, found) };
      }),
    loadCheck: async (id) => {
      const found = only(await collection.where({ _id: id }).limit(1).get()) as EventDocument | null;
      return found?.check ? { at: instant(found.at), check: found.check } : null;
    },
    loadLooks: async (ids) => {
      const query = { _id: command.in([...ids]) };
      const answer = (await collection.where(query).limit(ids.length).get()) as { data: readonly EventDocument[] };
      return new Map(
        answer.data.flatMap(({ _id, open }) => {
          const happening = open && happeningIn(open);
          return happening?.kind === 'look_reported' ? [[_id, happening.look] as const] : [];
        }),
      );
    },
  };
};
