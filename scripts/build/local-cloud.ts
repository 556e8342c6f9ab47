import { existsSync } from 'node:fs';
import { fromRoot } from '../repository';
import { bundle } from './bundle';
import type { Product } from './product';

const entries = {
  main: fromRoot('local', 'cloud', 'main.ts'),
  instance: fromRoot('local', 'cloud', 'functions', 'instance.ts'),
} as const;

/** `dist/local/cloud/main.js` and `instance.js`: started often and as processes of their own, so ready-made JavaScript. */
export const localCloud = (): Product[] =>
  Object.entries(entries)
    .filter(([, entry]) => existsSync(entry))
    .map(([name, entry]) => ({
      name: `local cloud ${name}`,
      make: async () => {
        const outfile = fromRoot('dist', 'local', 'cloud', `${name}.js`);
        const options = { platform: 'node', format: 'cjs', target: 'node20', packages: 'external' } as const;
        return (await bundle({ ...options, entryPoints: [entry], outfile, sourcemap: 'linked' })).files;
      },
    }));
