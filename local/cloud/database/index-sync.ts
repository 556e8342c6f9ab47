import type { Collection as Declaration, Index } from '../../../cloudfunctions/resources';
import type { Collection } from './collection';
import type { Sqlite } from './sqlite';
import { select } from './sqlite';

interface Definition {
  collection: string;
  name: string;
  definition: string | null;
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
  const record = sqlite.prepare('UPDATE index_definition SET definition = ? WHERE collection = ? AND name = ?');
  const stored = new Map(known.all().map((row) => [`${row.collection}/${row.name}`, row]));
  sqlite.exec('BEGIN IMMEDIATE');
  try {
    for (const declaration of declarations) {
      const changed = declaration.indexes.filter(
        (index) => stored.get(`${declaration.name}/${index.name}`)?.definition !== definitionOf(index),
      );
      if (changed.length > 0) collections.get(declaration.name)?.reindex(changed.map(({ name }) => name));
      for (const index of changed) record.run(definitionOf(index), declaration.name, index.name);
      for (const index of declaration.indexes) stored.delete(`${declaration.name}/${index.name}`);
    }
    for (const { collection, name } of stored.values()) {
      sqlite
        .prepare(
          'DELETE FROM index_entry WHERE index_id IN (SELECT id FROM index_definition WHERE collection = ? AND name = ?)',
        )
        .run(collection, name);
      sqlite.prepare('DELETE FROM index_definition WHERE collection = ? AND name = ?').run(collection, name);
    }
    sqlite.exec('COMMIT');
  } catch (error) {
    sqlite.exec('ROLLBACK');
    throw error;
  }
}

function definitionOf({ keys, unique, sparse }: Index): string {
  return JSON.stringify([keys, unique, sparse]);
}
