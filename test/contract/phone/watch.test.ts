import type { FrameLocator, Page } from 'playwright-core';
import { filesOf } from '../../support/phone/mini-program';
import { startPhones, type Phones } from '../../support/phone/phones';

let phones: Phones;
let page: Page;
let first: FrameLocator;
let last: FrameLocator;
beforeAll(async () => {
  const files = filesOf({
    home: { wxml: '<view class="one">before</view>' },
    other: { wxml: '<view>other, before</view>' },
  });
  phones = await startPhones(files, { watch: true });
  page = await phones.context.newPage();
  await page.goto(phones.url);
  const frames = page.locator('iframe.phone-frame');
  first = frames.first().contentFrame();
  last = frames.last().contentFrame();
  await first.getByText('before').waitFor();
});
afterAll(() => phones.close());

const save = (path: string, text: string): void => phones.miniProgram.save({ [path]: text });
const shows = (text: string) => first.getByText(text, { exact: true }).waitFor();

describe('a file that is saved', () => {
  it('is on every phone of the page', async () => {
    save('pages/home.wxml', '<view class="one">{{greeting}}</view>');
    save('pages/home.js', `Page({ data: { greeting: 'after' } });`);
    await shows('after');
    await last.getByText('after', { exact: true }).waitFor();
    save('pages/home.wxss', '.one { color: rgb(1, 2, 3) }');
    await page.waitForFunction(`
      const one = document.querySelector('iframe.phone-frame').contentDocument.querySelector('.one');
      one !== null && getComputedStyle(one).color === 'rgb(1, 2, 3)'`);
  });

  it('leaves a phone on the page that it shows', async () => {
    await page.evaluate(
      `document.querySelector('iframe.phone-frame').contentWindow.wx.reLaunch({ url: '/pages/other' })`,
    );
    await shows('other, before');
    save('pages/other.wxml', '<view>other, after</view>');
    await shows('other, after');
  });

  it('with a fault is told of, on the page and by a phone that is opened then, until the next good one', async () => {
    const alert = page.getByRole('alert');
    save('pages/other.js', 'Page({ data: });');
    await alert.getByText('pages/other.js:1:14').waitFor();
    await shows('other, after');
    const opened = await phones.open('pages/other');
    await opened.page.getByText('pages/other.js:1:14').waitFor();
    save('pages/other.js', 'Page({});');
    save('pages/other.wxml', '<view>mended</view>');
    await shows('mended');
    await alert.waitFor({ state: 'hidden' });
    await opened.page.reload();
    await opened.page.getByText('mended').waitFor();
  });

  it.each(['app.js', 'pages/other.wxml'])('and one that is removed ends nothing: %s', async (path) => {
    phones.miniProgram.remove(path);
    await page.getByRole('alert').waitFor();
    save(path, path === 'app.js' ? 'App({});' : `<view>back, ${path}</view>`);
    await page.getByRole('alert').waitFor({ state: 'hidden' });
  });
});
