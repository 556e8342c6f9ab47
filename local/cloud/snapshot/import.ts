import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Resources } from '../../../cloudfunctions/resources';
import type { DocumentDatabase } from '../database/actions';
import type { Sqlite } from '../database/sqlite';
import type { FileStore } from '../storage/file-store';
import type { Entry } from './entry';
import { HEADER, readEntry } from './entry';

/** Where a snapshot is read into. */
export interface Target {
  readonly sqlite: Sqlite;
  readonly database: DocumentDatabase;
  readonly files: FileStore;
  readonly resources: Resources;
  /** What a server date stands for, in milliseconds since 1970. */
  readonly now: number;
}

/**
 * Adds what a snapshot holds to what is stored, in one transaction: a line that is malformed, that the manifest does not declare, or
 * whose document clashes, lets nothing of the snapshot in, nor does a server that is killed meanwhile. It must run before anybody else
 * writes.
 *
 * @throws Error that names the file and the line
 */
export async function importSnapshot(path: string, target: Target): Promise<void> {
  const { sqlite, database, files } = target;
  const written: string[] = [];
  const replaced: (string | undefined)[] = [];
  sqlite.exec('BEGIN IMMEDIATE');
  try {
    await eachEntry(path, target, async (entry) => {
      if (entry.kind === 'document') {
        database.collections.get(entry.collection)?.insert(entry.document, 'Insert');
        return;
      }
      const { contentType, bytes } = entry;
      const file = await files.write(Readable.from(bytes), { contentType, maxBytes: bytes.length });
      written.push(file.object);
      replaced.push(files.name(entry.path, file));
    });
    sqlite.exec('COMMIT');
  } catch (error) {
    sqlite.exec('ROLLBACK');
    await Promise.all(written.map((object) => files.discard(object)));
    throw error;
  }
  await Promise.all(replaced.map((object) => files.discard(object)));
}

/** Whether nothing is stored: the only state in which a seed is taken. */
export function isEmpty({ database, files }: Pick<Target, 'database' | 'files'>): boolean {
  return files.count() === 0 && Object.values(database.counts()).every((count) => count === 0);
}

async function eachEntry(
  path: string,
  { resources, now }: Target,
  take: (entry: Entry) => void | Promise<void>,
): Promise<void> {
  const file = await open(path);
  let number = 0;
  try {
    for await (const line of file.readLines()) {
      number += 1;
      if (number === 1) {
        if (line !== HEADER) throw new Error(`a snapshot begins with ${HEADER}`);
      } else if (line !== '') await take(readEntry(line, resources, now));
    }
    if (number === 0) throw new Error(`a snapshot begins with ${HEADER}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${path}:${String(number)}: ${reason}`, { cause: error });
  } finally {
    await file.close();
  }
}
