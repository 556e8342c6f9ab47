import type { PhoneSettings } from '../../../local/phone/contract/settings';
import { filesOf } from '../../support/phone/mini-program';
import { startPhones, type Phones, type PhoneUnderTest } from '../../support/phone/phones';
import { measure, pictureOf } from '../../support/phone/pictures';

const files = filesOf({
  home: {
    wxml: `
      <camera wx:if="{{on}}" device-position="{{position}}" bind:initdone="tell" bind:error="tell" bind:stop="tell" style="height: 300px" />
      <image class="photo" src="{{photo}}" bind:load="tell" />`,
    page: `{ data: { on: true, position: 'back', photo: '' }, tell({ type, detail }) { tell(type, detail.errMsg); } }`,
  },
});

let phones: Phones;
beforeAll(async () => {
  phones = await startPhones(files, { args: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'] });
});
afterAll(() => phones.close());

const granted: Partial<PhoneSettings> = { scopes: { 'scope.camera': 'granted' } };
const file = (url: string) => ({ kind: 'file', url }) as const;

const heard = (phone: PhoneUnderTest, type: string, times = 1) =>
  phone.page.waitForFunction(`told.filter(([heard]) => heard === '${type}').length >= ${times}`);

/** What an image of the page holds once it shows the picture of that path. */
const load = async (phone: PhoneUnderTest, path: string) => {
  const content = await phone.run(`
    const [page] = getCurrentPages();
    page.setData({ photo: ${path} });
    const image = document.querySelector('.photo img');
    await image.decode();
    const content = await (await fetch(image.src)).blob();
    return new Promise((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result.split(',')[1]);
      reader.readAsDataURL(content);
    });`);
  return measure(Buffer.from(String(content), 'base64'));
};

const difference = (means: readonly number[], others: readonly number[]): number =>
  Math.max(...means.map((mean, at) => Math.abs(mean - (others[at] ?? 0))));

/** Takes a photo once the camera sees something for the n-th time. */
const photograph = async (phone: PhoneUnderTest, times = 1) => {
  await heard(phone, 'initdone', times);
  return load(phone, `(await wx.createCameraContext().takePhoto({ quality: 'high' })).tempImagePath`);
};

describe('the camera', () => {
  it('takes what lies in a picture, at the picture’s own size', async () => {
    const phone = await phones.open('', { ...granted, camera: file(await pictureOf('rgb(200, 100, 50)', 640, 480)) });
    const { width, height, format, means } = await photograph(phone);
    expect({ width, height, format }).toEqual({ width: 640, height: 480, format: 'jpeg' });
    expect(difference(means, [200, 100, 50])).toBeLessThan(4);
    expect(phone.faults).toEqual([]);
  });

  it('takes another picture when the scene changes, and a darker one in bad light', async () => {
    const phone = await phones.open('', { ...granted, camera: file(await pictureOf('rgb(200, 200, 200)', 64, 48)) });
    await heard(phone, 'initdone');
    await phone.change({ camera: file(await pictureOf('rgb(10, 250, 10)', 64, 48)) });
    const { means } = await photograph(phone, 2);
    expect(difference(means, [10, 250, 10])).toBeLessThan(8);
    await phone.change({ light: 'dark' });
    expect(Math.max(...(await photograph(phone, 2)).means)).toBeLessThan(60);
    await phone.change({ light: 'glare' });
    expect(Math.min(...(await photograph(phone, 2)).means)).toBeGreaterThan(60);
  });

  it('sees a sample person’s card from behind and the face from before', async () => {
    const camera = { kind: 'sample', person: 'lin-zhiyuan', picture: 'auto' } as const;
    const phone = await phones.open('', { ...granted, camera });
    const card = await photograph(phone);
    await phone.run(`getCurrentPages()[0].setData({ position: 'front' });`);
    const selfie = await photograph(phone, 2);
    const pictureAt = async (name: string) => {
      const reply = await phones.context.request.get(`${phones.url}/people/lin-zhiyuan/${name}.jpg`);
      return measure(await reply.body());
    };
    for (const [taken, name] of [
      [card, 'card-front'],
      [selfie, 'selfie-1'],
    ] as const) {
      const { width, height, means } = await pictureAt(name);
      expect([taken.width, taken.height]).toEqual([width, height]);
      expect(difference(taken.means, means)).toBeLessThan(6);
    }
  });

  it('sees the webcam, which moves', async () => {
    const phone = await phones.open('', { ...granted, camera: { kind: 'webcam' } });
    expect(await photograph(phone)).toMatchObject({ format: 'jpeg' });
    await phone.page.waitForFunction(`
      const canvas = document.querySelector('.wx-camera-finder canvas');
      const now = canvas.toDataURL();
      const moved = globalThis.before !== undefined && globalThis.before !== now;
      globalThis.before = now;
      moved`);
  });

  it('asks for leave first, and says when it gets none', async () => {
    const phone = await phones.open('', { camera: file(await pictureOf('red', 64, 48)) });
    await phone.page.getByRole('button', { name: 'Deny' }).click();
    await heard(phone, 'error');
    expect(await phone.told()).toEqual([['error', 'insertCamera:fail auth deny']]);
    expect(await phone.run('return wx.createCameraContext().takePhoto({});')).toEqual({
      rejected: { errMsg: 'operateCamera:fail the camera sees nothing yet' },
    });
    await phone.change(granted);
    expect((await photograph(phone)).width).toBe(64);
  });

  it('says when it sees nothing', async () => {
    const phone = await phones.open('', { ...granted, camera: file('data:image/png;base64,none') });
    await heard(phone, 'error');
    expect(await phone.told()).toEqual([['error', 'insertCamera:fail the picture before the camera cannot be loaded']]);
  });

  it('that has left the page takes nothing', async () => {
    const phone = await phones.open('', { ...granted, camera: file(await pictureOf('red', 64, 48)) });
    await heard(phone, 'initdone');
    await phone.run('getCurrentPages()[0].setData({ on: false });');
    expect(await phone.run('return wx.createCameraContext().takePhoto({});')).toEqual({
      rejected: { errMsg: 'operateCamera:fail camera has not been initialized' },
    });
  });
});

describe('the album', () => {
  it('gives a picture of this computer', async () => {
    const phone = await phones.open('', { camera: file(await pictureOf('red', 64, 48)) });
    const picture = Buffer.from((await pictureOf('rgb(0, 0, 255)', 30, 20)).split(',')[1] ?? '', 'base64');
    const chooser = phone.page.waitForEvent('filechooser');
    const chosen = phone.run(`globalThis.chosen = await wx.chooseMedia({ sourceType: ['album'] }); return chosen;`);
    await (await chooser).setFiles({ name: 'a.png', mimeType: 'image/png', buffer: picture });
    expect(await chosen).toMatchObject({
      type: 'image',
      errMsg: 'chooseMedia:ok',
      tempFiles: [{ width: 30, height: 20, size: picture.length, fileType: 'image' }],
    });
    expect(await load(phone, 'chosen.tempFiles[0].tempFilePath')).toMatchObject({ width: 30, means: [0, 0, 255] });
  });

  it('gives a smaller picture where one is asked for', async () => {
    const phone = await phones.open('', { ...granted, camera: file(await pictureOf('red', 64, 48)) });
    await heard(phone, 'initdone');
    expect(
      await load(
        phone,
        `(await wx.compressImage({ src: (await wx.createCameraContext().takePhoto({})).tempImagePath, compressedWidth: 32 })).tempFilePath`,
      ),
    ).toMatchObject({ width: 32, height: 24 });
  });
});
