import fc from 'fast-check';
import { resolveComponent, resolveModule, resolveStyle } from '../../../local/phone/bundle/resolve';
import { openFolder, type SourceFiles } from '../../../local/phone/bundle/source-files';
import { writeMiniProgram, type WrittenMiniProgram } from '../../support/phone/mini-program';

const paths = [
  'a.js',
  'a.wxss',
  'typed.ts',
  'folder/index.ts',
  'pages/home/home.js',
  'pages/home/words.ts',
  'pages/home/words.js',
  'pages/part/part.json',
  'pages/part/part.wxml',
  'card/index.json',
  'card/index.wxml',
  'half/half.json',
  'miniprogram_npm/kit/index.js',
  'miniprogram_npm/kit/button/button.json',
  'miniprogram_npm/kit/button/button.wxml',
  'pages/miniprogram_npm/kit/index.js',
  'packages/shop/home.js',
];

let written: WrittenMiniProgram;
let files: SourceFiles;

beforeAll(() => {
  written = writeMiniProgram(Object.fromEntries(paths.map((path) => [path, '{}'])));
  files = openFolder(written.folder);
});
afterAll(() => written.close());

describe('a module', () => {
  it.each([
    ['pages/home/home.js', './words', 'pages/home/words.ts'],
    ['pages/home/home.js', './words.js', 'pages/home/words.js'],
    ['pages/home/home.js', '../../a', 'a.js'],
    ['pages/home/home.js', '/a', 'a.js'],
    ['pages/home/home.js', 'words', 'pages/home/words.ts'],
    ['pages/home/home.js', '../../folder', 'folder/index.ts'],
    ['pages/home/home.js', '/folder/', 'folder/index.ts'],
    ['pages/home/home.js', 'kit', 'pages/miniprogram_npm/kit/index.js'],
    ['packages/shop/home.js', 'kit', 'miniprogram_npm/kit/index.js'],
    ['a.js', 'kit', 'miniprogram_npm/kit/index.js'],
  ])('that %s names "%s" is %s', (from, request, found) => {
    expect(resolveModule(files, from, request)).toBe(found);
  });

  it.each(['./nothing', '../../../outside', '/../outside', './words.json', 'kat'])('"%s" is none', (request) => {
    expect(resolveModule(files, 'pages/home/home.js', request)).toBeNull();
  });
});

describe('a component', () => {
  it.each([
    ['pages/home/home', '../part/part', 'pages/part/part'],
    ['pages/home/home', '/pages/part/part', 'pages/part/part'],
    ['pages/home/home', '/card', 'card/index'],
    ['pages/home/home', 'kit/button/button', 'miniprogram_npm/kit/button/button'],
    ['app', 'card/index', 'card/index'],
  ])('that %s names "%s" is %s', (from, request, found) => {
    expect(resolveComponent(files, from, request)).toBe(found);
  });

  it('without a template is none', () => {
    expect(resolveComponent(files, 'app', 'half/half')).toBeNull();
  });
});

describe('a style sheet', () => {
  it('is found with its ending and without', () => {
    expect(resolveStyle(files, 'pages/home/home.wxss', '../../a.wxss')).toBe('a.wxss');
    expect(resolveStyle(files, 'pages/home/home.wxss', '/a')).toBe('a.wxss');
  });
});

it('no request leads to a file that is not of the mini-program', () => {
  const segment = fc.constantFrom(
    '..',
    '.',
    '',
    'a',
    'pages',
    'home',
    'words',
    'folder',
    'root',
    'outside',
    'outside.js',
  );
  const request = fc
    .tuple(fc.constantFrom('', '/', './', '../', '../../../'), fc.array(segment, { maxLength: 7 }))
    .map(([start, parts]) => start + parts.join('/'));
  fc.assert(
    fc.property(fc.constantFrom(...paths), request, (from, named) => {
      const found = resolveModule(files, from, named);
      expect(found === null || paths.includes(found)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

it('a file outside cannot be read even by its path', () => {
  expect(files.has('../outside.js')).toBe(false);
  expect(() => files.read('../outside.js')).toThrow('outside of the mini-program');
});
