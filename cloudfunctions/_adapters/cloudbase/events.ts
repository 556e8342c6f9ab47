import type { AppendEvent } from '../../_core/event';
import type { Sealing } from '../crypto/sealing';
import { database, isDuplicate } from './app';

/** Appends events to the collection `events`; what happened to a card is sealed under its identity's data key. */
export const createAppendEvent = (sealing: Sealing): AppendEvent => {
  const collection = database.collection('events');
  return async (event) => {
    const { id, at, subject } = event;
    const document = (() => {
      if (!('dataKey' in event)) return { _id: id, at, subject, kind: event.kind, files: event.files };
      const { id: _id, at: _at, subject: _subject, dataKey, ...happened } = event;
      return {
        _id: id,
        at,
        subject,
        sealed: sealing.seal(dataKey, `event ${id}`, Buffer.from(JSON.stringify(happened))),
      };
    })();
    try {
      await collection.add(document);
    } catch (error) {
      // The same event again: it stands already.
      if (!isDuplicate(error)) throw error;
    }
  };
};
