/**
 * Whether what was built still is what the sources would give. A stale bundle makes a test prove yesterday's program; building
 * on every start costs seconds each time. Plain JavaScript, since it runs before anything else is loaded.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const record = join(root, 'dist', 'build.json');

/** Whatever can change a product: the sources of these rooms, how they are built, and which packages are installed. */
const sourceRooms = [
  'protocol',
  'cloudfunctions',
  'miniprogram',
  'local/cloud',
  'local/phone',
  'local/stage',
  'scripts/build',
];
const sourceFiles = ['package-lock.json', 'package.json', 'tsconfig.json', '.npmrc', 'scripts/build.ts'];
const isSource = /\.(?:ts|mjs|js|json|wxml|wxss|wxs|css|html|svg)$|\.npmrc$/;
/** Made by the build itself. */
const isGenerated =
  /^(?:miniprogram\/protocol\.js|miniprogram\/vendor\/.*\.js|miniprogram\/miniprogram_npm\/.*|protocol\/wire\/validators\.(?:js|d\.ts))$/;

const filesBelow = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
    : [];

/** The recognition models that are here, a line for each file. @returns {string[]} */
export const modelList = () =>
  filesBelow(resolve(process.env['WECHAT_ID_MODELS'] ?? join(root, '.cache', 'models'))).map((file) => {
    const { size, mtimeMs } = statSync(file);
    return `${file} ${size} ${mtimeMs}`;
  });

/** One hash over all inputs of the build. @returns {string} */
export const inputsHash = () => {
  const hash = createHash('sha256').update(process.version);
  const below = sourceRooms.flatMap((room) => filesBelow(join(root, room)));
  for (const file of [...sourceFiles.map((name) => join(root, name)), ...below]) {
    const name = relative(root, file).replaceAll('\\', '/');
    if (isSource.test(name) && !isGenerated.test(name)) hash.update(`\0${name}\0`).update(readFileSync(file));
  }
  for (const model of modelList()) hash.update(`\0${model}`);
  return hash.digest('hex');
};

/** Whether the last build had these inputs and all that it made is still there. @param {string} inputs @returns {boolean} */
export const isFresh = (inputs) => {
  if (!existsSync(record)) return false;
  const built = JSON.parse(readFileSync(record, 'utf8'));
  const isThere = ([file, size]) => statSync(join(root, file), { throwIfNoEntry: false })?.size === size;
  return built.inputs === inputs && Object.entries(built.files).every(isThere);
};

/** Notes what was built. @param {string} inputs the hash taken before the build began @param {readonly string[]} files */
export const noteBuilt = (inputs, files) => {
  const sizes = Object.fromEntries(files.map((file) => [relative(root, file), statSync(file).size]));
  mkdirSync(dirname(record), { recursive: true });
  writeFileSync(record, JSON.stringify({ inputs, files: sizes }));
};

/** Whatever can change the upload files, bundles and packed npm included. */
const compiledRooms = ['miniprogram', 'scripts/miniprogram'];
const compiledFiles = ['package-lock.json', 'project.config.json', 'scripts/compile-miniprogram.ts'];
const compiledStamp = join(root, 'dist', 'miniprogram.json');

/** One hash over all inputs of the upload files. @returns {string} */
export const compiledHash = () => {
  const below = compiledRooms.flatMap((room) => filesBelow(join(root, room)));
  const hash = createHash('sha256').update(process.version);
  for (const file of [...compiledFiles.map((name) => join(root, name)), ...below])
    hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
  return hash.digest('hex');
};

/** Whether the upload files are those of the present sources. @returns {boolean} */
export const isCompiled = () =>
  existsSync(compiledStamp) &&
  existsSync(join(root, 'dist', 'miniprogram', 'app.json')) &&
  readFileSync(compiledStamp, 'utf8') === compiledHash();

/** Notes that the upload files were made. @param {string} hash taken before the compilation began */
export const noteCompiled = (hash) => {
  mkdirSync(dirname(compiledStamp), { recursive: true });
  writeFileSync(compiledStamp, hash);
};
