import type { AppConfig, Bundled, PhoneBundle } from '../contract/bundle';
import { collectComponents, entryOf, isIsolated, pagesOf, readConfig } from './components';
import { SourceFault } from './fault';
import { createModuleCompiler, type CompiledModule } from './modules';
import { openFolder } from './source-files';
import { compileStyles } from './styles';
import { createTemplates } from './templates';
import { readTheme } from './theme';
import { wxsPrelude } from './wxs';

const json = (value: unknown): string => JSON.stringify(value);

const moduleCode = ([path, { code, requires }]: [string, CompiledModule]): string =>
  `${json(path)}: { requires: ${json(requires)}, run(require, module, exports) {\n${code}\n} }`;

/** The bundle as a script. Modules and templates are code, and the rest is data. */
const scriptOf = (
  data: Omit<PhoneBundle, 'modules' | 'templates'>,
  modules: ReadonlyMap<string, CompiledModule>,
  templates: string,
  warnings: readonly string[],
): string => `${warnings.map((warning) => `console.warn(${json(warning)});`).join('\n')}
${wxsPrelude}globalThis.phoneBundle = {
...${json(data)},
templates: ${templates},
modules: {
${[...modules].map(moduleCode).join(',\n')}
} };
`;

export interface Bundler {
  readonly bundle: () => Promise<Bundled>;
}

/**
 * A bundler of one mini-program's folder: TypeScript sources or what WeChat's compiler made of them. It remembers each module's
 * code by its content, so that bundling after a small change is quick.
 * @param root the folder that holds `app.json`
 */
export const createBundler = (root: string): Bundler => {
  const compile = createModuleCompiler();

  const bundleOnce = (): Bundled => {
    const files = openFolder(root);
    const app: AppConfig = readConfig(files, 'app.json');
    const pages = pagesOf(files, app);
    const components = collectComponents(files, app, pages);
    const appEntry = entryOf(files, 'app');
    const modules = new Map<string, CompiledModule>();
    const addModule = (path: string): void => {
      if (modules.has(path)) return;
      const module = compile(files, path);
      modules.set(path, module);
      for (const required of Object.values(module.requires)) addModule(required);
    };
    const templates = createTemplates(files);
    const styles: Record<string, string> = { app: compileStyles(files, 'app.wxss', null, '') };
    addModule(appEntry);
    for (const [path, component] of components) {
      addModule(component.entry);
      templates.add(path);
      styles[path] = compileStyles(
        files,
        `${path}.wxss`,
        isIsolated(component) ? component.scope : null,
        component.scope,
      );
    }
    const data = { app, theme: readTheme(files), pages, appEntry, components: Object.fromEntries(components), styles };
    return {
      ok: true,
      script: scriptOf(data, modules, templates.code(), templates.warnings),
      warnings: templates.warnings,
    };
  };

  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- the shape leaves room for compilers that are not synchronous
    bundle: async () => {
      try {
        return bundleOnce();
      } catch (error) {
        if (error instanceof SourceFault) return { ok: false, faults: [error.message] };
        // A file that goes while it is read must not end whoever watches; the next save tries anew.
        return {
          ok: false,
          faults: [`bundling failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`],
        };
      }
    },
  };
};
