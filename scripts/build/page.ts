import { readFile } from 'node:fs/promises';
import { fromRoot } from '../repository';
import { bundle } from './bundle';
import { writeWhole, type Product } from './product';

/** A page of this machine's own: one script, one sheet of styles, one document. */
interface Page {
  readonly name: string;
  /** Where its sources are, and where it is put: folders from the root. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** What its script and its styles are called. */
  readonly files: string;
}

/** Bundles `main.ts` of a page and puts its styles and its document beside it. */
export const page = ({ name, from, to, files: called }: Page): Product => {
  const made = (file: string): string => fromRoot(...to, file);
  const source = (file: string): string => fromRoot(...from, file);
  return {
    name,
    make: async () => {
      const { files } = await bundle({
        entryPoints: [source('main.ts')],
        outfile: made(`${called}.js`),
        platform: 'browser',
        target: 'es2022',
      });
      return [
        ...files,
        await writeWhole(made(`${called}.css`), await readFile(source(`${called}.css`))),
        await writeWhole(made('index.html'), await readFile(source('index.html'))),
      ];
    },
  };
};
