import type { StorageFolder } from '../../../cloudfunctions/resources';
import type { FileStore } from './file-store';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** What removes old files. */
export interface FolderLives {
  /** Looks now, beside its own rhythm. */
  readonly look: () => void;
  readonly close: () => void;
}

/** Removes what has lain in a folder for longer than the manifest keeps it: now, and from then on hourly. */
export async function startFolderLives(
  files: FileStore,
  folders: readonly StorageFolder[],
  clock: () => number,
): Promise<FolderLives> {
  const removeOld = async (): Promise<void> => {
    for (const { prefix, keptDays } of folders) {
      if (keptDays !== undefined) await files.removeOlder(prefix, clock() - keptDays * DAY_MS);
    }
  };
  await removeOld();
  const look = (): void => {
    removeOld().catch((error: unknown) => {
      process.stderr.write(`old files were not removed: ${String(error)}\n`);
    });
  };
  const rhythm = setInterval(look, HOUR_MS);
  rhythm.unref();
  return {
    look,
    close() {
      clearInterval(rhythm);
    },
  };
}
