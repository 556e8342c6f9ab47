import { decodeStored } from './ejson';
import { idKey } from './index-keys';
import { keyBytes } from './key-encoding';
import type { Sqlite } from './sqlite';
import { select } from './sqlite';

/** The format of stored keys; another number has them all made anew. */
export const KEY_FORMAT = 1;

const PAGE = 500;

/** The format of a data file's keys, which is 0 in an empty file and in those of before there were formats. */
export function keyFormat(sqlite: Sqlite): number {
  return select<{ user_version: number }>(sqlite, 'PRAGMA user_version').first()?.user_version ?? 0;
}

/** Forgets all index entries, which are made from the documents again when the indexes are declared. */
export function dropKeys(sqlite: Sqlite): void {
  for (const table of ['index_entry', 'index_definition']) sqlite.exec(`DROP TABLE IF EXISTS ${table}`);
  sqlite.exec('DROP INDEX IF EXISTS document_by_id');
}

/** Writes the ids by which documents are found in this format. */
export function rewriteIds(sqlite: Sqlite): void {
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
  sqlite.pragma(`user_version = ${String(KEY_FORMAT)}`);
}
