/**
 * Bundles the cloud functions. A deployed function sees its own folder only, so a shared module that is not bundled is missing
 * there, and an unpinned dependency installs as whatever is newest on that day.
 */
import { existsSync, type Dirent } from 'node:fs';
import { copyFile, link, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Metafile, Plugin } from 'esbuild';
import { resources, type CloudFunction } from '../../cloudfunctions/resources';
import { fromRoot } from '../repository';
import { bundle } from './bundle';
import { writeWhole, type Product } from './product';

/** Packages with native code: installed beside the function, never bundled. */
const nativePackages = ['onnxruntime-node', 'sharp'];

// A script's source map is registered as it is loaded, so maps are switched on by the script that loads the bundle.
const entryScript = `'use strict';
process.setSourceMapsEnabled(true);
module.exports = require('./function.js');
`;

/** "All of this comes from one place": a source map of one segment. */
const emptyMap = Buffer.from('{"version":3,"sources":[""],"mappings":"AAAA"}').toString('base64');

/** Maps our own sources alone. A cold start reads the whole map, and nine tenths of it would speak of packages. */
const unmappedPackages: Plugin = {
  name: 'unmapped-packages',
  setup: (build) => {
    build.onLoad({ filter: /[\\/]node_modules[\\/].*\.[cm]?js$/ }, async ({ path }) => ({
      contents: `${await readFile(path, 'utf8')}\n//# sourceMappingURL=data:application/json;base64,${emptyMap}`,
      loader: 'default',
    }));
  },
};

const importedNatives = (metafile: Metafile): string[] => {
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  return nativePackages.filter((name) =>
    imports.some((imported) => imported.external === true && imported.path === name),
  );
};

const pinnedVersions = async (names: readonly string[]): Promise<Record<string, string>> => {
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- our own manifest, written by npm
  const { devDependencies } = JSON.parse(await readFile(fromRoot('package.json'), 'utf8')) as {
    devDependencies: Record<string, string | undefined>;
  };
  return Object.fromEntries(
    names.map((name) => {
      const version = devDependencies[name];
      if (version === undefined) throw new Error(`package.json does not pin ${name}`);
      return [name, version];
    }),
  );
};

/** The recognition models, hard-linked where the file system can: they are 90 MB. Returns the files made. */
const takeModels = async (folder: string): Promise<string[]> => {
  const models = resolve(process.env['WECHAT_ID_MODELS'] ?? fromRoot('.cache', 'models'));
  if (!existsSync(models)) throw new Error('the recognition models are not here; npm run models fetches them');
  const entries = await readdir(models, { recursive: true, withFileTypes: true });
  const made: string[] = [];
  for (const entry of entries.filter((candidate) => candidate.isFile())) {
    const source = join(entry.parentPath, entry.name);
    const target = join(folder, 'models', source.slice(models.length + 1));
    await mkdir(dirname(target), { recursive: true });
    await link(source, target).catch(() => copyFile(source, target));
    made.push(target);
  }
  return made;
};

/** Which of WeChat's server interfaces the function may call: without this file beside it, WeChat refuses each of them. */
const permissionsOf = (name: string): string => {
  const declared: readonly CloudFunction[] = resources.functions;
  const openapi = declared.find((one) => one.name === name)?.openApis ?? [];
  return `${JSON.stringify({ permissions: { openapi } }, null, 2)}\n`;
};

const make = async (name: string): Promise<string[]> => {
  const folder = fromRoot('dist', 'cloudfunctions', name);
  await rm(join(folder, 'models'), { recursive: true, force: true });
  const { files, metafile } = await bundle({
    entryPoints: [fromRoot('cloudfunctions', name, 'index.ts')],
    outfile: join(folder, 'function.js'),
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'linked',
    sourcesContent: false,
    external: nativePackages,
    plugins: [unmappedPackages],
  });
  const natives = importedNatives(metafile);
  const manifest = { name, private: true, main: 'index.js', dependencies: await pinnedVersions(natives) };
  const made = [...files, await writeWhole(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)];
  made.push(await writeWhole(join(folder, 'config.json'), permissionsOf(name)));
  if (natives.length > 0)
    made.push(await writeWhole(join(folder, '.npmrc'), await readFile(fromRoot('.npmrc'), 'utf8')));
  if (natives.includes('onnxruntime-node')) made.push(...(await takeModels(folder)));
  return [...made, await writeWhole(join(folder, 'index.js'), entryScript)];
};

const isFunction = (folder: Dirent): boolean =>
  folder.isDirectory() &&
  !folder.name.startsWith('_') &&
  existsSync(fromRoot('cloudfunctions', folder.name, 'index.ts'));

/** A function that is gone from the sources must not be deployed for ever. */
const removeOthers = async (names: readonly string[]): Promise<void> => {
  const built = fromRoot('dist', 'cloudfunctions');
  if (!existsSync(built)) return;
  for (const name of await readdir(built))
    if (!names.includes(name)) await rm(join(built, name), { recursive: true, force: true });
};

/** `dist/cloudfunctions/<name>/` for each function: its entry, its bundle and map, its manifest, and what it cannot bundle. */
export const functions = async (): Promise<Product[]> => {
  const folders = await readdir(fromRoot('cloudfunctions'), { withFileTypes: true });
  const names = folders.filter(isFunction).map(({ name }) => name);
  await removeOthers(names);
  return names.map((name) => ({ name: `function ${name}`, make: () => make(name) }));
};
