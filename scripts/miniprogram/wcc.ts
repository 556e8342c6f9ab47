/**
 * WeChat's own template compiler, which neither its upload compiler nor TypeScript replaces: a tag that is never closed, an expression
 * that does not parse or a missing WXS is otherwise first seen on a phone.
 */
import { execFile } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fromRoot } from '../repository';

/** The binaries that the package brings; it was built for 64-bit Intel. */
const binaries: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  linux: 'linux/wcc',
  darwin: 'mac/wcc',
  win32: 'windows/wcc.exe',
};

const locate = (): string | null => {
  const binary = binaries[process.platform];
  if (binary === undefined || (process.platform === 'linux' && process.arch !== 'x64')) return null;
  const simulator = createRequire(__filename).resolve('miniprogram-simulate');
  const inPackage = createRequire(simulator).resolve('miniprogram-compiler/package.json');
  const shipped = join(dirname(inPackage), 'bin', binary);
  // It comes without the right to be run, and what lies in node_modules is not ours to change.
  const runnable = fromRoot('.cache', 'miniprogram', binary.replace('/', '-'));
  if (!existsSync(runnable)) {
    mkdirSync(dirname(runnable), { recursive: true });
    copyFileSync(shipped, runnable);
    chmodSync(runnable, 0o755);
  }
  return runnable;
};

/** What the compiler said. */
export type TemplateCheck =
  { readonly kind: 'checked'; readonly faults: readonly string[] } | { readonly kind: 'skipped'; readonly why: string };

/**
 * Compiles templates and their scripts.
 * @param folder the mini-program's root
 * @param files `.wxml` and `.wxs` below it; each script that a template names must be among them
 */
export const checkTemplates = (folder: string, files: readonly string[]): Promise<TemplateCheck> => {
  const wcc = locate();
  if (wcc === null) {
    const why = `WeChat's template compiler has no build for ${process.platform} ${process.arch}; templates were not checked by it`;
    return Promise.resolve({ kind: 'skipped', why });
  }
  const output = fromRoot('.cache', 'miniprogram', 'wcc-output.js');
  return new Promise((resolve) => {
    execFile(wcc, ['-d', ...files, '-o', output], { cwd: folder, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      const said = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '');
      const faults = error && said.length === 0 ? [`wcc: ${error.message}`] : error ? said : [];
      resolve({ kind: 'checked', faults });
    });
  });
};
