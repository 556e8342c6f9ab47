import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const from = (start: string): string => {
  const candidate = join(start, 'local', 'people');
  if (existsSync(join(candidate, 'people.json'))) return candidate;
  const parent = dirname(start);
  if (parent === start) throw new Error('local/people/people.json was not found above the running program');
  return from(parent);
};

/** The folder with `people.json` and the pictures: looked up from the running file, so that a bundle in `dist/` finds it too. */
export const peopleFolder = from(__dirname);
