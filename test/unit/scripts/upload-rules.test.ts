import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brokenRules } from '../../../scripts/miniprogram/output-rules';
import { checkTemplates } from '../../../scripts/miniprogram/wcc';

describe('what must not leave with an upload', () => {
  it.each([
    ['a font', { 'a.wxss': '@font-face{font-family:t;src:url(t.woff)}' }, 'a.wxss: loads a font'],
    ['a picture from an address, in styles', { 'a.wxss': '.a{background:url("https://cdn.example/a.png")}' }, 'a.wxss'],
    ['a picture from an address, in a template', { 'a.wxml': '<image src="http://cdn.example/a.png"/>' }, 'a.wxml'],
    ['JSON that is required', { 'a.js': 'const a=require("./a.json")' }, 'a.js: requires JSON'],
  ])('%s is named with its file', (_what, files, fault) => {
    const found = brokenRules({
      ...files,
      'good.js': 'require("./b.js")',
      'good.wxss': '.a{background:url(data:image/png;base64,AA==)}',
    });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(fault);
  });

  it('is found in files that are bytes, too', () => {
    expect(brokenRules({ 'a.wxss': new TextEncoder().encode('@font-face{}') })).toHaveLength(1);
  });
});

describe("WeChat's template compiler", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'templates-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const check = (files: Readonly<Record<string, string>>) => {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return checkTemplates(folder, Object.keys(files));
  };

  it('finds nothing in templates that compile', async () => {
    const files = {
      'a.wxml': '<wxs src="./a.wxs" module="m"/><view>{{m.say("x")}}</view>',
      'a.wxs': 'module.exports = { say: function (x) { return x } }',
    };
    expect(await check(files)).toEqual({ kind: 'checked', faults: [] });
  });

  it.each([
    ['a tag that is never closed', { 'a.wxml': '<view><text></view>' }, /a\.wxml/],
    ['an expression that does not parse', { 'a.wxml': '<view>{{ a b c }}</view>' }, /a\.wxml/],
    ['a script that is not there', { 'a.wxml': '<wxs src="./missing.wxs" module="m"/>' }, /missing\.wxs/],
    ['a script that is none', { 'a.wxml': '<wxs src="./a.wxs" module="m"/>', 'a.wxs': 'var = ;' }, /a\.wxs/],
  ])('names the file of %s', async (_what, files, named) => {
    const found = await check(files);
    expect(found.kind === 'checked' && found.faults.join('\n')).toMatch(named);
  });
});
