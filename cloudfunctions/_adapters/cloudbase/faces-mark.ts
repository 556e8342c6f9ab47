import type { FacesMark, WatchFacesPorts } from '../../_core/operators/stored-faces';
import { countOf, database, isDuplicate, only } from './app';

/** How many faces were last found to be stored, as a level, in the collection `places`. */
type MarkDocument = FacesMark & { readonly _id: 'stored-faces' };

/** The mark that tells a crossing of stored faces from one that was told already. */
export const createFacesMark = (): Pick<WatchFacesPorts, 'loadFacesMark' | 'moveFacesMark'> => {
  const collection = database.collection('places');
  const _id = 'stored-faces';
  return {
    loadFacesMark: async () => {
      const found = only(await collection.where({ _id }).limit(1).get()) as MarkDocument | null;
      return found ? { level: found.level, crossings: found.crossings } : { level: 'below', crossings: 0 };
    },
    moveFacesMark: async ({ level, crossings }, next) => {
      const answer = (await collection.where({ _id, level, crossings }).update({ ...next })) as { updated?: unknown };
      if (countOf(answer.updated) === 1) return true;
      if (level !== 'below' || crossings !== 0) return false;
      try {
        await collection.add({ _id, ...next } satisfies MarkDocument);
        return true;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        return false;
      }
    },
  };
};
