/** `dist/local/stage/`: the page that holds the phones. */
import { readFile } from 'node:fs/promises';
import { fromRoot } from '../repository';
import { bundle } from './bundle';
import { writeWhole, type Product } from './product';

const made = (file: string): string => fromRoot('dist', 'local', 'stage', file);
const source = (file: string): string => fromRoot('local', 'stage', 'page', file);

export const stage: Product = {
  name: 'stage',
  make: async () => {
    const outfile = made('stage.js');
    const { files } = await bundle({
      entryPoints: [source('main.ts')],
      outfile,
      platform: 'browser',
      target: 'es2022',
    });
    return [
      ...files,
      await writeWhole(made('stage.css'), await readFile(source('stage.css'))),
      await writeWhole(made('index.html'), await readFile(source('index.html'))),
    ];
  },
};
