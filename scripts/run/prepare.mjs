/** Installs, fetches and builds what is missing or out of date, and nothing else: on a ready repository this takes 0.2 s. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, run, typeScriptCommand } from './child.mjs';
import { inputsHash, isCompiled, isFresh, modelList } from './freshness.mjs';

const say = (line) => process.stderr.write(`${line}\n`);
const at = (...parts) => join(root, ...parts);
const hashOf = (...texts) => texts.reduce((hash, text) => hash.update(`\0${text}`), createHash('sha256')).digest('hex');
const stampSays = (stamp, hash) => existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
const writeStamp = (stamp, hash) => {
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
};

/** Ends the preparation with a child's exit code. */
class Stopped extends Error {
  constructor(code) {
    super('stopped');
    this.code = code;
  }
}

const step = async (command) => {
  const code = await run(command, { output: 'progress' });
  if (code !== 0) throw new Stopped(code);
};

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/** Whether each package of the lock is installed at its version; one for another platform may be missing. */
const holdsTheLock = () => {
  const hidden = at('node_modules', '.package-lock.json'); // what npm notes of its own installation
  if (!existsSync(hidden)) return false;
  const here = packagesOf(hidden);
  return Object.entries(packagesOf(at('package-lock.json'))).every(
    ([path, { version, optional }]) =>
      path === '' || here[path]?.version === version || (optional === true && here[path] === undefined),
  );
};

const install = async () => {
  const stamp = at('node_modules', '.installed-lock');
  const hash = hashOf(readFileSync(at('package-lock.json'), 'utf8'));
  if (stampSays(stamp, hash)) return;
  if (!holdsTheLock()) {
    say('Installing the packages of package-lock.json (one to three minutes) …');
    const npm = process.env['npm_execpath'];
    // The level is set, since `npm run --silent` would hand down a silence in which an installation fails without a word.
    const quietly = ['--no-audit', '--no-fund', '--loglevel=error', `--progress=${process.stderr.isTTY === true}`];
    const started = performance.now();
    await step([...(npm ? [process.execPath, npm] : ['npm']), 'ci', ...quietly]);
    say(`Installed in ${((performance.now() - started) / 1000).toFixed(0)} s.`);
  }
  writeStamp(stamp, hash);
};

const fetchModels = async () => {
  const stamp = at('.cache', 'models.stamp');
  const program = at('scripts', 'fetch-models.ts');
  const pins = at('cloudfunctions', '_adapters', 'embedded', 'model-files.ts');
  // The fetcher itself checks every byte; as long as the files are the ones that it left, there is nothing to check anew.
  const hash = () => hashOf(...[program, pins].map((file) => readFileSync(file, 'utf8')), ...modelList());
  if (stampSays(stamp, hash())) return;
  say('Checking the recognition models …');
  await step(typeScriptCommand('scripts/fetch-models.ts'));
  writeStamp(stamp, hash());
};

const build = async () => {
  if (isFresh(inputsHash())) return;
  say('Building …');
  await step(typeScriptCommand('scripts/build.ts'));
};

const compile = async () => {
  if (isCompiled()) return;
  say('Compiling the mini-program with WeChat’s compiler …');
  await step(typeScriptCommand('scripts/compile-miniprogram.ts'));
};

/**
 * Makes the repository ready to run anything.
 * @param {{ build: boolean, compile?: boolean }} upTo whether the build belongs to it, and the upload files
 * @returns {Promise<number>} 0, or the exit code of what failed; that has said why
 */
export const prepare = async (upTo) => {
  try {
    await install();
    await fetchModels();
    if (upTo.build) await build();
    if (upTo.compile) await compile();
    return 0;
  } catch (error) {
    if (error instanceof Stopped) return error.code;
    throw error;
  }
};
