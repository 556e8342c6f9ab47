/**
 * Compiles the mini-program with WeChat's own compiler, offline, as an upload would. Without this the first to meet a page that
 * does not compile, a configuration that its schema refuses, or a package beyond its limit, is whoever uploads a release.
 *
 * It needs a process of its own: a second compilation in one process gives the first one's files again.
 */
import { generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { checkCodeQuality, DefaultProjectAttr, getCompiledResult, Project, schemaValidate } from 'miniprogram-ci';
import { writeWhole } from './build/product';
import { packagesOf } from './miniprogram/package-sizes';
import { fromRoot } from './repository';

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
const schemaFaults = (kind: 'app' | 'page' | 'projectconfig' | 'sitemap', file: string, json: unknown): string[] => {
  const { error, warning } = schemaValidate(kind, json);
  const faults = error.map((fault) => `${file}: ${fault.errorProperty} (${fault.errorType})`);
  return warning === '' ? faults : [...faults, `${file}: unknown ${warning}`];
};

const compile = async (): Promise<string[]> => {
  const appJson = await readJson('miniprogram', 'app.json');
  const projectConfig = await readJson('project.config.json');
  const packages = packagesOf(appJson);
  const faults = [
    ...schemaFaults('app', 'app.json', appJson),
    ...schemaFaults('projectconfig', 'project.config.json', projectConfig),
    ...schemaFaults('sitemap', 'sitemap.json', await readJson('miniprogram', 'sitemap.json')),
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
  process.stdout.write(`${lines.join('\n')}\n`);
  return [...faults, ...sizeFaults];
};

// The compiler tells its progress on the console; what it finds comes back as errors.
console.log = console.info = console.error = console.warn = () => undefined;

compile().then(
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
