import type { Index } from '../../../cloudfunctions/resources';
import { openDatabase } from '../../../local/cloud/database/actions';
import { groupCommit } from '../../../local/cloud/database/group-commit';
import type { Sqlite } from '../../../local/cloud/database/sqlite';

/** The collection `c`, alone in a data file, with indexes. */
export const oneCollection = (sqlite: Sqlite, indexes: readonly Index[]) => {
  const commits = groupCommit(sqlite);
  const resources = {
    collections: [{ name: 'c', indexes, clientAccess: 'none' as const }],
    functions: [],
    routes: [],
    timers: [],
    storage: [],
  };
  const { collections, close } = openDatabase({ sqlite, commits, resources, now: Date.now });
  const collection = collections.get('c');
  if (collection === undefined) throw new Error('the collection was declared');
  return { collection, commits, close };
};
