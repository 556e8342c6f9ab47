import type { Collection as Declaration } from '../../../cloudfunctions/resources';
import type { Collection } from './collection';
import type { Sqlite } from './sqlite';
import { select } from './sqlite';

interface Definition {
  collection: string;
  name: string;
  definition: string;
}

/**
 * Brings the stored index entries to what the manifest declares: builds new and changed indexes, drops the others.
 *
 * @throws Error when stored documents clash under an index that is now declared unique
 */
export function syncIndexes(
  sqlite: Sqlite,
  declarations: readonly Declaration[],
  collections: ReadonlyMap<string, Collection>,
): void {
  const known = select<Definition>(sqlite, 'SELECT collection, name, definition FROM index_definition');
  const record = sqlite.prepare('INSERT OR REPLACE INTO index_definition VALUES (?, ?, ?)');
  const stored = new Map(known.all().map((row) => [`${row.collection}/${row.name}`, row]));
  sqlite.exec('BEGIN IMMEDIATE');
  try {
    for (const declaration of declarations) {
      for (const index of declaration.indexes) {
        const path = `${declaration.name}/${index.name}`;
        const definition = JSON.stringify([index.keys, index.unique, index.sparse]);
        if (stored.get(path)?.definition !== definition) {
          collections.get(declaration.name)?.reindex(index);
          record.run(declaration.name, index.name, definition);
        }
        stored.delete(path);
      }
    }
    for (const { collection, name } of stored.values()) {
      sqlite.prepare('DELETE FROM index_entry WHERE collection = ? AND name = ?').run(collection, name);
      sqlite.prepare('DELETE FROM index_definition WHERE collection = ? AND name = ?').run(collection, name);
    }
    sqlite.exec('COMMIT');
  } catch (error) {
    sqlite.exec('ROLLBACK');
    throw error;
  }
}
