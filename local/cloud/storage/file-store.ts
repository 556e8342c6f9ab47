import { randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { CloudError } from '../cloud-error';
import type { ByteRange } from './byte-range';
import type { GroupCommit } from '../database/group-commit';
import type { Sqlite } from '../database/sqlite';
import { select } from '../database/sqlite';

/** What is known of a stored file without its bytes. */
export interface FileInfo {
  readonly size: number;
  readonly contentType: string;
}

/** A file that is on the disk and has no path yet: until it has one, the next start forgets it. */
export interface UnnamedFile extends FileInfo {
  readonly object: string;
}

/** The files of cloud storage, by their cloud path. */
export interface FileStore {
  /** Writes a file that `name` gives its path. */
  write(content: Readable, options: { contentType: string; maxBytes: number }): Promise<UnnamedFile>;
  /** Gives a file its path, within a transaction of the caller. @returns the object that it replaces, which goes when that is committed */
  name(path: string, file: UnnamedFile): string | undefined;
  /** Removes an object that has no path, or none any more. */
  discard(object: string | undefined): Promise<void>;
  /** Stores a file whole or not at all; an earlier file at the path stays readable until then. Gives the size in bytes. */
  put(path: string, content: Readable, options: { contentType: string; maxBytes: number }): Promise<number>;
  info(path: string): Promise<FileInfo | undefined>;
  /** The bytes of a file; none when there is no such file. */
  read(path: string): (FileInfo & { open(range?: ByteRange): Readable }) | undefined;
  /** Whether there was a file to remove. */
  remove(path: string): Promise<boolean>;
  /** Removes the files below a folder that were stored before then, in milliseconds. */
  removeOlder(prefix: string, before: number): Promise<void>;
  /** The files whose paths come after that one, in the order of their paths. */
  list(after: string, limit: number): Promise<readonly ListedFile[]>;
  count(): number;
  /** Removes all files. */
  clear(): Promise<void>;
}

/** A file of a list. */
export interface ListedFile extends FileInfo {
  readonly path: string;
}

interface Stored {
  object: string;
  size: number;
  content_type: string;
}

/**
 * Opens the file store. On disk an object has a random name of its own and SQLite maps cloud paths to objects, so no
 * cloud path can name a file on this machine, and replacing a file is one row's change. When a file was stored is its object's time
 * of writing, by the environment's clock.
 */
export function openFileStore(dir: string, sqlite: Sqlite, commits: GroupCommit, clock: () => number): FileStore {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const byPath = select<Stored>(sqlite, 'SELECT object, size, content_type FROM file WHERE path = ?');
  const putRow = sqlite.prepare('INSERT OR REPLACE INTO file (path, object, size, content_type) VALUES (?, ?, ?, ?)');
  const removeRow = sqlite.prepare('DELETE FROM file WHERE path = ?');
  sweep(
    dir,
    new Set(
      select<{ object: string }>(sqlite, 'SELECT object FROM file')
        .all()
        .map((row) => row.object),
    ),
  );

  const below = select<{ path: string; object: string }>(
    sqlite,
    'SELECT path, object FROM file WHERE substr(path, 1, length(?1)) = ?1',
  );

  const after = select<Stored & { path: string }>(
    sqlite,
    'SELECT path, object, size, content_type FROM file WHERE path > ? ORDER BY path LIMIT ?',
  );
  const all = select<Stored>(sqlite, 'SELECT object, size, content_type FROM file');
  const total = select<{ n: number }>(sqlite, 'SELECT count(*) AS n FROM file');
  const removeRows = sqlite.prepare('DELETE FROM file');

  const write: FileStore['write'] = async (content, { contentType, maxBytes }) => {
    const object = randomUUID();
    return { object, contentType, size: await writeDurably(dir, object, content, { maxBytes, at: clock() }) };
  };
  const name: FileStore['name'] = (path, { object, size, contentType }) => {
    const replaced = byPath.first(path)?.object;
    putRow.run(path, object, size, contentType);
    return replaced;
  };
  const discard: FileStore['discard'] = async (object) => {
    if (object !== undefined) await rm(join(dir, object), { force: true });
  };

  return {
    write,
    name,
    discard,
    async put(path, content, options) {
      const file = await write(content, options);
      await discard(await commits.write(() => name(path, file)));
      return file.size;
    },
    info: (path) =>
      commits.read(() => {
        const stored = byPath.first(path);
        return stored && infoOf(stored);
      }),
    read(path) {
      const stored = byPath.first(path);
      return stored && { ...infoOf(stored), open: (range) => createReadStream(join(dir, stored.object), { ...range }) };
    },
    async remove(path) {
      const stored = await commits.write(() => {
        const found = byPath.first(path);
        removeRow.run(path);
        return found;
      });
      await discard(stored?.object);
      return stored !== undefined;
    },
    async removeOlder(prefix, before) {
      for (const { path, object } of below.all(prefix)) {
        // An object is written once; one that is gone was just removed by somebody else.
        const written = await stat(join(dir, object)).catch(() => null);
        if (!written || written.mtimeMs >= before) continue;
        const stored = await commits.write(() => {
          const found = byPath.first(path);
          if (found?.object !== object) return undefined;
          removeRow.run(path);
          return found;
        });
        await discard(stored?.object);
      }
    },
    list: (path, limit) =>
      commits.read(() => after.all(path, limit).map((row) => ({ path: row.path, ...infoOf(row) }))),
    count: () => total.first()?.n ?? 0,
    async clear() {
      const stored = await commits.write(() => {
        const found = all.all();
        removeRows.run();
        return found;
      });
      await Promise.all(stored.map((one) => discard(one.object)));
    },
  };
}

function infoOf(stored: Stored): FileInfo {
  return { size: stored.size, contentType: stored.content_type };
}

/** Writes beside, flushes and renames, then flushes the folder: after it returns the object survives a power cut. */
async function writeDurably(
  dir: string,
  object: string,
  content: Readable,
  { maxBytes, at }: { maxBytes: number; at: number },
): Promise<number> {
  const temporary = join(dir, `${object}.part`);
  const file = await open(temporary, 'wx', 0o600);
  let size = 0;
  try {
    for await (const chunk of content.iterator({ destroyOnReturn: false })) {
      // A stream without an encoding gives Buffers.
      const bytes = chunk as Buffer;
      size += bytes.length;
      if (size > maxBytes) {
        throw new CloudError(
          'STORAGE_EXCEED_AUTHORITY',
          `the file exceeds the ${String(maxBytes)} bytes of its folder`,
        );
      }
      await file.write(bytes);
    }
    await file.utimes(at / 1000, at / 1000);
    await file.sync();
  } catch (error) {
    await file.close();
    await rm(temporary, { force: true });
    throw error;
  }
  await file.close();
  await rename(temporary, join(dir, object));
  const folder = await open(dir, 'r');
  await folder.sync();
  await folder.close();
  return size;
}

/** Removes objects that no row names: what a server that died between a write and its commit left behind. */
function sweep(dir: string, named: ReadonlySet<string>): void {
  for (const object of readdirSync(dir)) {
    if (!named.has(object)) rmSync(join(dir, object), { force: true });
  }
}
