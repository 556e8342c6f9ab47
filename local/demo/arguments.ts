import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { dataFolder, given, readOptions, UsageError } from '../ecosystem/command-line';

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
  const values = readOptions(words, options);
  if (values.help) return 'help';
  return {
    front: picture('--front', values.front),
    back: picture('--back', values.back),
    selfie: picture('--selfie', values.selfie),
    json: values.json,
    strictAuthority: values['strict-authority'],
    dataDir: dataFolder(values.data, ownFolder),
  };
};
