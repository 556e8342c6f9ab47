import { eventId, instant, type EventId, type IdentityKey } from '../../../protocol';
import type {
  AppendEvent,
  CardEvent,
  Event,
  LoadCardEvents,
  LoadLooks,
  LoadSealedEvent,
  LookEvent,
} from '../../_core/event';
import type { SealedKey } from '../../_core/sealed-key';
import type { Sealing } from '../crypto/sealing';
import { database, isDuplicate, only } from './app';

type SealedContent<Value> = Value extends unknown ? Omit<Value, 'id' | 'at' | 'subject' | 'dataKey'> : never;

/** An event about a card as it lies in the collection `events`. */
interface SealedDocument {
  readonly _id: string;
  readonly at: number;
  /** Absent where the event stands beside another, whose id leads to it. */
  readonly subject?: IdentityKey;
  readonly sealed: string;
}

export interface Events {
  readonly appendEvent: AppendEvent;
  readonly loadCardEvents: LoadCardEvents;
  readonly loadLooks: LoadLooks;
  readonly loadSealedEvent: LoadSealedEvent;
}

/** Id and time are in clear; the seal holds the event to both. */
const contextOf = (id: string, at: number): string => `event ${id} at ${String(at)}`;

/** Events in the collection `events`; what happened to a card is sealed under its identity's data key. */
export const createEvents = (sealing: Sealing): Events => {
  const collection = database.collection('events');
  const { command } = database;

  const toDocument = (event: Event): object => {
    if (event.kind === 'evidence_destroyed') {
      const { id, ...rest } = event;
      return { _id: id, ...rest };
    }
    const { id, at, dataKey, ...content } = event;
    const seal = (happened: SealedContent<CardEvent | LookEvent>): string =>
      sealing.seal(dataKey, contextOf(id, at), Buffer.from(JSON.stringify(happened)));
    if (content.kind === 'look_reported') return { _id: id, at, sealed: seal(content) };
    const { subject, ...happened } = content;
    return { _id: id, at, subject, sealed: seal(happened) };
  };

  // What was sealed was the content of an event of ours, and the seal proves that it still is.
  const open = <Content>({ _id, at, sealed }: SealedDocument, dataKey: SealedKey): Content =>
    JSON.parse(sealing.open(dataKey, contextOf(_id, at), sealed).toString()) as Content;

  const openCardEvent = (found: SealedDocument, subject: IdentityKey, dataKey: SealedKey): CardEvent => ({
    id: eventId(found._id),
    at: instant(found.at),
    subject,
    dataKey,
    ...open<SealedContent<CardEvent>>(found, dataKey),
  });

  return {
    appendEvent: async (event) => {
      try {
        await collection.add(toDocument(event));
        return true;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        return false;
      }
    },
    loadCardEvents: async ({ key, dataKey }, before, limit) => {
      // The first condition alone bounds the index; the second parts those of the same instant.
      const query = before
        ? command.and(
            { subject: key, at: command.lte(before.at) },
            command.or({ at: command.lt(before.at) }, { _id: command.lt(before.id) }),
          )
        : { subject: key };
      const ordered = collection.where(query).orderBy('at', 'desc').orderBy('_id', 'desc').limit(limit);
      // Only `toDocument` writes to this collection, and only to a card's event does it give an identity as subject.
      const { data } = (await ordered.get()) as { data: readonly SealedDocument[] };
      return data.map((found) => openCardEvent(found, key, dataKey));
    },
    loadLooks: async (dataKey, ids: readonly EventId[]) => {
      const { data } = (await collection
        .where({ _id: command.in([...ids]) })
        .limit(ids.length)
        .get()) as {
        data: readonly SealedDocument[];
      };
      return data.map((found) => ({
        id: eventId(found._id),
        at: instant(found.at),
        dataKey,
        ...open<SealedContent<LookEvent>>(found, dataKey),
      }));
    },
    loadSealedEvent: async (id) => {
      const found = only(await collection.where({ _id: id }).limit(1).get()) as Partial<SealedDocument> | null;
      if (found?.subject === undefined || found.sealed === undefined) return null;
      const { subject, sealed, at = 0 } = found;
      return { subject, open: (dataKey) => openCardEvent({ _id: id, at, sealed }, subject, dataKey) };
    },
  };
};
