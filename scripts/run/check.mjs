/** Everything that can be said of the repository without running it, in the order in which a fault is cheapest to mend. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageCommand, root, runQuietly, typeScriptCommand } from './child.mjs';

/** Every folder with compiler settings of its own that has a source. */
const rooms = () => {
  const folders = readdirSync(root, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !entry.name.startsWith('.') && !['node_modules', 'dist'].includes(entry.name),
  );
  const nested = [
    'cloudfunctions/_core',
    'local/phone/contract',
    'local/phone/host',
    'local/stage/page',
    'local/cloud/console',
  ];
  return [...folders.map(({ name }) => name), ...nested].filter(
    (room) =>
      existsSync(join(root, room, 'tsconfig.json')) &&
      readdirSync(join(root, room), { recursive: true }).some((file) => /(?<!\.d)\.ts$/.test(file)),
  );
};

const inOrder = async (commands) => {
  const outcomes = [];
  for (const command of commands) outcomes.push(await runQuietly(command));
  return outcomes;
};

/** How many checks run side by side; where the types are the only one, as many compilers. */
const LANES = 2;

const types = async (lanes) => {
  const commands = rooms().map((room) => packageCommand('typescript/bin/tsc', '-p', room, '--pretty', 'false'));
  const share = Math.ceil(commands.length / lanes);
  const shares = Array.from({ length: lanes }, (_, at) => commands.slice(at * share, (at + 1) * share));
  const outcomes = (await Promise.all(shares.map(inOrder))).flat();
  // A fault in a room that others import is reported by each of these.
  const lines = new Set(outcomes.flatMap(({ output }) => output.split('\n')));
  return { code: outcomes.some(({ code }) => code !== 0) ? 1 : 0, output: [...lines].join('\n') };
};

const cruised = ['protocol', 'miniprogram', 'cloudfunctions', 'local', 'scripts', 'bench', 'examples', 'test'];

/** @type {Readonly<Record<string, (lanes: number) => Promise<{ code: number, output: string }>>>} */
export const checks = {
  // The two that take longest begin.
  types,
  lint: () => runQuietly(packageCommand('eslint/bin/eslint.js', '.', '--max-warnings', '0')),
  arrows: () =>
    runQuietly(
      packageCommand(
        'dependency-cruiser/bin/dependency-cruise.mjs',
        '--config',
        '.dependency-cruiser.mjs',
        '--output-type',
        'err-long',
        ...cruised,
      ),
    ),
  unused: () => runQuietly(packageCommand('knip/bin/knip.js')),
  format: () => runQuietly(packageCommand('prettier/bin/prettier.cjs', '--check', '.')),
  miniprogram: () => runQuietly(typeScriptCommand('scripts/compile-miniprogram.ts')),
};

/**
 * Runs the named checks, a line for each, and begins none after one that failed, with all that it said.
 * @param {readonly string[]} names
 * @returns {Promise<number>} 0, or 1 where one failed
 */
export const check = async (names) => {
  const started = performance.now();
  const failed = [];
  const one = async (name) => {
    const before = performance.now();
    const { code, output } = await checks[name](names.length === 1 ? LANES : 1);
    const seconds = ((performance.now() - before) / 1000).toFixed(1).padStart(5);
    process.stderr.write(`  ${name.padEnd(12)} ${seconds} s  ${code === 0 ? 'good' : 'FAILED'}\n`);
    if (code !== 0) failed.push({ name, output });
  };
  const waiting = [...names];
  const lane = async () => {
    while (failed.length === 0 && waiting.length > 0) await one(waiting.shift());
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  for (const { name, output } of failed)
    process.stderr.write(`\n${output.trim()}\n\nThe check "${name}" failed; those that had not begun did not run.\n`);
  if (failed.length > 0) return 1;
  process.stderr.write(
    `  ${names.length} checks, all good, in ${((performance.now() - started) / 1000).toFixed(1)} s\n`,
  );
  return 0;
};
