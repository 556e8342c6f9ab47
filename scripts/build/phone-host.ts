/** `dist/local/phone/`: the browser's program that runs a mini-program, and the page that loads it. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fromRoot } from '../repository';
import { bundle } from './bundle';
import { writeWhole, type Product } from './product';

const made = (file: string): string => fromRoot('dist', 'local', 'phone', file);
const source = (file: string): string => fromRoot('local', 'phone', 'host', file);

export const phoneHost: Product = {
  name: 'phone host',
  make: async () => {
    const { files } = await bundle({
      entryPoints: [source('main.ts')],
      outfile: made('host.js'),
      platform: 'browser',
      format: 'iife',
      target: 'es2022',
      define: { 'process.env.NODE_ENV': '"production"' },
      sourcemap: 'linked',
    });
    const wasm = createRequire(__filename).resolve('zxing-wasm/reader/zxing_reader.wasm');
    return [
      ...files,
      await writeWhole(made('host.css'), await readFile(source('host.css'))),
      await writeWhole(made('index.html'), await readFile(source('index.html'))),
      await writeWhole(made('zxing_reader.wasm'), await readFile(wasm)),
    ];
  },
};
