import type { AnnouncePorts } from '../../_core/notices/announce';
import { countOf, database } from './app';
import type { IdentityDocument } from './identity-document';

/** Marks of what institutions are to hear, in the collection `identities`. */
export const createUnannounced = (): Pick<AnnouncePorts, 'listUnannounced' | 'clearUnannounced'> => {
  const collection = database.collection('identities');
  const { command } = database;
  return {
    listUnannounced: async (after, limit) => {
      const query = { 'unannounced.since': command.exists(true), ...(after !== null && { _id: command.gt(after) }) };
      const page = collection.where(query).orderBy('_id', 'asc').limit(limit).field({ _id: true });
      const { data } = (await page.get()) as { data: readonly Pick<IdentityDocument, '_id'>[] };
      return data.map(({ _id }) => _id);
    },
    clearUnannounced: async ({ key, unannounced: { since } }) => {
      const query = { _id: key, 'unannounced.since': since };
      const answer = (await collection.where(query).update({ unannounced: command.remove() })) as { updated?: unknown };
      return countOf(answer.updated) === 1;
    },
  };
};
