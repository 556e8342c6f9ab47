import { join } from 'node:path';

/** The repository's root folder, absolute. */
export const root = join(__dirname, '..');

/** An absolute path from one below the root. */
export const fromRoot = (...parts: string[]): string => join(root, ...parts);
