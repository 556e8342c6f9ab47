import { filesOf, filesOfComponent } from '../../support/phone/mini-program';
import { startPhones, type Phones } from '../../support/phone/phones';

/** A page that tells of its lifetimes. */
const telling = (name: string): string =>
  `{ ${['onLoad', 'onShow', 'onReady', 'onHide', 'onUnload'].map((each) => `${each}() { tell('${name} ${each}'); }`).join(', ')} }`;

/** A component that tells of its own lifetimes and of its page's. */
const tellingComponent = (name: string): string => `{
  lifetimes: { ${['created', 'attached', 'ready', 'detached'].map((each) => `${each}() { tell('${name} ${each}'); }`).join(', ')} },
  pageLifetimes: { ${['show', 'hide'].map((each) => `${each}() { tell('${name} page ${each}'); }`).join(', ')} },
}`;

const outer = { usingComponents: { outer: '/outer' } };

const files = filesOf(
  {
    home: { wxml: '<outer wx:if="{{!gone}}" />', json: outer, page: telling('home') },
    next: { wxml: '<view>next</view>', page: telling('next') },
    guard: {
      wxml: '',
      page: `{ ...${telling('guard')}, onLoad() { wx.redirectTo({ url: 'next' }); tell('guard onLoad'); } }`,
    },
    broken: {
      wxml: '<view>broken</view>',
      page: `{ onLoad() { throw new Error('in onLoad'); }, async onShow() { throw new Error('in onShow'); } }`,
    },
    whole: {
      wxml: '',
      js: `Component({ lifetimes: { attached() { tell('attached'); } }, methods: { onLoad({ a }) { tell('onLoad ' + a); }, onShow() { tell('onShow'); } } })`,
    },
  },
  {
    'app.js': `App({
      globalData: { n: 1 },
      onLaunch({ path, query, scene }) { tell('launch', path, query.a, scene, this.globalData.n); },
      onShow({ path }) { tell('app show', path); },
      onHide() { tell('app hide'); },
      onThemeChange({ theme }) { tell('theme', theme); },
      onError(message) { tell('app error', message); },
      onUnhandledRejection({ reason }) { tell('app rejection', reason.message); },
    });`,
    ...filesOfComponent('outer', '<inner />', tellingComponent('outer'), { usingComponents: { inner: '/inner' } }),
    ...filesOfComponent('inner', '<view>inner</view>', tellingComponent('inner')),
  },
);

let phones: Phones;
beforeAll(async () => {
  phones = await startPhones(files);
});
afterAll(() => phones.close());

const open = async (route: string) => {
  const phone = await phones.open(route);
  return { ...phone, ready: (line: string) => phone.page.waitForFunction(`told.includes('${line}')`) };
};

describe('a mini-program that is opened', () => {
  it('launches, shows itself, then builds, loads and shows its page in WeChat’s order', async () => {
    const phone = await open('pages/home?a=1');
    await phone.ready('home onReady');
    const told = await phone.told();
    expect(told.slice(0, 2)).toEqual([
      ['launch', 'pages/home', '1', 1001, 1],
      ['app show', 'pages/home'],
    ]);
    expect(told.slice(2)).toEqual([
      'inner created',
      'outer created',
      'outer attached',
      'inner attached',
      'home onLoad',
      'outer page show',
      'inner page show',
      'home onShow',
      'inner ready',
      'outer ready',
      'home onReady',
    ]);
    expect(phone.faults).toEqual([]);
  });

  it('gives its global data and its pages to its code', async () => {
    const { run } = await phones.open('pages/next?b=x%20y');
    expect(await run('getApp().globalData.n += 1; return getApp().globalData.n;')).toBe(2);
    expect(await run('return getCurrentPages().map(({ route, options }) => ({ route, options }));')).toEqual([
      { route: 'pages/next', options: { b: 'x y' } },
    ]);
    expect(await run('return wx.getLaunchOptionsSync();')).toMatchObject({ path: 'pages/next', query: { b: 'x y' } });
  });

  it('attaches a page that is a component before it loads it', async () => {
    const phone = await open('pages/whole?a=1');
    await phone.ready('onShow');
    expect((await phone.told()).slice(2)).toEqual(['attached', 'onLoad 1', 'onShow']);
  });
});

describe('a page', () => {
  it('is hidden before the next one loads, shown again after it is unloaded, and not loaded twice', async () => {
    const phone = await open('pages/home');
    await phone.ready('home onReady');
    await phone.run('told.length = 0; await wx.navigateTo({ url: "next" });');
    await phone.ready('next onReady');
    await phone.run('await wx.navigateBack();');
    expect(await phone.told()).toEqual([
      'outer page hide',
      'inner page hide',
      'home onHide',
      'next onLoad',
      'next onShow',
      'next onReady',
      'next onUnload',
      'outer page show',
      'inner page show',
      'home onShow',
    ]);
  });

  it('that is replaced is unloaded with its components', async () => {
    const phone = await open('pages/home');
    await phone.ready('home onReady');
    await phone.run('told.length = 0; await wx.redirectTo({ url: "next" });');
    expect((await phone.told()).slice(0, 4)).toEqual([
      'home onUnload',
      'inner detached',
      'outer detached',
      'next onLoad',
    ]);
  });

  it('that leaves for another one while it loads is shown, and only then unloaded', async () => {
    const phone = await open('pages/guard');
    await phone.ready('next onReady');
    expect((await phone.told()).slice(2)).toEqual([
      'guard onLoad',
      'guard onShow',
      'guard onUnload',
      'next onLoad',
      'next onShow',
      'next onReady',
    ]);
    expect(await phone.run('return getCurrentPages().length;')).toBe(1);
    expect(await phone.page.locator('.phone-page').count()).toBe(1);
    expect(phone.faults).toEqual([]);
  });

  it('detaches a component that its template no longer holds', async () => {
    const phone = await open('pages/home');
    await phone.ready('home onReady');
    await phone.run('told.length = 0; getCurrentPages()[0].setData({ gone: true });');
    expect(await phone.told()).toEqual(['inner detached', 'outer detached']);
  });
});

describe('the whole mini-program', () => {
  const turn = (state: 'hidden' | 'visible') => `
    Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));`;

  it('goes to the background after its page and comes back before it', async () => {
    const phone = await open('pages/next');
    await phone.ready('next onReady');
    await phone.run(`told.length = 0; ${turn('hidden')} ${turn('visible')}`);
    expect(await phone.told()).toEqual(['next onHide', 'app hide', ['app show', 'pages/next'], 'next onShow']);
  });

  it('hears of another theme', async () => {
    const phone = await open('pages/next');
    await phone.change({ theme: 'dark' });
    expect(await phone.told()).toContainEqual(['theme', 'dark']);
  });

  it('hears of errors that its pages do not catch, and so does who listens to the phone', async () => {
    const phone = await open('pages/broken');
    await phone.page.waitForFunction(`told.some((line) => line[0] === 'app rejection')`);
    const told = await phone.told();
    expect(told).toContainEqual(['app error', 'Uncaught Error: in onLoad']);
    await phone.page.getByText('broken').waitFor();
    expect(phone.faults.join()).toContain('in onLoad');
    expect(phone.faults.join()).toContain('in onShow');
  });
});
