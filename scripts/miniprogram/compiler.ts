/** WeChat's own compiler and all checks that its package and ours have, on this mini-program. */
import { generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checkCodeQuality, DefaultProjectAttr, getCompiledResult, Project, schemaValidate } from 'miniprogram-ci';
import { writeWhole } from '../build/product';
import { brokenRules } from './output-rules';
import { packagesOf, type CompiledFiles } from './package-sizes';
import { checkTemplates } from './wcc';
import { fromRoot } from '../repository';

/** Offline the account's own attributes cannot be asked for: these are the defaults that WeChat's package ships, limits included. */
class OfflineProject extends Project {
  override attr(): Promise<typeof DefaultProjectAttr> {
    return Promise.resolve(DefaultProjectAttr);
  }
}

/** Any RSA key satisfies the compiler: only an upload is signed with it, and an upload needs the account's real one. */
const compilerKey = async (): Promise<string> => {
  const path = fromRoot('.cache', 'miniprogram', 'compile-only.key');
  if (existsSync(path)) return path;
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  return writeWhole(path, privateKey);
};

const readJson = async (...path: string[]): Promise<unknown> => JSON.parse(await readFile(fromRoot(...path), 'utf8'));

/** What WeChat's own schemas say against the configuration, unknown keys included. */
const schemaFaults = (
  kind: 'app' | 'page' | 'projectconfig' | 'sitemap' | 'theme',
  file: string,
  json: unknown,
): string[] => {
  const { error, warning } = schemaValidate(kind, json);
  const faults = error.map((fault) => `${file}: ${fault.errorProperty} (${fault.errorType})`);
  return warning === '' ? faults : [...faults, `${file}: unknown ${warning}`];
};

const isTemplate = (path: string): boolean => /\.wx(?:ml|s)$/.test(path);

/** Lines of what WeChat's template compiler finds; where it does not run here, that is said. */
const templateFaults = async (folder: string, files: readonly string[]): Promise<string[]> => {
  const check = await checkTemplates(folder, files);
  if (check.kind === 'checked') return [...check.faults];
  process.stdout.write(`  ${check.why}\n`);
  return [];
};

/** Our own templates as they are written, so that a fault names its line. */
const ownTemplateFaults = async (): Promise<string[]> => {
  const folder = fromRoot('miniprogram');
  const own = (await readdir(folder, { recursive: true })).filter((path) => !path.startsWith('miniprogram_npm'));
  return templateFaults(folder, own.filter(isTemplate));
};

/** Puts the files in the place of those of the last compilation, all at once. */
const writeAll = async (files: CompiledFiles): Promise<string> => {
  const folder = fromRoot('dist', 'miniprogram');
  const draft = `${folder}.draft`;
  await rm(draft, { recursive: true, force: true });
  for (const [path, content] of Object.entries(files)) await writeWhole(join(draft, path), content);
  await rm(folder, { recursive: true, force: true });
  await rename(draft, folder);
  return folder;
};

/** Compiles the sources to `dist/miniprogram/` and prints the sizes of the packages. @returns a line for each fault */
export const compile = async (): Promise<string[]> => {
  const appJson = await readJson('miniprogram', 'app.json');
  const projectConfig = await readJson('project.config.json');
  const packages = packagesOf(appJson);
  const faults = [
    ...schemaFaults('app', 'app.json', appJson),
    ...schemaFaults('projectconfig', 'project.config.json', projectConfig),
    ...schemaFaults('sitemap', 'sitemap.json', await readJson('miniprogram', 'sitemap.json')),
    ...schemaFaults('theme', 'theme.json', await readJson('miniprogram', 'theme.json')),
    ...(await ownTemplateFaults()),
  ];
  for (const page of packages.pages)
    faults.push(...schemaFaults('page', `${page}.json`, await readJson('miniprogram', `${page}.json`)));

  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- the package's own two types disagree about an optional
  const project = new OfflineProject({
    appid: 'wx0000000000000000',
    type: 'miniProgram',
    projectPath: fromRoot('.'),
    privateKeyPath: await compilerKey(),
    ignores: ['node_modules/**/*', 'dist/**/*', '.*/**/*'],
  }) as Parameters<typeof checkCodeQuality>[0];
  for (const check of await checkCodeQuality(project)) if (!check.success) faults.push(`code quality: ${check.text}`);

  const files = await getCompiledResult({
    project,
    version: '0.0.0',
    desc: 'compiled offline',
    setting: { useProjectConfig: true },
    onProgressUpdate: () => undefined,
  });
  // Told to be ES2020 and left alone: the ES5 pass turns `**` on BigInts into Math.pow, which fails on the phone alone.
  for (const [path, content] of Object.entries(files)) {
    if (!/^(?:protocol\.js|vendor\/)/.test(path)) continue;
    if (!(await readFile(fromRoot('miniprogram', path))).equals(Buffer.from(content)))
      faults.push(`${path} was rewritten`);
  }
  const { lines, faults: sizeFaults } = packages.measure(files, DefaultProjectAttr.setting);
  faults.push(...brokenRules(files));
  const folder = await writeAll(files);
  faults.push(...(await templateFaults(folder, Object.keys(files).filter(isTemplate))));
  process.stdout.write(`${lines.join('\n')}\n`);
  return [...faults, ...sizeFaults];
};
