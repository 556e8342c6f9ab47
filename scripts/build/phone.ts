/**
 * Bundles for the phone. WeChat's compiler silently drops an import from outside of the mini-program's folder and rewrites `**` on
 * BigInts into `Math.pow`: what the phone takes from elsewhere is bundled once, as ES2020, and kept out of its ES5 pass.
 */
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { fromRoot } from '../repository';
import { bundle } from './bundle';
import type { Product } from './product';
import { phoneValidators } from './validators';

// "neutral": an import of anything of Node's does not resolve, so none can reach a phone.
const forPhone = { platform: 'neutral', format: 'cjs', target: 'es2020' } as const;

const fewerValidators: Plugin = {
  name: 'fewer-validators',
  setup(build) {
    build.onResolve({ filter: /\/wire\/validators$/ }, () => ({ path: phoneValidators }));
  },
};

/** `miniprogram/protocol.js`, typed by `protocol.d.ts` beside it. */
export const protocol: Product = {
  name: 'protocol for the phone',
  make: async () => {
    const entryPoints = [fromRoot('protocol', 'index.ts')];
    const outfile = fromRoot('miniprogram', 'protocol.js');
    return (await bundle({ ...forPhone, entryPoints, outfile, minify: true, plugins: [fewerValidators] })).files;
  },
};

/** `miniprogram/vendor/<name>.js`: what the declaration file beside it re-exports, and no more. */
const vendored = (name: string, description: string): Product => ({
  name: description,
  make: async () => {
    const contents = await readFile(fromRoot('miniprogram', 'vendor', `${name}.d.ts`), 'utf8');
    const outfile = fromRoot('miniprogram', 'vendor', `${name}.js`);
    const stdin = { contents, resolveDir: fromRoot('.'), loader: 'js' } as const;
    return (await bundle({ ...forPhone, stdin, outfile, minify: true })).files;
  },
});

export const vendor: readonly Product[] = [
  vendored('noble-curves', 'curves for the phone'),
  vendored('uqr', 'QR codes for the phone'),
];

/** `dist/phone/index.js`: the phone's program without its screens, to be run in a vm with a `wx` object. Needs the two above. */
export const phone: Product = {
  name: 'phone without screens',
  make: async () => {
    const entryPoints = [fromRoot('miniprogram', 'phone.ts')];
    const outfile = fromRoot('dist', 'phone', 'index.js');
    return (await bundle({ ...forPhone, entryPoints, outfile, sourcemap: 'linked', sourcesContent: false })).files;
  },
};
