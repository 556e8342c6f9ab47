import type { LoadSourcePlace, MoveSourcePlace } from '../../_core/jobs/follow-source';
import { countOf, database, isDuplicate, only } from './app';

/** Up to where the authority's list was followed, in the collection `places`. */
interface PlaceDocument {
  readonly _id: 'source';
  readonly place: string;
}

export const createSourcePlace = (): {
  readonly loadSourcePlace: LoadSourcePlace;
  readonly moveSourcePlace: MoveSourcePlace;
} => {
  const collection = database.collection('places');
  return {
    loadSourcePlace: async () => {
      const found = only(await collection.where({ _id: 'source' }).limit(1).get()) as PlaceDocument | null;
      return found?.place ?? null;
    },
    moveSourcePlace: async (prior, next) => {
      if (prior !== null) {
        const answer = (await collection.where({ _id: 'source', place: prior }).update({ place: next })) as {
          updated?: unknown;
        };
        return countOf(answer.updated) === 1;
      }
      try {
        await collection.add({ _id: 'source', place: next } satisfies PlaceDocument);
        return true;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        return false;
      }
    },
  };
};
