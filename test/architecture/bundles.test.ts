import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { root } from './workbench';

const read = (...path: string[]): string => {
  const file = join(root, ...path);
  if (!existsSync(file)) throw new Error(`${path.join('/')} is not built: npm run build`);
  return readFileSync(file, 'utf8');
};

/** Runs a CommonJS bundle where there is nothing but the language: no TextEncoder, no Buffer, no crypto, no process. */
const loadBare = (bundle: string, globals: object = {}): Record<string, unknown> => {
  const module = { exports: {} };
  // Code from strings is what a mini-program forbids.
  const context = createContext({ ...globals, module }, { codeGeneration: { strings: false, wasm: false } });
  runInContext(`(function (exports) {${bundle}\n})(module.exports)`, context);
  return module.exports;
};

/** Named by a `require` in a text, which nobody runs: ajv's helper carries one, and an error's words of koa's signed cookies. */
const inTexts = ['ajv/dist/runtime/ucs2length', 'keygrip'];

/** What a bundle asks for at run time. */
const asksFor = (bundle: string): string[] => {
  const asked = [...bundle.matchAll(/\brequire\(["']([^"'.][^"']*)["']\)/g)].map(([, wanted]) => wanted ?? '');
  return [...new Set(asked)].filter((wanted) => !inTexts.includes(wanted)).sort();
};

/** Of node-fetch: asked for in a `try`, and done without. */
const optional = ['encoding'];

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
}

describe('the bundles of the phone', () => {
  it('load where there is nothing but the language', () => {
    expect(Object.keys(loadBare(read('miniprogram', 'protocol.js')))).toEqual(
      expect.arrayContaining(['validators', 'purposeTable', 'errorTable']),
    );
    expect(Object.keys(loadBare(read('miniprogram', 'vendor', 'noble-curves.js'))).sort()).toEqual(['p256', 'sha256']);
  });

  it('ask for nothing at run time', () => {
    const bundles = [
      ['miniprogram', 'protocol.js'],
      ['miniprogram', 'vendor', 'noble-curves.js'],
      ['dist', 'phone', 'index.js'],
    ];
    for (const path of bundles) {
      const bundle = read(...path);
      expect({ path, asked: asksFor(bundle) }).toEqual({ path, asked: [] });
      expect(bundle).not.toMatch(/\beval\s*\(|\bnew Function\b|\bimport\s*\(/);
    }
  });

  it('are not rewritten by the ES5 pass, which breaks BigInt', () => {
    const { setting } = JSON.parse(read('project.config.json')) as { setting: { babelSetting: { ignore: string[] } } };
    const bundles = [
      'protocol.js',
      ...readdirSync(join(root, 'miniprogram', 'vendor'))
        .filter((file) => file.endsWith('.js'))
        .map((file) => `vendor/${file}`),
    ];
    expect([...setting.babelSetting.ignore].sort()).toEqual(bundles.sort());
  });

  it('give a phone without screens that needs a wx and nothing else', () => {
    expect(Object.keys(loadBare(read('dist', 'phone', 'index.js'), { wx: {} })).length).toBeGreaterThan(0);
  });
});

describe('the built functions', () => {
  const built = join(root, 'dist', 'cloudfunctions');
  const sources = readdirSync(join(root, 'cloudfunctions'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('_'))
    .map(({ name }) => name)
    .filter((name) => existsSync(join(root, 'cloudfunctions', name, 'index.ts')));
  const manifestOf = (name: string) => JSON.parse(read('dist', 'cloudfunctions', name, 'package.json')) as Manifest;

  it('are the functions of the sources', () => {
    expect(readdirSync(built).sort()).toEqual([...sources].sort());
  });

  it.each(sources)('%s installs exactly what it does not carry, each at the version that is tested here', (name) => {
    const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: Record<string, string> };
    const bundle = read('dist', 'cloudfunctions', name, 'function.js');
    const asked = asksFor(bundle).filter((wanted) => !isBuiltin(wanted) && !optional.includes(wanted));
    const { dependencies } = manifestOf(name);
    expect(Object.keys(dependencies).sort()).toEqual(asked);
    for (const [dependency, version] of Object.entries(dependencies)) {
      expect(version).toBe(devDependencies[dependency]);
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    }
  });

  it('carry the models where they recognise, and the setting that spares them the GPU libraries', () => {
    expect(existsSync(join(built, 'proofing', 'models'))).toBe(true);
    expect(read('dist', 'cloudfunctions', 'proofing', '.npmrc')).toContain('ignore-scripts=true');
  });

  it('name our own sources in the trace of an error', () => {
    // Without its environment a function says so as it loads.
    const holder = spawnSync(process.execPath, [join(built, 'holder', 'index.js')], { env: {}, encoding: 'utf8' });
    expect(holder.status).not.toBe(0);
    expect(holder.stderr).toMatch(/cloudfunctions\/holder\/index\.ts:\d+/);
  });
});
