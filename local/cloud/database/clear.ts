import type { GroupCommit } from './group-commit';
import type { Sqlite } from './sqlite';

/** Removes all documents and what the indexes know of them. The indexes stay as they are declared. */
export async function clearDocuments(sqlite: Sqlite, commits: GroupCommit): Promise<void> {
  await commits.write(() => {
    for (const table of ['document', 'index_entry']) sqlite.prepare(`DELETE FROM ${table}`).run();
  });
}
