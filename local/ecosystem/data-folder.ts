import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { refuseInUse } from '../cloud';

/** What every folder of an ecosystem holds from its first start on. */
const MARK = 'secrets.json';

/**
 * Why a folder cannot be an ecosystem's, or null where it can: it is missing, empty, or was one before. Anything else would be
 * mixed with what it holds, and emptied at the next fresh start.
 */
export const folderFault = (path: string): string | null => {
  if (!existsSync(path)) return null;
  if (!statSync(path).isDirectory()) return `${path} is not a folder`;
  return readdirSync(path).length > 0 && !existsSync(join(path, MARK))
    ? `${path} holds something else; choose an empty folder`
    : null;
};

/**
 * Makes the folder ready for a start.
 * @param fresh forget what an earlier run left
 * @throws Error where it is somebody else's, or where another run is using it
 */
export const prepareFolder = (path: string, fresh: boolean): void => {
  const fault = folderFault(path);
  if (fault !== null) throw new Error(fault);
  if (fresh) {
    refuseInUse(join(path, 'cloud'));
    rmSync(path, { recursive: true, force: true });
  }
  mkdirSync(path, { recursive: true });
};
