import { createContext, Script } from 'node:vm';
import { toJavaScript, wxsPrelude } from '../../../local/phone/bundle/wxs';

/** What a WXS module exports. */
const run = (source: string): unknown => {
  const module: { exports: unknown } = { exports: {} };
  new Script(wxsPrelude + toJavaScript(source, 'a.wxs')).runInContext(createContext({ module }));
  return module.exports;
};

describe('WXS', () => {
  it.each([
    ['"text"', 'String'],
    ['5', 'Number'],
    ['true', 'Boolean'],
    ['{}', 'Object'],
    ['[]', 'Array'],
    ['function () {}', 'Function'],
    ['getDate(0)', 'Date'],
    ['getRegExp("a")', 'RegExp'],
  ])('names the type of %s by its constructor: %s', (value, name) => {
    expect(run(`var value = ${value}; module.exports = value.constructor;`)).toBe(name);
  });

  it('compares the constructor of what an expression gives', () => {
    expect(
      run('var a = { list: [[]] }; module.exports = [a.list[0].constructor === "Array", ("x" + 1).constructor];'),
    ).toEqual([true, 'String']);
  });

  it('keeps the backslash of an escape that it does not know, and no other', () => {
    expect(run(String.raw`module.exports = ['\d+', "\s", '\\d', '\n', '\x41', '\'', "\u0041"];`)).toEqual([
      String.raw`\d+`,
      String.raw`\s`,
      String.raw`\d`,
      '\n',
      'A',
      "'",
      'A',
    ]);
  });

  it('makes regular expressions and dates by function', () => {
    expect(run(String.raw`module.exports = 'a1b22'.replace(getRegExp('\d+', 'g'), '-');`)).toBe('a-b-');
    expect(run('module.exports = [getDate(2026, 0, 31).getMonth(), getDate(86400000).getTime()];')).toEqual([
      0, 86400000,
    ]);
    expect(run('module.exports = getDate().getTime() > 1.6e12;')).toBe(true);
  });

  it('requires a file by its name without the ending, as the framework knows it', () => {
    expect(toJavaScript("var a = require('./words.wxs'); var b = require('/tools/b.wxs');", 'a.wxs')).toBe(
      'var a = require("./words"); var b = require("/tools/b");',
    );
  });
});
