/**
 * `miniprogram/miniprogram_npm/`: TDesign, packed by WeChat's own packer as DevTools' "build npm" would. What DevTools packs asks a
 * CDN for its icon font, which tells a stranger that somebody opens an identity card: here the font is taken out.
 */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { packNpmManually } from 'miniprogram-ci';
import { fromRoot } from '../repository';
import { writeWhole, type Product } from './product';

const packed = fromRoot('miniprogram', 'miniprogram_npm');

const fontFace = /@font-face\s*\{[^}]*\}/g;

export const tdesign: Product = {
  name: 'TDesign for the phone',
  make: async () => {
    await rm(packed, { recursive: true, force: true });
    await packNpmManually({
      packageJsonPath: fromRoot('package.json'),
      miniprogramNpmDistDir: fromRoot('miniprogram'),
    });
    const files = (await readdir(packed, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    for (const file of files.filter((name) => name.endsWith('.wxss'))) {
      const styles = await readFile(file, 'utf8');
      if (fontFace.test(styles)) await writeWhole(file, styles.replaceAll(fontFace, ''));
    }
    const principal = join(packed, 'tdesign-miniprogram', 'button', 'button.js');
    return [principal, ...files.filter((file) => file !== principal)];
  },
};
