import { filesOf } from '../../support/phone/mini-program';
import { startPhones, type Phones, type PhoneUnderTest } from '../../support/phone/phones';

const files = filesOf(
  {
    home: {
      wxml: '<navigator url="other?by=tag">to the other</navigator>',
      json: { navigationBarTitleText: 'Home', navigationBarBackgroundColor: '@bar' },
    },
    other: { wxml: '<view>other</view>', page: `{ onLoad(query) { tell('other', query); } }` },
    speaking: {
      wxml: '',
      page: `{ onLoad() { const channel = this.getOpenerEventChannel(); channel.on('question', (text) => channel.emit('answer', text + '!')); } }`,
    },
    'deep/inner': { wxml: '<view>inner</view>' },
  },
  {
    'theme.json': '{ "light": { "bar": "#112233" }, "dark": { "bar": "#445566" } }',
    'app.json': JSON.stringify({
      pages: ['pages/home', 'pages/other', 'pages/speaking', 'pages/deep/inner'],
      window: { navigationBarTitleText: 'App' },
      darkmode: true,
      themeLocation: 'theme.json',
    }),
  },
);

let phones: Phones;
beforeAll(async () => {
  phones = await startPhones(files);
});
afterAll(() => phones.close());

const routes = (phone: PhoneUnderTest) => phone.run('return getCurrentPages().map(({ route }) => route);');

describe('navigation', () => {
  it('opens, replaces, goes back and begins anew', async () => {
    const phone = await phones.open();
    expect(await phone.run('return wx.navigateTo({ url: "other?a=1&b=x%26y" });')).toMatchObject({
      errMsg: 'navigateTo:ok',
    });
    expect(await phone.told()).toEqual([['other', { a: '1', b: 'x&y' }]]);
    expect(await routes(phone)).toEqual(['pages/home', 'pages/other']);
    expect(await phone.run('return wx.redirectTo({ url: "/pages/deep/inner" });')).toEqual({ errMsg: 'redirectTo:ok' });
    expect(await routes(phone)).toEqual(['pages/home', 'pages/deep/inner']);
    await phone.run('await wx.navigateTo({ url: "../other" }); await wx.navigateTo({ url: "/pages/other" });');
    expect(await phone.run('return wx.navigateBack({ delta: 2 });')).toEqual({ errMsg: 'navigateBack:ok' });
    expect(await routes(phone)).toEqual(['pages/home', 'pages/deep/inner']);
    expect(await phone.run('return wx.reLaunch({ url: "/pages/other?c=2" });')).toEqual({ errMsg: 'reLaunch:ok' });
    expect(await routes(phone)).toEqual(['pages/other']);
  });

  it('by more pages than there are ends at the first', async () => {
    const phone = await phones.open();
    await phone.run('await wx.navigateTo({ url: "other" }); await wx.navigateBack({ delta: 9 });');
    expect(await routes(phone)).toEqual(['pages/home']);
    expect(await phone.run('return wx.navigateBack();')).toEqual({
      rejected: { errMsg: 'navigateBack:fail cannot navigate back at first page.' },
    });
  });

  it('begins after the code that asks for it', async () => {
    const { run } = await phones.open();
    expect(
      await run(
        'const opening = wx.navigateTo({ url: "other" }); const before = getCurrentPages().length; await opening; return [before, getCurrentPages().length];',
      ),
    ).toEqual([1, 2]);
  });

  it('to an unknown page fails in WeChat’s words and leaves the page', async () => {
    const phone = await phones.open();
    for (const call of ['navigateTo', 'redirectTo', 'reLaunch']) {
      expect(await phone.run(`return wx.${call}({ url: '/pages/none?a=1' });`)).toEqual({
        rejected: { errMsg: `${call}:fail page "pages/none" is not found` },
      });
    }
    expect(await routes(phone)).toEqual(['pages/home']);
  });

  it('to an eleventh page fails', async () => {
    const phone = await phones.open();
    await phone.run('for (let i = 0; i < 9; i += 1) await wx.navigateTo({ url: "other" });');
    expect(await phone.run('return wx.navigateTo({ url: "other" });')).toEqual({
      rejected: { errMsg: 'navigateTo:fail webview count limit exceed' },
    });
    expect(await phone.run('return getCurrentPages().length;')).toBe(10);
  });

  it('by <navigator> and by the bar’s own button', async () => {
    const phone = await phones.open();
    await phone.page.getByRole('link', { name: 'to the other' }).click();
    await phone.page.getByText('other', { exact: true }).waitFor();
    expect(await phone.told()).toEqual([['other', { by: 'tag' }]]);
    await phone.page.getByRole('button', { name: 'Back', exact: true }).click();
    expect(await routes(phone)).toEqual(['pages/home']);
  });

  it('gives the two pages a channel', async () => {
    const { run } = await phones.open();
    expect(
      await run(`return new Promise((resolve) => wx.navigateTo({
        url: 'speaking',
        events: { answer: resolve },
        success: ({ eventChannel }) => eventChannel.emit('question', 'well'),
      }));`),
    ).toBe('well!');
  });

  it('is found again when the frame is loaded anew', async () => {
    const phone = await phones.open();
    await phone.run('await wx.reLaunch({ url: "other?a=1" });');
    await phone.page.reload();
    expect(await phone.told()).toEqual([['other', { a: '1' }]]);
  });
});

describe('the bar of a page', () => {
  it('has the page’s title, the app’s where it has none, and the one that is set', async () => {
    const phone = await phones.open();
    const title = phone.page.locator('.phone-bar-title').filter({ visible: true });
    expect(await title.innerText()).toBe('Home');
    await phone.run('await wx.setNavigationBarTitle({ title: "Set" });');
    expect(await title.innerText()).toBe('Set');
    await phone.run('await wx.navigateTo({ url: "other" });');
    expect(await title.innerText()).toBe('App');
  });

  it('has the colours of theme.json that hold now', async () => {
    const phone = await phones.open();
    const colour = () => phone.style('.phone-bar', 'background-color');
    expect(await colour()).toBe('rgb(17, 34, 51)');
    await phone.change({ theme: 'dark' });
    expect(await colour()).toBe('rgb(68, 85, 102)');
  });
});
