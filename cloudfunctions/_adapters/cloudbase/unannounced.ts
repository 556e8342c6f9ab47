import type { AnnouncePorts, Unheard } from '../../_core/notices/announce';
import { countOf, database } from './app';
import type { IdentityDocument } from './identity-document';
import type { Identities } from './identities';

/** Marks of what institutions are to hear, in the collection `identities`. */
export const createUnannounced = ({
  loadIdentity,
}: Pick<Identities, 'loadIdentity'>): Pick<AnnouncePorts, 'loadUnannounced' | 'clearUnannounced'> => {
  const collection = database.collection('identities');
  const { command } = database;
  return {
    loadUnannounced: async (limit) => {
      const query = collection.where({ 'unannounced.since': command.exists(true) }).limit(limit);
      const { data } = (await query.field({ _id: true }).get()) as { data: readonly Pick<IdentityDocument, '_id'>[] };
      const found = await Promise.all(data.map(({ _id }) => loadIdentity(_id)));
      // What was deleted or announced meanwhile is nobody's to announce.
      return found.filter((identity): identity is Unheard => identity !== null && identity.unannounced !== null);
    },
    clearUnannounced: async ({ key, unannounced: { since } }) => {
      const query = { _id: key, 'unannounced.since': since };
      const answer = (await collection.where(query).update({ unannounced: command.remove() })) as { updated?: unknown };
      return countOf(answer.updated) === 1;
    },
  };
};
