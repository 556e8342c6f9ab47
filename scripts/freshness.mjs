/**
 * Whether what was built still is what the sources would give. A stale bundle makes a test prove yesterday's program; building
 * on every start costs seconds each time. Plain JavaScript, since it runs before anything else is loaded.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
const record = join(root, 'dist', 'build.json');

/** Whatever can change a product: the sources of these rooms, how they are built, and which packages are installed. */
const sourceRooms = ['protocol', 'cloudfunctions', 'miniprogram', 'local/cloud', 'scripts/build'];
const sourceFiles = ['package-lock.json', 'package.json', 'tsconfig.json', '.npmrc', 'scripts/build.ts'];
/** Made by the build itself. */
const generated =
  /^(?:miniprogram\/protocol\.js|miniprogram\/vendor\/.*\.js|protocol\/wire\/validators\.(?:js|d\.ts))$/;

const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();

const modelList = () => {
  const models = join(root, '.cache', 'models');
  if (!existsSync(models)) return [];
  return filesBelow(models).map((file) => {
    const { size, mtimeMs } = statSync(join(root, file));
    return `${file} ${size} ${mtimeMs}`;
  });
};

/** One hash over all inputs of the build. @returns {string} */
export const inputsHash = () => {
  const hash = createHash('sha256').update(process.version);
  const rooms = sourceRooms.map((room) => join(root, room)).filter((room) => existsSync(room));
  const files = [...sourceFiles, ...rooms.flatMap(filesBelow)];
  for (const file of files) {
    if (!/\.(?:ts|mjs|js|json)$|npmrc$/.test(file) || /\.tmp$/.test(file) || generated.test(file)) continue;
    hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  }
  for (const model of modelList()) hash.update(`\0${model}`);
  return hash.digest('hex');
};

/** Whether the last build had these very inputs and all that it made is still there. @returns {boolean} */
export const isFresh = () => {
  if (!existsSync(record)) return false;
  const { inputs, files } = JSON.parse(readFileSync(record, 'utf8'));
  return Object.entries(files).every(
    ([file, size]) => statSync(join(root, file), { throwIfNoEntry: false })?.size === size,
  )
    ? inputs === inputsHash()
    : false;
};

/** Notes what was built. @param {string} inputs the hash taken before the build began @param {readonly string[]} files */
export const noteBuilt = (inputs, files) => {
  const sizes = Object.fromEntries(files.map((file) => [relative(root, file), statSync(file).size]));
  mkdirSync(dirname(record), { recursive: true });
  writeFileSync(record, JSON.stringify({ inputs, files: sizes }));
};
