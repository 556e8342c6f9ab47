import { fromRoot } from '../repository';
import { bundle } from './bundle';
import { page } from './page';
import type { Product } from './product';

const product = (name: string, entry: string): Product => ({
  name: `local cloud ${name}`,
  make: async () => {
    const outfile = fromRoot('dist', 'local', 'cloud', `${name}.js`);
    const options = { platform: 'node', format: 'cjs', target: 'node20', packages: 'external' } as const;
    return (await bundle({ ...options, entryPoints: [entry], outfile, sourcemap: 'linked' })).files;
  },
});

/** `dist/local/cloud/console/`: the page of its tools. */
const tools = page({
  name: 'local cloud console',
  from: ['local', 'cloud', 'console'],
  to: ['dist', 'local', 'cloud', 'console'],
  files: 'console',
});

/** `dist/local/cloud/main.js` and `instance.js`: started often and as processes of their own, so ready-made JavaScript. */
export const localCloud = [
  product('main', fromRoot('local', 'cloud', 'main.ts')),
  product('instance', fromRoot('local', 'cloud', 'functions', 'instance.ts')),
  tools,
];
