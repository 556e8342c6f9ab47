import type { StorageFolder } from '../../../cloudfunctions/resources';
import type { FileStore } from './file-store';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Removes what has lain in a folder for longer than the manifest keeps it: now, and from then on hourly.
 *
 * @returns what ends it
 */
export async function startFolderLives(files: FileStore, folders: readonly StorageFolder[]): Promise<() => void> {
  const removeOld = async (): Promise<void> => {
    for (const { prefix, keptDays } of folders) {
      if (keptDays !== undefined) await files.removeOlder(prefix, Date.now() - keptDays * DAY_MS);
    }
  };
  await removeOld();
  const rhythm = setInterval(() => {
    removeOld().catch((error: unknown) => {
      process.stderr.write(`old files were not removed: ${String(error)}\n`);
    });
  }, HOUR_MS);
  rhythm.unref();
  return () => {
    clearInterval(rhythm);
  };
}
