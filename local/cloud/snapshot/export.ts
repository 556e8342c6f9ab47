import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { GroupCommit } from '../database/group-commit';
import type { Sqlite } from '../database/sqlite';
import { select } from '../database/sqlite';
import type { FileStore } from '../storage/file-store';
import { documentLine, fileLine, HEADER } from './entry';

/** What a snapshot is taken of. */
export interface Stores {
  readonly sqlite: Sqlite;
  readonly commits: GroupCommit;
  readonly files: FileStore;
}

const PAGE = 100;

/**
 * Everything that is stored, as the lines of a snapshot: documents in the order of their insertion, then files. What is written while
 * it is read may be in it or not.
 */
export async function* snapshotLines({ sqlite, commits, files }: Stores): AsyncGenerator<string> {
  yield `${HEADER}\n`;
  const page = select<{ seq: number; collection: string; body: string }>(
    sqlite,
    `SELECT seq, collection, body FROM document WHERE seq > ? ORDER BY seq LIMIT ${String(PAGE)}`,
  );
  for (let after = 0, more = true; more;) {
    const rows = await commits.read(() => page.all(after));
    for (const { collection, body } of rows) yield `${documentLine(collection, body)}\n`;
    after = rows.at(-1)?.seq ?? after;
    more = rows.length === PAGE;
  }
  for (let after = '', more = true; more;) {
    const listed = await files.list(after, PAGE);
    for (const { path } of listed) {
      const file = files.read(path);
      if (file !== undefined) yield `${fileLine(path, file.contentType, await buffer(file.open()))}\n`;
    }
    after = listed.at(-1)?.path ?? after;
    more = listed.length === PAGE;
  }
}

/** Writes a snapshot whole or not at all, for its owner alone: it holds whatever people have stored. */
export async function exportSnapshot(path: string, stores: Stores): Promise<void> {
  const draft = `${path}.${String(process.pid)}.part`;
  try {
    await pipeline(snapshotLines(stores), createWriteStream(draft, { mode: 0o600, flags: 'wx' }));
    const written = await open(draft, 'r');
    await written.sync();
    await written.close();
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
