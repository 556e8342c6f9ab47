/** Child processes in the repository's root, with their signals and exit codes handed through. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');

/** A package's command line, without the second that `npx` takes. @param {string} path below node_modules */
export const packageCommand = (path, ...args) => [process.execPath, join(root, 'node_modules', path), ...args];

/** A TypeScript program of ours. @param {string} path below the root */
export const typeScriptCommand = (path, ...args) => packageCommand('tsx/dist/cli.mjs', join(root, path), ...args);

/**
 * Runs a command on this terminal.
 * @param {readonly string[]} command
 * @param {{ output?: 'result' | 'progress' }} [options] `progress` goes to stderr, so that stdout stays the task's own
 * @returns {Promise<number>} its exit code; 128 + the signal's number where a signal ended it
 */
export const run = ([file, ...args], { output = 'result' } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: root,
      stdio: ['inherit', output === 'progress' ? 2 : 'inherit', 'inherit'],
    });
    const passOn = (signal) => {
      // Ctrl-C reaches the whole group by itself; a second copy would look like somebody's impatience.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, passOn);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      for (const passed of signals) process.off(passed, passOn);
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });

/**
 * Runs a command out of sight.
 * @param {readonly string[]} command
 * @returns {Promise<{ code: number, output: string }>} its exit code, and all that it wrote
 */
export const runQuietly = ([file, ...args]) =>
  new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, FORCE_COLOR: '0' },
    });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString('utf8') }));
  });
