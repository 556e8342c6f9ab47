import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const root = join(__dirname, '..', '..');

/** Sources by their path below the root. */
export type Sources = Readonly<Record<string, string>>;

const compilerSettings = [
  'tsconfig.json',
  ...['protocol', 'miniprogram', 'cloudfunctions/_core', 'cloudfunctions', 'local', 'test'].map(
    (room) => `${room}/tsconfig.json`,
  ),
];

/** A repository of its own, with these sources, our rooms' settings and our packages. Its folder goes with `remove`. */
export const makeWorkbench = (sources: Sources): { folder: string; remove: () => void } => {
  const folder = mkdtempSync(join(tmpdir(), 'wechat-id-architecture-'));
  for (const path of ['package.json', ...compilerSettings]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path));
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const [path, source] of Object.entries(sources)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), source);
  }
  return {
    folder,
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
};

/** Runs a package's command line in a folder. @param command the path of its script below node_modules */
export const runPackage = (
  folder: string,
  command: string,
  ...args: string[]
): Promise<{ code: number; output: string }> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(root, 'node_modules', command), ...args],
      { cwd: folder, maxBuffer: 64_000_000 },
      (error, output) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, output });
      },
    );
  });
