import { readFile } from 'node:fs/promises';
import { fromRoot } from '../repository';
import { bundle } from './bundle';
import { writeWhole, type Product } from './product';

const product = (name: string, entry: string): Product => ({
  name: `local cloud ${name}`,
  make: async () => {
    const outfile = fromRoot('dist', 'local', 'cloud', `${name}.js`);
    const options = { platform: 'node', format: 'cjs', target: 'node20', packages: 'external' } as const;
    return (await bundle({ ...options, entryPoints: [entry], outfile, sourcemap: 'linked' })).files;
  },
});

/** The page of its tools. */
const page: Product = {
  name: 'local cloud console',
  make: async () => {
    const made = (file: string): string => fromRoot('dist', 'local', 'cloud', 'console', file);
    const source = (file: string): string => fromRoot('local', 'cloud', 'console', file);
    const { files } = await bundle({
      entryPoints: [source('main.ts')],
      outfile: made('console.js'),
      platform: 'browser',
      target: 'es2022',
    });
    return [
      ...files,
      await writeWhole(made('console.css'), await readFile(source('console.css'))),
      await writeWhole(made('index.html'), await readFile(source('index.html'))),
    ];
  },
};

/** `dist/local/cloud/main.js` and `instance.js`: started often and as processes of their own, so ready-made JavaScript. */
export const localCloud = [
  product('main', fromRoot('local', 'cloud', 'main.ts')),
  product('instance', fromRoot('local', 'cloud', 'functions', 'instance.ts')),
  page,
];
