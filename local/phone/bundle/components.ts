import type { AppConfig, BundledComponent, PageConfig } from '../contract/bundle';
import { SourceFault } from './fault';
import { resolveComponent } from './resolve';
import type { SourceFiles } from './source-files';

/** Whether a value is an object with members by their names. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A JSON file of the mini-program; an object without members where there is none. @throws SourceFault */
export const readConfig = (files: SourceFiles, path: string): Record<string, unknown> => {
  if (!files.has(path)) return {};
  try {
    const content: unknown = JSON.parse(files.read(path));
    if (isRecord(content)) return content;
  } catch (error) {
    throw new SourceFault(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw new SourceFault(`${path}: holds no JSON object`);
};

const strings = (value: unknown): [string, string][] =>
  isRecord(value)
    ? Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    : [];

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Every page that `app.json` declares, those of subpackages included. @throws SourceFault where one is missing */
export const pagesOf = (files: SourceFiles, app: AppConfig): string[] => {
  const subpackages = list(app['subPackages'] ?? app['subpackages']).filter(isRecord);
  const declared = [
    ...list(app['pages']).map(String),
    ...subpackages.flatMap(({ root, pages }) =>
      list(pages).map((page) => `${String(root).replace(/\/$/, '')}/${String(page)}`),
    ),
  ];
  if (declared.length === 0) throw new SourceFault('app.json: declares no page');
  const missing = declared.filter((page) => !files.has(`${page}.wxml`));
  if (missing.length > 0) throw new SourceFault(`app.json: pages that are not there: ${missing.join(', ')}`);
  return declared;
};

/** The file of code beside a page's, a component's or the app's other files. @throws SourceFault where there is none */
export const entryOf = (files: SourceFiles, path: string): string => {
  const entry = [`${path}.ts`, `${path}.js`].find(files.has);
  if (entry === undefined) throw new SourceFault(`${path}: has neither .ts nor .js`);
  return entry;
};

/** Pages with all components that they can reach, by path. @throws SourceFault where a component is not there */
export const collectComponents = (
  files: SourceFiles,
  app: AppConfig,
  pages: readonly string[],
): ReadonlyMap<string, BundledComponent> => {
  const found = new Map<string, BundledComponent>();
  const collect = (path: string, isPage: boolean): void => {
    if (found.has(path)) return;
    const config: PageConfig = readConfig(files, `${path}.json`);
    const using: Record<string, string> = {};
    const link = (from: string, declared: unknown): void => {
      for (const [tag, request] of strings(declared)) {
        const component = resolveComponent(files, from, request);
        if (component === null) throw new SourceFault(`${from}.json: <${tag}> names "${request}", which is not there`);
        using[tag] = component;
      }
    };
    link('app', app['usingComponents']);
    link(path, config['usingComponents']);
    found.set(path, { entry: entryOf(files, path), scope: `s${String(found.size)}`, config, using, isPage });
    const generics = config['componentGenerics'];
    const defaults = isRecord(generics)
      ? Object.values(generics)
          .filter(isRecord)
          .map((row) => row['default'])
      : [];
    for (const request of defaults) {
      const component = typeof request === 'string' ? resolveComponent(files, path, request) : null;
      if (component !== null) collect(component, false);
    }
    for (const component of Object.values(using)) collect(component, false);
  };
  for (const page of pages) collect(page, true);
  return found;
};

/** Whether a component's classes are its own. Pages share theirs with the app; so do components that ask for it. */
export const isIsolated = ({ config }: BundledComponent): boolean => {
  const asked = config['styleIsolation'] ?? (config['component'] === true ? 'isolated' : 'shared');
  return asked !== 'shared' && asked !== 'page-shared';
};
