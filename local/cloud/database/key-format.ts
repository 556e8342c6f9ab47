import { decodeStored } from './ejson';
import { idKey } from './index-keys';
import { keyBytes } from './key-encoding';
import type { Sqlite } from './sqlite';
import { select } from './sqlite';

/** The format of stored keys; another number has them all made anew. */
const KEY_FORMAT = 1;

const PAGE = 500;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS index_entry (
    index_id INTEGER NOT NULL, key BLOB NOT NULL, seq INTEGER NOT NULL,
    PRIMARY KEY (index_id, key, seq)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS index_definition (
    id INTEGER PRIMARY KEY, collection TEXT NOT NULL, name TEXT NOT NULL, definition TEXT, multikey INTEGER NOT NULL DEFAULT 0,
    UNIQUE (collection, name));
`;

/**
 * Makes the tables of index entries. Where a data file has the keys of another format, they are forgotten, for `syncIndexes` to make
 * anew, and the ids by which documents are found are written again.
 */
export function prepareKeys(sqlite: Sqlite): void {
  sqlite.exec('BEGIN IMMEDIATE');
  try {
    // It is 0 in an empty file, and in those of before there were formats.
    const format = select<{ user_version: number }>(sqlite, 'PRAGMA user_version').first()?.user_version;
    if (format !== KEY_FORMAT) {
      for (const table of ['index_entry', 'index_definition']) sqlite.exec(`DROP TABLE IF EXISTS ${table}`);
      sqlite.exec('DROP INDEX IF EXISTS document_by_id');
      rewriteIds(sqlite);
      sqlite.pragma(`user_version = ${String(KEY_FORMAT)}`);
    }
    sqlite.exec(SCHEMA);
    sqlite.exec('COMMIT');
  } catch (error) {
    sqlite.exec('ROLLBACK');
    throw error;
  }
}

/** Writes the ids by which documents are found in this format. */
function rewriteIds(sqlite: Sqlite): void {
  const page = select<{ seq: number; body: string }>(
    sqlite,
    `SELECT seq, body FROM document WHERE seq > ? ORDER BY seq LIMIT ${String(PAGE)}`,
  );
  const update = sqlite.prepare('UPDATE document SET id = ? WHERE seq = ?');
  for (let after = 0, more = true; more;) {
    const rows = page.all(after);
    for (const { seq, body } of rows) {
      // Only documents are stored, and each has an id.
      const { _id } = decodeStored(body) as { _id: string | number };
      update.run(keyBytes(idKey(_id)), seq);
      after = seq;
    }
    more = rows.length === PAGE;
  }
}
