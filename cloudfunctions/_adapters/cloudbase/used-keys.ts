import type { Instant } from '../../../protocol';
import type { ForgetUsedKeys, KeepUsedKey, UsedKey } from '../../_core/institutions/idempotency';
import { countOf, database, isDuplicate, only } from './app';

/** An idempotency key as it lies in the collection `used_keys`. */
type UsedKeyDocument = Omit<UsedKey, 'id'> & { readonly _id: string };

/** Idempotency keys in the collection `used_keys`: of server, key and order there are hashes alone. */
export const createUsedKeys = (): { readonly keepUsedKey: KeepUsedKey; readonly forgetUsedKeys: ForgetUsedKeys } => {
  const collection = database.collection('used_keys');
  const { command } = database;
  return {
    keepUsedKey: async ({ id, order, expiresAt }) => {
      try {
        await collection.add({ _id: id, order, expiresAt } satisfies UsedKeyDocument);
        return order;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
      // Only the lines above write to this collection.
      const found = only(await collection.where({ _id: id }).limit(1).get()) as UsedKeyDocument | null;
      // The job has just forgotten it: it was a day old.
      return found ? found.order : order;
    },
    forgetUsedKeys: async (before: Instant) => {
      const answer = (await collection.where({ expiresAt: command.lt(before) }).remove()) as { deleted?: unknown };
      return countOf(answer.deleted);
    },
  };
};
