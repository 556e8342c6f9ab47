import fc from 'fast-check';
import { compileStyles } from '../../../local/phone/bundle/styles';
import type { SourceFiles } from '../../../local/phone/bundle/source-files';
import type { FileTexts } from '../../support/phone/mini-program';

const inMemory = (texts: FileTexts): SourceFiles => ({
  has: (path) => path in texts,
  read: (path) => texts[path] ?? '',
});

/** A sheet as the browser gets it, on one line. */
const compile = (sheet: string, scope: string | null = null, more: FileTexts = {}): string =>
  compileStyles(inMemory({ 'a.wxss': sheet, ...more }), 'a.wxss', scope, 's7')
    .replaceAll(/\s+/g, ' ')
    .trim();

describe('a length in rpx', () => {
  it.each([
    ['750rpx', '100vw'],
    ['-15rpx', '-2vw'],
    ['.75rpx', '0.1vw'],
    ['0rpx', '0vw'],
    ['7.5rpx 15rpx -7.5rpx 0', '1vw 2vw -1vw 0'],
    ['calc(100% - 75rpx)', 'calc(100% - 10vw)'],
    ['var(--gap, 75rpx)', 'var(--gap, 10vw)'],
  ])('%s is %s', (written, read) => {
    expect(compile(`.a { margin: ${written} }`)).toBe(`.a { margin: ${read} }`);
  });

  it.each(['url(icon-20rpx.png)', 'url("icon-20rpx.png")', '"20rpx"', "'20rpx'"])('is none in %s', (written) => {
    expect(compile(`.a { content: ${written} }`)).toBe(`.a { content: ${written} }`);
  });

  it('is the same part of 750 as of the width of the screen', () => {
    fc.assert(
      fc.property(fc.double({ min: -5000, max: 5000, noNaN: true }), (length) => {
        const spelled = length.toFixed(3);
        const [, read = ''] = /width: (.*)vw/.exec(compile(`.a { width: ${spelled}rpx }`)) ?? [];
        expect(Math.abs(Number(read) * 7.5 - Number(spelled))).toBeLessThan(0.001);
      }),
    );
  });

  it('of a media query is half a pixel, as on the phone that is 375 pixels wide', () => {
    expect(compile('@media (min-width: 750rpx) { .a { color: red } }')).toContain('(min-width: 375px)');
  });
});

describe('an import', () => {
  it('stands in place of its rule, once, with its own imports', () => {
    const sheets = {
      'b.wxss': '@import "./c.wxss"; .b { width: 75rpx }',
      'c.wxss': "@import 'a.wxss'; .c { color: red }",
    };
    expect(compile('@import "b.wxss"; @import url("c"); .a { color: blue }', null, sheets)).toBe(
      '.c { color: red } .b { width: 10vw } .a { color: blue }',
    );
  });
});

describe('a selector', () => {
  it.each([
    ['.a .b.c', '.s1--a .s1--b.s1--c'],
    ['view > text', 'wx-view > wx-text'],
    [':host', '[wx-host="s7"]'],
    ['.a:not(.b)::after', '.s1--a:not(.s1--b)::after'],
    ['.a[data-on]', '.s1--a[data-on]'],
    ['page', '.wx-page'],
  ])('%s of a component with its own styles is %s', (written, read) => {
    expect(compile(`${written} { color: red }`, 's1')).toBe(`${read} { color: red }`);
  });

  it('keeps its classes where styles are shared', () => {
    expect(compile('page, .a view { color: red }')).toBe('.wx-page, .a wx-view { color: red }');
  });

  it('of key frames is left alone, also a vendor’s', () => {
    const frames = 'from { opacity: 0 } 50% { opacity: 1 } to { opacity: 0 }';
    for (const name of ['keyframes', '-webkit-keyframes'])
      expect(compile(`@${name} turn { ${frames} }`, 's1')).toBe(`@${name} turn { ${frames} }`);
  });

  it('inside of a media query is changed as outside', () => {
    expect(compile('@media print { .a view { color: red } }', 's1')).toBe(
      '@media print { .s1--a wx-view { color: red } }',
    );
  });
});

it('a sheet that is not there is an empty one', () => {
  expect(compileStyles(inMemory({}), 'a.wxss', null, '')).toBe('');
});
