import { filesOf } from '../../support/phone/mini-program';
import { startPhones, type Phones } from '../../support/phone/phones';
import { measure, pictureOf } from '../../support/phone/pictures';
import { cloudFunction, startCloudUnderTest, type CloudUnderTest } from '../cloud/cloud-under-test';

const who = `exports.main = async (event) => {
  if (event.fail) throw new Error('the reason');
  return { event, openId: process.env.WX_OPENID };
};`;

const files = filesOf({
  home: {
    wxml: '<camera bind:initdone="ready" style="height: 300px" />',
    page: `{ ready() { tell('ready'); } }`,
  },
});

let under: CloudUnderTest;
let phones: Phones;
beforeAll(async () => {
  under = await startCloudUnderTest(
    {
      functions: [cloudFunction('who'), cloudFunction('inner', { invokedBy: ['function'] })],
      timers: [],
      storage: [
        { prefix: 'evidence/', clientAccess: 'upload', maxBytes: 1e6 },
        { prefix: 'review/', clientAccess: 'none', maxBytes: 1e6 },
      ],
    },
    { who, inner: who },
  );
  phones = await startPhones(files, { cloud: under.cloud });
});
afterAll(async () => {
  await phones.close();
  await under.close();
});

const call = (data: string) => `wx.cloud.init({ env: 'local-test' }); return wx.cloud.callFunction(${data});`;

describe('a cloud function', () => {
  it('is called with its data as the user who is logged in', async () => {
    for (const openId of ['oAlice', 'oBob']) {
      const { run } = await phones.open('', { openId });
      expect(await run(call(`{ name: 'who', data: { a: ['一'], userInfo: { openId: 'oMallory' } } }`))).toMatchObject({
        result: { event: { a: ['一'], userInfo: { openId } }, openId },
        errMsg: 'cloud.callFunction:ok',
        requestID: expect.any(String) as string,
      });
    }
  });

  it('that fails, is not there or is not for the mini-program rejects with its code', async () => {
    const { run } = await phones.open();
    for (const option of [`{ name: 'who', data: { fail: true } }`, `{ name: 'none' }`, `{ name: 'inner' }`]) {
      expect(await run(call(option))).toEqual({
        rejected: {
          errCode: expect.any(Number) as number,
          errMsg: expect.stringMatching(/^cloud\.callFunction:fail Error: errCode: -\d+/) as string,
        },
      });
    }
  });

  it('is not called before the mini-program has opened its cloud', async () => {
    const { run } = await phones.open();
    expect(await run(`return wx.cloud.callFunction({ name: 'who' });`)).toMatchObject({
      rejected: { errCode: -601034 },
    });
  });

  it('is not reached offline, and is again after', async () => {
    const phone = await phones.open('', { network: 'offline' });
    expect(await phone.run(call(`{ name: 'who' }`))).toMatchObject({
      rejected: { errCode: -1, errMsg: expect.stringMatching(/^cloud\.callFunction:fail /) as string },
    });
    await phone.change({ network: 'online' });
    expect(await phone.run(call(`{ name: 'who' }`))).toMatchObject({ errMsg: 'cloud.callFunction:ok' });
  });
});

describe('an upload', () => {
  const upload = (cloudPath: string, filePath = '(await wx.createCameraContext().takePhoto({})).tempImagePath') =>
    `wx.cloud.init(); return wx.cloud.uploadFile({ cloudPath: '${cloudPath}', filePath: ${filePath} });`;

  const open = async () => {
    const camera = { kind: 'file', url: await pictureOf('red', 64, 48) } as const;
    const phone = await phones.open('', { camera, scopes: { 'scope.camera': 'granted' } });
    await phone.page.waitForFunction(`told.includes('ready')`);
    return phone;
  };

  it('of a photo is a file of the cloud', async () => {
    const { run } = await open();
    const uploaded = (await run(upload('evidence/a.jpg'))) as { readonly fileID: string };
    expect(uploaded).toMatchObject({
      fileID: expect.stringMatching(/^cloud:\/\/local-test\..*\/evidence\/a\.jpg$/) as string,
      errMsg: 'cloud.uploadFile:ok',
    });
    const { fileContent } = await under.app.downloadFile({ fileID: uploaded.fileID });
    expect(await measure(Buffer.from(fileContent ?? ''))).toMatchObject({ width: 64, height: 48, format: 'jpeg' });
  });

  it('to where the mini-program may not write is refused', async () => {
    const { run } = await open();
    expect(await run(upload('review/a.jpg'))).toMatchObject({
      rejected: { errMsg: expect.stringMatching(/^cloud\.uploadFile:fail/) as string },
    });
  });

  it('of no file, or offline, is refused by WeChat’s code', async () => {
    const phone = await open();
    expect(await phone.run(upload('evidence/b.jpg', `'wxfile://none.jpg'`))).toEqual({
      rejected: { errMsg: "cloud.uploadFile:fail file doesn't exist: wxfile://none.jpg", errCode: -1 },
    });
    await phone.change({ network: 'offline' });
    expect(await phone.run(upload('evidence/b.jpg'))).toMatchObject({ rejected: { errCode: -1 } });
  });
});
