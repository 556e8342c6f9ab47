import { eventId, instant, type IdentityKey } from '../../../protocol';
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

  const open = ({ _id, at, sealed }: SealedDocument, dataKey: SealedKey): unknown =>
    JSON.parse(sealing.open(dataKey, contextOf(_id, at), sealed).toString());

  // What was sealed was the content of such an event, and the seal proves that it still is.
  const openCardEvent = (found: SealedDocument, subject: IdentityKey, dataKey: SealedKey): CardEvent => ({
    id: eventId(found._id),
    at: instant(found.at),
    subject,
    dataKey,
    ...(open(found, dataKey) as SealedContent<CardEvent>),
  });
  const openLook = (found: SealedDocument, dataKey: SealedKey): LookEvent => ({
    id: eventId(found._id),
    at: instant(found.at),
    dataKey,
    ...(open(found, dataKey) as SealedContent<LookEvent>),
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
    loadLooks: async (dataKey, ids) => {
      const query = { _id: command.in([...ids]) };
      const { data } = (await collection.where(query).limit(ids.length).get()) as { data: readonly SealedDocument[] };
      return data.map((found) => openLook(found, dataKey));
    },
    loadSealedEvent: async (id) => {
      const found = only(await collection.where({ _id: id }).limit(1).get()) as Partial<SealedDocument> | null;
      if (found?.subject === undefined || found.sealed === undefined) return null;
      const { subject, sealed, at = 0 } = found;
      return { subject, open: (dataKey) => openCardEvent({ _id: id, at, sealed }, subject, dataKey) };
    },
  };
};
