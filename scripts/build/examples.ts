/** `dist/examples/<name>/`: what a partner deploys as a cloud function of its own. */
import { fromRoot } from '../repository';
import { bundle } from './bundle';
import { writeWhole, type Product } from './product';

export const railway: Product = {
  name: 'example railway',
  make: async () => {
    const folder = fromRoot('dist', 'examples', 'railway');
    const { files } = await bundle({
      entryPoints: [fromRoot('examples', 'railway', 'index.mjs')],
      outfile: `${folder}/index.js`,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
    });
    const manifest = { name: 'railway', private: true, main: 'index.js' };
    return [...files, await writeWhole(`${folder}/package.json`, `${JSON.stringify(manifest, null, 2)}\n`)];
  },
};
