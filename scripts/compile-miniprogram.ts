/**
 * Compiles the mini-program with WeChat's own compiler, offline, to the files of an upload: `dist/miniprogram/`. Without this the
 * first to meet a page that does not compile, a configuration that its schema refuses, or a package beyond its limit, is whoever
 * uploads a release.
 *
 * It needs a process of its own: a second compilation in one process gives the first one's files again.
 */
import { quietly } from './miniprogram/quietly';

const compileAnew = async (): Promise<string[]> => {
  const { compiledHash, noteCompiled } = await import('./run/freshness.mjs');
  const hash = compiledHash();
  const faults = await quietly(async () => (await import('./miniprogram/compiler')).compile());
  if (faults.length === 0) noteCompiled(hash);
  return faults;
};

compileAnew().then(
  (faults) => {
    for (const fault of faults) process.stderr.write(`  ${fault}\n`);
    // The compiler leaves file watchers and workers running.
    process.exit(faults.length === 0 ? 0 : 1);
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
