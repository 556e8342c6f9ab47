import { closeSync, openSync } from 'node:fs';
import Database from 'libsql';

/** One open SQLite connection; the only one to its file. */
export type Sqlite = InstanceType<typeof Database>;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS document (
    seq INTEGER PRIMARY KEY, collection TEXT NOT NULL, id BLOB NOT NULL, body TEXT NOT NULL, UNIQUE (collection, id));
  CREATE INDEX IF NOT EXISTS document_by_collection ON document (collection);
  CREATE TABLE IF NOT EXISTS file (
    path TEXT PRIMARY KEY, object TEXT NOT NULL, size INTEGER NOT NULL, content_type TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS soter_key (
    open_id TEXT NOT NULL, device TEXT NOT NULL, public_key TEXT NOT NULL, PRIMARY KEY (open_id, device)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS message_permission (
    open_id TEXT NOT NULL, template TEXT NOT NULL, remaining INTEGER NOT NULL, PRIMARY KEY (open_id, template)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS message (
    id INTEGER PRIMARY KEY, open_id TEXT NOT NULL, template TEXT NOT NULL, page TEXT NOT NULL, data TEXT NOT NULL,
    sent_at INTEGER NOT NULL);
  CREATE INDEX IF NOT EXISTS message_by_user ON message (open_id, id);
`;

/**
 * Opens the data file and holds it alone until it is closed or the process ends, however it ends: the lock is the
 * operating system's, so a killed server leaves nothing to clean up.
 *
 * @throws Error when another process holds the file, or it is not one of SQLite's
 */
export function openSqlite(file: string): Sqlite {
  // For its owner alone, and so are the files that SQLite puts beside it.
  closeSync(openSync(file, 'a', 0o600));
  const sqlite = new Database(file);
  try {
    sqlite.pragma('locking_mode = EXCLUSIVE');
    sqlite.pragma('journal_mode = WAL');
    // FULL: a commit returns when the log is on the disk, so what was answered survives a power cut.
    sqlite.pragma('synchronous = FULL');
    // In KiB: keys come in any order, and their pages are read and written again and again where few are held.
    sqlite.pragma('cache_size = -65536');
    // In pages, 16 MiB: pages that many writes change are carried from the log to the file less often than by default.
    sqlite.pragma('wal_autocheckpoint = 4000');
    sqlite.exec('BEGIN IMMEDIATE');
    sqlite.exec(SCHEMA);
    sqlite.exec('COMMIT');
  } catch (error) {
    sqlite.close();
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') {
      throw new Error(`another local CloudBase is running on ${file}; stop it or choose another data folder`);
    }
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_NOTADB') {
      throw new Error(`${file} is no data file of a local CloudBase; choose another data folder`);
    }
    throw error;
  }
  return sqlite;
}

/**
 * Closes the connection and gives up the file. The library closes only when the last prepared statement is collected,
 * so the lock is released first: leaving the write-ahead log is what lets an exclusive lock go.
 */
export function closeSqlite(sqlite: Sqlite): void {
  sqlite.pragma('journal_mode = DELETE');
  sqlite.pragma('locking_mode = NORMAL');
  sqlite.prepare('SELECT count(*) FROM document').all();
  sqlite.close();
}

type Parameter = string | number | Buffer;

/** A prepared statement whose rows have the shape `Row`, which is that of the columns it selects. */
export interface Select<Row> {
  all(...parameters: Parameter[]): Row[];
  first(...parameters: Parameter[]): Row | undefined;
}

/** Prepares a SELECT; `Row` must be what the schema above declares for its columns. */
export function select<Row>(sqlite: Sqlite, sql: string): Select<Row> {
  const statement = sqlite.prepare(sql);
  return {
    // SQLite rows carry no static type; the caller states it beside the SQL.
    all: (...parameters) => statement.all(...parameters) as Row[],
    first: (...parameters) => statement.get(...parameters) as Row | undefined,
  };
}
