import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Texts of a mini-program's files, by path below its root. */
export type FileTexts = Readonly<Record<string, string>>;

/** A mini-program of a test's own, as files of a folder. */
export interface WrittenMiniProgram {
  readonly folder: string;
  /** Saves files, as an editor does. */
  readonly save: (files: FileTexts) => void;
  readonly remove: (path: string) => void;
  readonly close: () => void;
}

/** Writes a mini-program. Beside it lies `outside.js`, which nothing in it can reach. */
export const writeMiniProgram = (files: FileTexts): WrittenMiniProgram => {
  const dir = mkdtempSync(join(tmpdir(), 'mini-program-'));
  const folder = join(dir, 'root');
  const save = (texts: FileTexts): void => {
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  };
  save(files);
  writeFileSync(join(dir, 'outside.js'), 'module.exports = "outside";');
  return {
    folder,
    save,
    remove: (path) => rmSync(join(folder, path)),
    close: () => rmSync(dir, { recursive: true, force: true }),
  };
};

/** A page of a test's mini-program. */
export interface PageTexts {
  readonly wxml: string;
  /** What `Page()` is given; nothing where absent. */
  readonly page?: string;
  /** The whole of its code instead. */
  readonly js?: string;
  readonly json?: object;
  readonly wxss?: string;
}

const filesOfPage = (
  name: string,
  { wxml, page = '{}', js = `Page(${page});`, json = {}, wxss }: PageTexts,
): FileTexts => ({
  [`pages/${name}.wxml`]: wxml,
  [`pages/${name}.js`]: js,
  [`pages/${name}.json`]: JSON.stringify(json),
  ...(wxss !== undefined && { [`pages/${name}.wxss`]: wxss }),
});

/** The files of a mini-program with these pages, `pages/<name>`. @param more other files, also instead of those made here */
export const filesOf = (pages: Readonly<Record<string, PageTexts>>, more: FileTexts = {}): FileTexts => ({
  'app.json': JSON.stringify({ pages: Object.keys(pages).map((name) => `pages/${name}`) }),
  'app.js': 'App({});',
  ...Object.fromEntries(Object.entries(pages).flatMap(([name, page]) => Object.entries(filesOfPage(name, page)))),
  ...more,
});

/** The files of a component of a test's mini-program. */
export const filesOfComponent = (path: string, wxml: string, definition = '{}', json: object = {}): FileTexts => ({
  [`${path}.wxml`]: wxml,
  [`${path}.js`]: `Component(${definition});`,
  [`${path}.json`]: JSON.stringify({ component: true, ...json }),
});
