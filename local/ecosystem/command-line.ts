import { resolve } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { folderFault } from './data-folder';

/** Why the arguments of a program cannot be used. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A path as the user named it: npm starts programs in the repository and tells in a variable where the user stands. */
export const given = (path: string): string => resolve(process.env['INIT_CWD'] ?? process.cwd(), path);

/** The values of a command line. @throws UsageError where an option is unknown or lacks its value */
export const readOptions = <Options extends NonNullable<ParseArgsConfig['options']>>(
  words: readonly string[],
  options: Options,
) => {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'the arguments cannot be read');
  }
};

/**
 * The folder of all state that `--data` names. It may be emptied, so it must be one that an earlier run made, or hold nothing.
 * @throws UsageError where it is neither
 */
export const dataFolder = (folder: string | undefined, own: string): string => {
  if (folder === undefined) return own;
  const path = given(folder);
  const fault = folderFault(path);
  if (fault !== null) throw new UsageError(`--data: ${fault}`);
  return path;
};
