import { createBundler } from '../../../local/phone/bundle';
import { bundle, faultsOf, readBundle, runModule } from '../../support/phone/bundled';
import { filesOf, filesOfComponent, writeMiniProgram, type WrittenMiniProgram } from '../../support/phone/mini-program';

describe('a bundle', () => {
  it('holds the pages of all packages in the order of app.json', async () => {
    const app = {
      pages: ['pages/home'],
      subPackages: [
        { root: 'shop/', pages: ['list', 'deep/item'] },
        { root: 'tools', pages: ['tool'] },
      ],
    };
    const shop = ['shop/list', 'shop/deep/item', 'tools/tool'];
    const files = Object.fromEntries(
      shop.flatMap((path) => [
        [`${path}.wxml`, ''],
        [`${path}.js`, 'Page({})'],
      ]),
    );
    const bundled = readBundle(
      await bundle(filesOf({ home: { wxml: '' } }, { ...files, 'app.json': JSON.stringify(app) })),
    );
    expect(bundled.pages).toEqual(['pages/home', ...shop]);
    expect(shop.every((path) => bundled.components[path]?.isPage)).toBe(true);
  });

  it('holds the components that pages reach, those of app.json and of other components too, and no more', async () => {
    const { components } = readBundle(
      await bundle(
        filesOf(
          { home: { wxml: '', json: { usingComponents: { outer: '../parts/outer' } } } },
          {
            'app.json': JSON.stringify({ pages: ['pages/home'], usingComponents: { common: 'parts/common' } }),
            ...filesOfComponent('parts/outer', '', '{}', { usingComponents: { inner: './inner' } }),
            ...filesOfComponent('parts/inner', ''),
            ...filesOfComponent('parts/common', ''),
            ...filesOfComponent('parts/unused', ''),
          },
        ),
      ),
    );
    expect(Object.keys(components).sort()).toEqual(['pages/home', 'parts/common', 'parts/inner', 'parts/outer']);
    expect(components['parts/outer']?.using).toEqual({ common: 'parts/common', inner: 'parts/inner' });
    expect(new Set(Object.values(components).map(({ scope }) => scope)).size).toBe(4);
  });

  it('runs TypeScript, modules of ES and CommonJS alike, each class field as WeChat compiles it', async () => {
    const bundled = readBundle(
      await bundle(
        filesOf(
          { home: { wxml: '' } },
          {
            'lib/one.ts': "import two, { three } from './two';\nexport const sum: number = two + three;",
            'lib/two.js': "const three = require('../three');\nexport default 2;\nexport { three };",
            'three.ts':
              'class Base { constructor() { this.set(); } }\nclass Three extends Base { set() { this.n = 3; } n; }\nmodule.exports = new Three().n;',
            'app.ts': "import { sum } from './lib/one';\nmodule.exports = sum as number;",
          },
        ),
      ),
    );
    expect(bundled.appEntry).toBe('app.ts');
    expect(runModule(bundled, 'app.ts')).toBe(5);
    expect(bundled.modules['lib/two.js']?.requires).toEqual({ '../three': 'three.ts' });
  });

  it('gives classes a prefix where a component keeps its styles to itself', async () => {
    const component = (path: string, isolation?: string) => ({
      ...filesOfComponent(path, '', '{}', isolation === undefined ? {} : { styleIsolation: isolation }),
      [`${path}.wxss`]: '.a { color: red }',
    });
    const using = { own: '/own', open: '/open', shared: '/shared' };
    const { styles, components } = readBundle(
      await bundle(
        filesOf(
          { home: { wxml: '', json: { usingComponents: using }, wxss: '.a { color: blue }' } },
          { ...component('own'), ...component('open', 'apply-shared'), ...component('shared', 'shared') },
        ),
      ),
    );
    expect(styles['pages/home']).toContain('.a {');
    expect(styles['shared']).toContain('.a {');
    for (const path of ['own', 'open']) expect(styles[path]).toContain(`.${components[path]?.scope ?? ''}--a {`);
  });
});

describe('bundling anew', () => {
  let written: WrittenMiniProgram;
  beforeEach(() => {
    written = writeMiniProgram(
      filesOf(
        { home: { wxml: '<view>one</view>', wxss: '.a { color: red }', js: "Page({ n: require('../words').n });" } },
        { 'words.js': 'exports.n = 1;' },
      ),
    );
  });
  afterEach(() => written.close());

  it('gives the code, template, styles and configuration of the files as they are now', async () => {
    const bundler = createBundler(written.folder);
    const before = readBundle(await bundler.bundle());
    expect(runModule(before, 'words.js')).toEqual({ n: 1 });
    written.save({
      'words.js': 'exports.n = 2;',
      'pages/home.wxml': '<view>two</view>',
      'pages/home.wxss': '.a { color: blue }',
      'pages/home.json': '{"navigationBarTitleText":"two"}',
    });
    const after = readBundle(await bundler.bundle());
    expect(runModule(after, 'words.js')).toEqual({ n: 2 });
    expect(after.styles['pages/home']).toContain('blue');
    expect(after.components['pages/home']?.config.navigationBarTitleText).toBe('two');
    const again = await bundler.bundle();
    expect(again.ok && again.script).toContain('two');
    expect(again.ok && again.script).not.toContain('"one"');
  });

  it('recovers from a fault, and finds a module that has moved', async () => {
    const bundler = createBundler(written.folder);
    await bundler.bundle();
    written.remove('words.js');
    expect(await bundler.bundle()).toMatchObject({ ok: false });
    written.save({ 'words/index.js': 'exports.n = 3;' });
    const bundled = readBundle(await bundler.bundle());
    expect(bundled.modules['pages/home.js']?.requires).toEqual({ '../words': 'words/index.js' });
  });
});

it('warnings of the template compiler come with their place and hinder nothing', async () => {
  const bundled = await bundle(filesOf({ home: { wxml: '<view>\n<view wx:foo="1" /></view>' } }));
  expect(bundled.ok && bundled.warnings.join()).toMatch(/^pages\/home\.wxml:2:\d+ /);
  expect(await faultsOf(filesOf({ home: { wxml: '<view />' } }))).toBe('');
});
