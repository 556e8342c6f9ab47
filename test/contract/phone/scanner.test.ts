import type { Frame, Page } from 'playwright-core';
import type { PhoneSettings } from '../../../local/phone/contract/settings';
import { filesOf } from '../../support/phone/mini-program';
import { startPhones, type Phones } from '../../support/phone/phones';
import { pictureOf, pictureOfCode } from '../../support/phone/pictures';

const files = filesOf({
  home: { wxml: '<view>home</view>' },
  shown: {
    wxml: '<image src="{{code}}" style="width: 200px; height: 200px" />',
    page: `{ data: { code: '' } }`,
  },
});

let phones: Phones;
beforeAll(async () => {
  phones = await startPhones(files, { args: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'] });
});
afterAll(() => phones.close());

const granted: Partial<PhoneSettings> = { scopes: { 'scope.camera': 'granted' } };
const file = (url: string) => ({ kind: 'file', url }) as const;

/** A phone of the page that holds two. */
const frameOf = async (page: Page, index: number): Promise<Frame> => {
  const frame = await (await page.locator('iframe.phone-frame').nth(index).elementHandle()).contentFrame();
  if (!frame) throw new Error('the page has no such phone');
  return frame;
};

describe('the scanner', () => {
  it('reads a code from the pixels of a picture', async () => {
    const text = 'HTTPS://EXAMPLE.COM/一/🙂';
    const phone = await phones.open('', { ...granted, scanner: file(await pictureOfCode(text)) });
    expect(await phone.run('return wx.scanCode({});')).toMatchObject({
      result: text,
      scanType: 'QR_CODE',
      rawData: Buffer.from(text).toString('base64'),
      errMsg: 'scanCode:ok',
    });
  });

  it('reads a code off the screen of the phone beside it', async () => {
    const page = await phones.context.newPage();
    await page.setViewportSize({ width: 1440, height: 1000 });
    await page.goto(phones.url);
    const [left, right] = await Promise.all([frameOf(page, 0), frameOf(page, 1)]);
    for (const frame of [left, right]) await frame.waitForFunction('window.phone');
    await right.evaluate(`window.phone.change(${JSON.stringify(granted)})`);
    const scanned = right.evaluate('wx.scanCode({})');
    await left.evaluate(`
      wx.reLaunch({ url: '/pages/shown' }).then(() => getCurrentPages()[0].setData({ code: '${await pictureOfCode('LEFT')}' }))`);
    expect(await scanned).toMatchObject({ result: 'LEFT' });
    await page.close();
  });

  it('waits before a picture without a code, and reads the one that comes', async () => {
    const phone = await phones.open('', { ...granted, scanner: file(await pictureOf('white', 300, 300)) });
    const scanned = phone.run('return wx.scanCode({ onlyFromCamera: true });');
    await phone.page.locator('.phone-scanner canvas').waitFor();
    await phone.change({ scanner: file(await pictureOfCode('SECOND')) });
    expect(await scanned).toMatchObject({ result: 'SECOND' });
    expect(await phone.page.getByRole('dialog').count()).toBe(0);
  });

  it('says what keeps it from seeing, and is left', async () => {
    const phone = await phones.open('', { ...granted, scanner: { kind: 'other-phone' } });
    const scanned = phone.run('return wx.scanCode({});');
    await phone.page.getByText('No phone is before the camera').waitFor();
    await phone.change({ scanner: file('data:image/png;base64,none') });
    await phone.page.getByText('The camera sees nothing').waitFor();
    await phone.page.getByRole('button', { name: 'Cancel' }).click();
    expect(await scanned).toEqual({ rejected: { errMsg: 'scanCode:fail cancel' } });
  });

  it('that is left while its camera opens leaves the camera off', async () => {
    const phone = await phones.open('', { ...granted, scanner: { kind: 'webcam' } });
    const states = await phone.run(`
      const { mediaDevices } = navigator;
      const open = mediaDevices.getUserMedia.bind(mediaDevices);
      const opening = new Promise((resolve) => {
        mediaDevices.getUserMedia = (wanted) => { const stream = open(wanted); resolve({ stream }); return stream; };
      });
      const scanned = wx.scanCode({ fail() {} });
      const { stream } = await opening;
      document.querySelector('.phone-scanner button').click();
      const [track] = (await stream).getTracks();
      while (track.readyState !== 'ended') await new Promise(requestAnimationFrame);
      return track.readyState;`);
    expect(states).toBe('ended');
  });
});
