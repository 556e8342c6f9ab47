import { readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

/** The files of a mini-program, by path below its root. Whatever is looked for outside of the root does not exist. */
export interface SourceFiles {
  readonly has: (path: string) => boolean;
  /** @throws Error where there is no such file */
  readonly read: (path: string) => string;
}

/** Path below the root, without a leading slash; one that leads outside keeps its `..`. */
export const normalise = (path: string): string => posix.normalize(path).replace(/^\/+/, '');

export const openFolder = (root: string): SourceFiles => {
  const isInside = (path: string) => path !== '' && !path.startsWith('..');
  return {
    has: (path) => isInside(path) && statSync(join(root, path), { throwIfNoEntry: false })?.isFile() === true,
    read: (path) => {
      if (!isInside(path)) throw new Error(`${path} is outside of the mini-program`);
      return readFileSync(join(root, path), 'utf8');
    },
  };
};
