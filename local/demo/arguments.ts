import { parseArgs } from 'node:util';
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What the demonstration was asked for. */
export interface DemoArguments {
  readonly front: string | null;
  readonly back: string | null;
  readonly selfie: string | null;
  readonly json: boolean;
  readonly strictAuthority: boolean;
  /** Where all state lives: emptied first. */
  readonly dataDir: string;
}

const ownFolder = resolve(__dirname, '../../.local/demo');

export const USAGE = `Usage: npm run demo -- [--front FILE] [--back FILE] [--selfie FILE] [--json] [--strict-authority] [--data FOLDER]

  --front FILE         photograph of the front of the card (the side with the portrait)
  --back FILE          photograph of the back of the card
  --selfie FILE        photograph of the holder
  --json               print one JSON object a line
  --strict-authority   do not enter the card's person into the local register first
  --data FOLDER        where all state lives, emptied first; another than .local/demo for a second demonstration beside this one

A sample person's pictures serve where none are given. Exit: 0 the story holds, 1 refused, 2 bad use, 3 in review, 70 failed itself.`;

/** Why the arguments cannot be used. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const given = (path: string): string => resolve(process.env['INIT_CWD'] ?? process.cwd(), path);

/** The folder is emptied, so it must be one that an earlier demonstration made, or hold nothing. */
const dataFolder = (folder: string | undefined): string => {
  if (folder === undefined) return ownFolder;
  const path = given(folder);
  if (!existsSync(path)) return path;
  if (!statSync(path).isDirectory()) throw new UsageError(`--data: ${path} is not a folder`);
  if (readdirSync(path).length > 0 && !existsSync(join(path, 'secrets.json'))) {
    throw new UsageError(`--data: ${path} holds something else, and would be emptied`);
  }
  return path;
};

const picture = (option: string, file: string | undefined): string | null => {
  if (file === undefined) return null;
  const path = given(file);
  try {
    accessSync(path, constants.R_OK);
  } catch {
    throw new UsageError(`${option}: there is no readable file ${path}`);
  }
  if (!statSync(path).isFile()) throw new UsageError(`${option}: ${path} is not a file`);
  return path;
};

/** Reads the command line. @throws UsageError where an option is unknown or a file is not there */
export const readArguments = (words: readonly string[]): DemoArguments | 'help' => {
  const options = {
    front: { type: 'string' },
    back: { type: 'string' },
    selfie: { type: 'string' },
    json: { type: 'boolean', default: false },
    'strict-authority': { type: 'boolean', default: false },
    data: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  } as const;
  const { values } = (() => {
    try {
      return parseArgs({ args: [...words], options, allowPositionals: false });
    } catch (error) {
      throw new UsageError(error instanceof Error ? error.message : 'the arguments cannot be read');
    }
  })();
  if (values.help) return 'help';
  return {
    front: picture('--front', values.front),
    back: picture('--back', values.back),
    selfie: picture('--selfie', values.selfie),
    json: values.json,
    strictAuthority: values['strict-authority'],
    dataDir: dataFolder(values.data),
  };
};
