import { choosePicture, openCameraSettings, takePicture, type NoPicture } from '../../../miniprogram/platform/pictures';
import { scanCode } from '../../../miniprogram/platform/scan';
import { back, purposeOf, sideOf } from '../../../miniprogram/services/routes';
import { start } from '../../../miniprogram/services/start';
import { givePhone, offer, WxFailure } from './fake-wx';

/** What WeChat's phones say, and what it means. */
const messages: readonly (readonly [message: string, because: NoPicture])[] = [
  ['chooseMedia:fail cancel', 'cancelled'],
  ['scanCode:fail cancel', 'cancelled'],
  ['scanCode:fail:cancel', 'cancelled'],
  ['operateCamera:fail auth deny', 'denied'],
  ['authorize:fail auth deny', 'denied'],
  ['fail auth deny', 'denied'],
  ['fail:auth denied', 'denied'],
  ['scanCode:fail:system permission denied', 'denied'],
  ['chooseMedia:fail privacy permission is not authorized', 'denied'],
  ['operateCamera:fail:camera has not been initialized', 'failed'],
  ['scanCode:fail', 'failed'],
  ['chooseMedia:fail file not found', 'failed'],
];

interface Take {
  readonly success: (taken: { readonly tempImagePath: string }) => void;
  readonly fail: (failure: { readonly errMsg: string }) => void;
}
const offerCamera = (takePhoto: (take: Take) => void): void => {
  offer({ createCameraContext: () => ({ takePhoto }) });
};

describe('a picture that could not be had', () => {
  it.each(messages)('says why, in the camera, the album and the scanner: %s', async (errMsg, because) => {
    offerCamera(({ fail }) => fail({ errMsg }));
    offer({
      chooseMedia: () => Promise.reject(new WxFailure(errMsg)),
      scanCode: () => Promise.reject(new WxFailure(errMsg)),
    });
    const failure = { ok: false, because };
    expect([await takePicture(), await choosePicture(), await scanCode()]).toEqual([failure, failure, failure]);
  });

  it('has failed where no reason is given, and where nothing was chosen', async () => {
    offer({ chooseMedia: () => Promise.reject(new Error('')), scanCode: () => Promise.reject(new Error('')) });
    const failed = { ok: false, because: 'failed' };
    expect([await choosePicture(), await scanCode()]).toEqual([failed, failed]);
    offer({ chooseMedia: () => Promise.resolve({ tempFiles: [] }) });
    expect(await choosePicture()).toEqual(failed);
  });
});

describe('a picture and a code that were had', () => {
  it('are the phone’s own file and the text', async () => {
    offerCamera(({ success }) => success({ tempImagePath: 'wxfile://taken.jpg' }));
    offer({
      chooseMedia: () => Promise.resolve({ tempFiles: [{ tempFilePath: 'wxfile://chosen.jpg' }] }),
      scanCode: () => Promise.resolve({ result: 'RRQ' }),
    });
    expect(await takePicture()).toEqual({ ok: true, file: 'wxfile://taken.jpg' });
    expect(await choosePicture()).toEqual({ ok: true, file: 'wxfile://chosen.jpg' });
    expect(await scanCode()).toEqual({ ok: true, text: 'RRQ' });
  });
});

describe('the settings of the camera', () => {
  it.each([
    [{ 'scope.camera': true }, true],
    [{ 'scope.camera': false }, false],
    [{}, false],
  ])('say whether it is allowed: %j', async (authSetting, isAllowed) => {
    offer({ openSetting: () => Promise.resolve({ authSetting }) });
    expect(await openCameraSettings()).toBe(isAllowed);
  });
});

describe('the language of the screens', () => {
  it.each([
    ['zh_CN', 'zh'],
    ['zh_TW', 'zh'],
    ['zh_HK', 'zh'],
    ['en', 'en'],
    ['ja', 'en'],
    ['', 'en'],
  ])('on a phone that speaks %s is %s', (language, expected) => {
    givePhone();
    offer({ getAppBaseInfo: () => ({ language }) });
    expect(start()).toBe(expected);
  });
});

describe('the way to a screen', () => {
  it('knows a side and a purpose by name, and takes no other word for one', () => {
    expect([sideOf({ side: 'back' }), sideOf({ side: 'top' }), sideOf({})]).toEqual(['back', 'front', 'front']);
    expect(['parcel-pickup', 'toString', undefined].map((purpose) => purposeOf({ purpose }))).toEqual([
      'parcel-pickup',
      null,
      null,
    ]);
  });

  it('back leads home from the first screen', async () => {
    const moves: string[] = [];
    let depth = 2;
    Object.assign(globalThis, { getCurrentPages: () => Array.from({ length: depth }) });
    offer({
      navigateBack: () => Promise.resolve(moves.push('back')),
      reLaunch: ({ url }: { readonly url: string }) => Promise.resolve(moves.push(url)),
    });
    await back();
    depth = 1;
    await back();
    expect(moves).toEqual(['back', '/pages/home/home']);
  });
});
