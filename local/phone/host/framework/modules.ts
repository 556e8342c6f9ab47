import type { PhoneBundle } from '../../contract/bundle';

/** The mini-program's modules, each run once, when it is first required. */
export interface Modules {
  readonly require: (path: string) => unknown;
}

export const createModules = (bundle: PhoneBundle): Modules => {
  const loaded = new Map<string, { exports: unknown }>();
  const require = (path: string): unknown => {
    const before = loaded.get(path);
    if (before) return before.exports;
    const source = bundle.modules[path];
    if (!source) throw new Error(`module "${path}" is not in the bundle`);
    const module = { exports: {} };
    loaded.set(path, module);
    source.run(
      (request) => {
        const required = source.requires[request];
        if (required === undefined) throw new Error(`module "${request}" is not defined, required by "${path}"`);
        return require(required);
      },
      module,
      module.exports,
    );
    return module.exports;
  };
  return { require };
};
