import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../../../miniprogram');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const files = ['pages', 'packages', 'components'].flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).map((path) => `${room}/${path}`),
);

/** One tag of a template with its attributes; an attribute without a value is true of itself. */
export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** A page's or component's own files. */
export interface Screen {
  /** Its folder below `miniprogram/`. */
  readonly folder: string;
  readonly template: string;
  /** All its scripts but its words. */
  readonly script: string;
  readonly tags: readonly Tag[];
}

const tagsOf = (template: string): Tag[] =>
  [...template.matchAll(/<([a-z][\w-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/g)].map(
    ([, name = '', attributes = '']) => ({
      name,
      attributes: new Map(
        [...attributes.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)].map(([, attribute = '', value = '']) => [
          attribute,
          value,
        ]),
      ),
    }),
  );

/** Every page and component of the mini-program. */
export const screens: readonly Screen[] = files
  .filter((path) => path.endsWith('.wxml'))
  .map((path) => {
    const folder = path.slice(0, path.lastIndexOf('/'));
    const scripts = files.filter(
      (file) => file.startsWith(`${folder}/`) && file.endsWith('.ts') && !file.endsWith('words.ts'),
    );
    const template = read(path);
    return { folder, template, script: scripts.map(read).join('\n'), tags: tagsOf(template) };
  });

/** The folders that have words of their own. */
export const foldersWithWords: readonly string[] = files
  .filter((path) => path.endsWith('/words.ts'))
  .map((path) => path.slice(0, path.lastIndexOf('/')))
  .sort();

/** Whether there is an icon of the name. */
export const hasIcon = (name: string): boolean => read('components/icon/icon.wxss').includes(`.icon-${name} `);
