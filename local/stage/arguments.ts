import { resolve } from 'node:path';
import { dataFolder, readOptions, UsageError } from '../ecosystem/command-line';

/** What `npm start` was asked for. */
export interface StartArguments {
  /** The port that was asked for; null for the usual one or the next free one. */
  readonly port: number | null;
  readonly fresh: boolean;
  readonly compiled: boolean;
  /** Where all state lives. */
  readonly dataDir: string;
}

export const USAGE = `Usage: npm start -- [--port NUMBER] [--fresh] [--compiled] [--data FOLDER]

  --port NUMBER   where the page listens on 127.0.0.1; 7600, or the next free one, where none is given
  --fresh         forget every card, history and secret of earlier runs
  --compiled      run the compiled upload files instead of the sources
  --data FOLDER   where all state lives; another than .local/start for a second ecosystem beside this one

Exit: 0 ended by a signal, 2 bad use, 1 could not start.`;

const ownFolder = resolve(__dirname, '../../.local/start');

const portOf = (port: string | undefined): number | null => {
  if (port === undefined) return null;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new UsageError(`--port: "${port}" is no port; give a number from 0 (any free one) to 65535`);
  return Number(port);
};

/** Reads the command line. @throws UsageError where an option is unknown or has a value that does not serve */
export const readArguments = (words: readonly string[]): StartArguments | 'help' => {
  const options = {
    port: { type: 'string' },
    fresh: { type: 'boolean', default: false },
    compiled: { type: 'boolean', default: false },
    data: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  } as const;
  const values = readOptions(words, options);
  if (values.help) return 'help';
  const { fresh, compiled } = values;
  return { port: portOf(values.port), fresh, compiled, dataDir: dataFolder(values.data, ownFolder) };
};
