import type { Collection as Declaration, Index } from '../../../cloudfunctions/resources';
import type { Sqlite } from './sqlite';
import { select } from './sqlite';

/** A declared index, and what is known of its entries. */
export interface StoredIndex extends Index {
  /** Names it in `index_entry`; nothing for the index of `_id`, whose keys stand in `document` itself. */
  readonly id: number | undefined;
  readonly paths: readonly string[];
  /** Whether a document has, or once had, more than one key in it: some documents lie in it more than once. */
  isMultikey: boolean;
}

/** Every collection has it, declared or not. */
export const ID_INDEX: StoredIndex = {
  name: '_id_',
  keys: { _id: 1 },
  unique: true,
  sparse: false,
  id: undefined,
  paths: ['_id'],
  isMultikey: false,
};

/** Gives the declared indexes of a collection as they are stored. One that is new has no entries yet: `syncIndexes` makes them. */
export function storedIndexes(sqlite: Sqlite, { name: collection, indexes }: Declaration): StoredIndex[] {
  const add = sqlite.prepare('INSERT OR IGNORE INTO index_definition (collection, name) VALUES (?, ?)');
  const find = select<{ id: number; multikey: number }>(
    sqlite,
    'SELECT id, multikey FROM index_definition WHERE collection = ? AND name = ?',
  );
  return indexes.map((index) => {
    add.run(collection, index.name);
    const stored = find.first(collection, index.name);
    return {
      ...index,
      id: stored?.id,
      paths: Object.keys(index.keys),
      isMultikey: stored?.multikey === 1,
    };
  });
}
