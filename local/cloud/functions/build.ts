import { existsSync, readdirSync, statSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { CloudError } from '../cloud-error';

/** The built files of one function, and whether they are still those that its instances run. */
export interface Build {
  /**
   * Gives the name of the build that is on the disk, once nobody writes it any more. A build under way is waited for, also while its
   * folder is gone. Whoever runs another build hears of it before.
   *
   * @throws CloudError FUNCTION_NOT_FOUND where there is none, FUNCTIONS_EXECUTE_FAIL where it does not come to rest
   */
  settled(): Promise<string>;
  /** Whether this is what is on the disk now. */
  isCurrent(build: string): boolean;
}

/** How long a build takes at the most, and how long nothing may have changed before it counts as whole; in milliseconds. */
export interface BuildLimits {
  readonly quietMs: number;
  readonly settleMs: number;
}

const LIMITS: BuildLimits = { quietMs: 100, settleMs: 10_000 };

/** What code is loaded from: a function may write other files beside it. */
const CODE = /\.([cm]?js|json|node|wasm)$/;

/** What is known of a build without reading its files. */
interface Seen {
  readonly build: string;
  /** When a file changed last, by the clock of the file system, in milliseconds since 1970. */
  readonly changedAt: number;
}

/** A function's build that is never looked at again once it is there. */
export function fixedBuild(name: string, directory: string): Build {
  return {
    settled: () => (existsSync(join(directory, 'index.js')) ? Promise.resolve('') : Promise.reject(notBuilt(name))),
    isCurrent: () => true,
  };
}

/** A function's build that may be built again at any time. @param onChange hears that instances of an earlier build are to go */
export function watchedBuild(name: string, directory: string, onChange: () => void, limits = LIMITS): Build {
  let current: string | undefined;
  let settling: Promise<string> | undefined;

  const become = (build: string | undefined): void => {
    const before = current;
    current = build;
    if (before !== undefined && before !== build) onChange();
  };

  const settle = async (): Promise<string> => {
    const deadline = performance.now() + limits.settleMs;
    let seen = look(directory);
    if (seen !== undefined && Date.now() - seen.changedAt > limits.quietMs) return seen.build;
    // One that was never there is not being built again.
    if (seen === undefined && current === undefined) throw notBuilt(name);
    while (performance.now() < deadline) {
      await wait(limits.quietMs);
      const next = look(directory);
      if (next !== undefined && next.build === seen?.build) return next.build;
      seen = next;
    }
    if (seen === undefined) throw notBuilt(name);
    throw new CloudError('FUNCTIONS_EXECUTE_FAIL', `the files of function ${name} do not come to rest`);
  };

  return {
    async settled() {
      if (current !== undefined && look(directory)?.build === current) return current;
      // The calls that come meanwhile wait for the same build.
      settling ??= settle()
        .then(
          (build) => {
            become(build);
            return build;
          },
          (error: unknown) => {
            become(undefined);
            throw error;
          },
        )
        .finally(() => {
          settling = undefined;
        });
      return settling;
    },
    isCurrent: (build) => look(directory)?.build === build,
  };
}

/** @returns undefined while there is no index.js */
function look(directory: string): Seen | undefined {
  const names: string[] = [];
  let changedAt = 0;
  const visit = (folder: string): void => {
    // A file that was removed shows in its folder alone.
    changedAt = Math.max(changedAt, statSync(join(directory, folder), { throwIfNoEntry: false })?.mtimeMs ?? 0);
    for (const entry of entriesOf(join(directory, folder))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && entry.name !== 'node_modules') visit(path);
      if (!CODE.test(entry.name)) continue;
      const file = statSync(join(directory, path), { throwIfNoEntry: false });
      if (!file?.isFile()) continue;
      names.push(`${path} ${String(file.ino)} ${String(file.size)} ${String(file.mtimeMs)} ${String(file.ctimeMs)}`);
      changedAt = Math.max(changedAt, file.ctimeMs, file.mtimeMs);
    }
  };
  visit('');
  const hasEntry = names.some((name) => name.startsWith('index.js '));
  return hasEntry ? { build: names.sort().join('\n'), changedAt } : undefined;
}

/** Nothing where the folder is gone: whoever builds may remove it first. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function notBuilt(name: string): CloudError {
  return new CloudError('FUNCTION_NOT_FOUND', `function ${name} has not been built`);
}
