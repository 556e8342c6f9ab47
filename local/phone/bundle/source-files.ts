import { readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

/** The files of a mini-program, by path below its root. Whatever is looked for outside of the root does not exist. */
export interface SourceFiles {
  readonly has: (path: string) => boolean;
  /** @throws Error where there is no such file */
  readonly read: (path: string) => string;
}

/** Path below the root, without a slash at its ends; one that leads outside keeps its `..`. */
export const normalise = (path: string): string => posix.normalize(path).replaceAll(/^\/+|\/+$/g, '');

const isFile = (path: string): boolean => {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    // A name below what is itself a file.
    return false;
  }
};

export const openFolder = (root: string): SourceFiles => {
  const isInside = (path: string) => path !== '' && !path.startsWith('..');
  return {
    has: (path) => isInside(path) && isFile(join(root, path)),
    read: (path) => {
      if (!isInside(path)) throw new Error(`${path} is outside of the mini-program`);
      return readFileSync(join(root, path), 'utf8');
    },
  };
};
