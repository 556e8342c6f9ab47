import { faultsOf } from '../../support/phone/bundled';
import { filesOf, filesOfComponent, type FileTexts } from '../../support/phone/mini-program';

const good = filesOf({ home: { wxml: '<view>home</view>' } });

const without = (files: FileTexts, path: string): FileTexts =>
  Object.fromEntries(Object.entries(files).filter(([name]) => name !== path));

const withPage = (texts: FileTexts): FileTexts => ({ ...good, ...texts });

describe('a mini-program that cannot run', () => {
  it('is not this one', async () => {
    expect(await faultsOf(good)).toBe('');
  });

  it.each<[string, FileTexts, RegExp]>([
    ['no app.json', without(good, 'app.json'), /^app\.json: .*no page/],
    ['no code of its app', without(good, 'app.js'), /^app: has neither \.ts nor \.js$/],
    ['a JSON file that is none', withPage({ 'app.json': '{ "pages": [' }), /^app\.json: /],
    [
      'a JSON file without an object',
      withPage({ 'pages/home.json': '[]' }),
      /^pages\/home\.json: holds no JSON object$/,
    ],
    [
      'one theme of two',
      withPage({ 'theme.json': '{ "light": { "bar": "#112233" } }' }),
      /^theme\.json: "dark" must hold/,
    ],
    [
      'a theme that holds more than texts',
      withPage({ 'theme.json': '{ "light": { "bar": 1 }, "dark": { "bar": "#445566" } }' }),
      /^theme\.json: "light" must hold/,
    ],
    ['no template of a page', without(good, 'pages/home.wxml'), /^app\.json: pages that are not there: pages\/home$/],
    ['no code of a page', without(good, 'pages/home.js'), /^pages\/home: has neither \.ts nor \.js$/],
    [
      'a component that is not there',
      withPage({ 'pages/home.json': '{"usingComponents":{"my-card":"../card/card"}}' }),
      /^pages\/home\.json: <my-card> names "\.\.\/card\/card", which is not there$/,
    ],
    [
      'a module that is not there',
      withPage({ 'pages/home.js': 'require("./words");' }),
      /^pages\/home\.js: cannot find module "\.\/words"/,
    ],
    [
      'a module outside of its folder',
      withPage({ 'pages/home.js': 'require("../../outside");' }),
      /cannot find module "\.\.\/\.\.\/outside".*WeChat drops without a word what lies outside/,
    ],
    [
      'an import of a data file',
      withPage({ 'pages/home.js': 'import words from "./home.json"; Page({ words });' }),
      /cannot find module "\.\/home\.json"/,
    ],
    [
      'a style sheet that is not there',
      withPage({ 'pages/home.wxss': '@import "./colours.wxss";' }),
      /^pages\/home\.wxss: cannot find the style sheet "\.\/colours\.wxss"$/,
    ],
    [
      'a style sheet outside of its folder',
      withPage({ 'pages/home.wxss': '@import "../../outside.js";' }),
      /cannot find the style sheet "\.\.\/\.\.\/outside\.js"/,
    ],
    [
      'a style sheet that is none',
      withPage({ 'pages/home.wxss': '.a {\n  color: red;\n' }),
      /^pages\/home\.wxss:1:1 Unclosed block$/,
    ],
    ['a selector that is none', withPage({ 'pages/home.wxss': '.a {}\n\n.b[ {}' }), /^pages\/home\.wxss:3:\d+ /],
    [
      'a selector of the host that is none',
      withPage({ 'pages/home.wxss': '\n:host(.a) {}' }),
      /^pages\/home\.wxss:2:1 :host\(\)/,
    ],
    [
      'a WXS file that is not there',
      withPage({ 'pages/home.wxml': '<wxs src="./words.wxs" module="words" />' }),
      /^pages\/home\.wxml: cannot find pages\/words\.wxs$/,
    ],
    [
      'a WXS file that another one requires and is not there',
      withPage({
        'pages/home.wxml': '<wxs src="./words.wxs" module="words" />',
        'pages/words.wxs': 'var more = require("./more.wxs"); module.exports = more;',
      }),
      /^pages\/words\.wxs: cannot find pages\/more\.wxs$/,
    ],
    [
      'a WXS file that is none',
      withPage({
        'pages/home.wxml': '<wxs src="./words.wxs" module="words" />',
        'pages/words.wxs': 'var a = 1;\nvar b = ;',
      }),
      /^pages\/words\.wxs:2:9 is no WXS: /,
    ],
    [
      'WXS in a template that is none',
      withPage({ 'pages/home.wxml': '<view />\n<wxs module="words">\nvar a = ;\n</wxs>' }),
      /^pages\/home\.wxml:3:9 is no WXS: /,
    ],
    [
      'WXS in a template that requires a file that is not there',
      withPage({ 'pages/home.wxml': '<wxs module="words">module.exports = require("./more.wxs");</wxs>' }),
      /^pages\/home\.wxml: cannot find pages\/more\.wxs$/,
    ],
    [
      'WXS of a newer language than WeChat runs',
      withPage({
        'pages/home.wxml': '<wxs src="./words.wxs" module="words" />',
        'pages/words.wxs': 'module.exports = { f: (a) => a };',
      }),
      /^pages\/words\.wxs:1:\d+ is no WXS: /,
    ],
    [
      'an imported template that is not there',
      withPage({ 'pages/home.wxml': '<import src="./parts.wxml" />' }),
      /^pages\/home\.wxml: cannot find pages\/parts\.wxml$/,
    ],
    [
      'a tag that is not closed',
      withPage({ 'pages/home.wxml': '<view>\n  <text>a</text>\n  <view>\n' }),
      /^pages\/home\.wxml:\d+:\d+ /,
    ],
    [
      'an expression that is none',
      withPage({ 'pages/home.wxml': '<view>\n{{ a + }}</view>' }),
      /^pages\/home\.wxml:2:\d+ /,
    ],
  ])('for it has %s is refused by file and reason', async (_, files, reason) => {
    expect(await faultsOf(files)).toMatch(reason);
  });

  it('says file, line and column of TypeScript that does not parse', async () => {
    const files = { ...without(good, 'pages/home.js'), 'pages/home.ts': 'const a: number = 1;\nPage({ a: });\n' };
    expect(await faultsOf(files)).toMatch(/^pages\/home\.ts:2:11 Unexpected "\}"$/);
  });

  it('says which part of a component is missing', async () => {
    const files = filesOf(
      { home: { wxml: '<my-card />', json: { usingComponents: { 'my-card': '/card' } } } },
      filesOfComponent('card', '<view />'),
    );
    expect(await faultsOf(files)).toBe('');
    expect(await faultsOf(without(files, 'card.js'))).toBe('card: has neither .ts nor .js');
    expect(await faultsOf(without(files, 'card.wxml'))).toMatch(/^pages\/home\.json: <my-card> names "\/card"/);
  });
});
