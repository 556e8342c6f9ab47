/**
 * `miniprogram/miniprogram_npm/`: TDesign, packed by WeChat's own packer as DevTools' "build npm" would. What DevTools packs asks a
 * CDN for its icon font, which tells a stranger that somebody opens an identity card: here the font is taken out, and with it the
 * thousands of rules that name its characters.
 */
import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { quietly } from '../miniprogram/quietly';
import { fromRoot } from '../repository';
import { writeWhole, type Product } from './product';

const packed = fromRoot('miniprogram', 'miniprogram_npm');

const iconFont = /@font-face\s*\{[^}]*\}|\.t-icon-[\w-]+:before\s*\{\s*content:[^}]*\}\n?/g;

/** What the screens use of it, with what that leans on. WeChat counts everything that lies there against the main package. */
const kept = ['button', 'icon', 'loading', 'common', 'mixins', 'miniprogram_npm'];

/** What was packed last, and how: packing takes seconds, and the package changes with its version alone. */
const stamp = join(packed, 'packed-from.json');

const packAnew = async (source: string): Promise<void> => {
  await rm(packed, { recursive: true, force: true });
  await quietly(async () => {
    const { packNpmManually } = await import('miniprogram-ci');
    await packNpmManually({
      packageJsonPath: fromRoot('package.json'),
      miniprogramNpmDistDir: fromRoot('miniprogram'),
    });
  });
  const library = join(packed, 'tdesign-miniprogram');
  for (const entry of await readdir(library)) {
    if (!kept.includes(entry)) await rm(join(library, entry), { recursive: true });
  }
  for (const file of (await filesOf(packed)).filter((name) => name.endsWith('.wxss'))) {
    const styles = await readFile(file, 'utf8');
    const drawn = styles.replaceAll(iconFont, '');
    if (drawn !== styles) await writeWhole(file, drawn);
  }
  await writeWhole(stamp, source);
};

const filesOf = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

export const tdesign: Product = {
  name: 'TDesign for the phone',
  make: async () => {
    const manifest = await readFile(fromRoot('node_modules', 'tdesign-miniprogram', 'package.json'), 'utf8');
    const source = `${JSON.stringify([kept, iconFont.source])}\n${manifest}`;
    if (!existsSync(stamp) || (await readFile(stamp, 'utf8')) !== source) await packAnew(source);
    return [stamp, ...(await filesOf(packed)).filter((file) => file !== stamp)];
  },
};
