import { filesOf, filesOfComponent } from '../../support/phone/mini-program';
import { startPhones, type Phones } from '../../support/phone/phones';

/** Templates that ask for what the phone has not, and how it says so. */
const templates: Readonly<Record<string, readonly [wxml: string, fault: string]>> = {
  tag: ['<map latitude="1" />', '<map> is not supported by this phone'],
  nested: ['<view><own-card><video src="a.mp4" /></own-card></view>', '<video> is not supported by this phone'],
  misspelled: ['<viwe>text</viwe>', '<viwe> is no component: neither WeChat’s own nor one that usingComponents names'],
  property: ['<view colour="red" />', '"colour" is not a valid property'],
  'button-property': ['<button kind="primary" />', '"kind" is not a valid property'],
  'own-property': ['<own-card colour="red" />', '"colour" is not a valid property'],
  'open-type': [
    '<button open-type="share">share</button>',
    '<button open-type="share"> is not supported by this phone',
  ],
  'camera-mode': ['<camera mode="scanCode" />', '<camera mode> is not supported by this phone'],
  refresher: ['<scroll-view refresher-enabled />', '<scroll-view refresher-enabled> is not supported by this phone'],
  autoplay: ['<swiper autoplay />', '<swiper autoplay> is not supported by this phone'],
};

const using = { usingComponents: { 'own-card': '/card' } };
const files = filesOf(
  {
    home: { wxml: '<view>home</view><navigator open-type="exit">leave</navigator>' },
    fine: {
      wxml: `
        <block wx:if="{{true}}"><own-card title="a" class="c" style="d: e" data-f="g" id="h"><text user-select>i</text></own-card></block>
        <view role="button" aria-role="button" hover-class="j" hidden="{{false}}" bind:tap="k" animation="{{l}}" /><template is="m" /><slot />`,
      json: using,
      page: '{ k() {} }',
    },
    behaving: { wxml: '', js: `Component({ behaviors: ['wx://unknown'] })` },
    ...Object.fromEntries(Object.entries(templates).map(([name, [wxml]]) => [name, { wxml, json: using }])),
  },
  filesOfComponent('card', '<view>{{title}}</view><slot />', '{ properties: { title: String } }'),
);

let phones: Phones;
beforeAll(async () => {
  phones = await startPhones(files);
});
afterAll(() => phones.close());

describe('what the phone has not fails by name', () => {
  it.each(Object.entries(templates))('in a template: %s', async (name, [, fault]) => {
    const phone = await phones.open(`pages/${name}`);
    await phone.page.waitForFunction('window.phone');
    expect(phone.faults.some((line) => line.includes(fault))).toBe(true);
  });

  it('and what it has does not', async () => {
    const phone = await phones.open('pages/fine');
    await phone.page.getByText('i', { exact: true }).waitFor();
    expect(phone.faults).toEqual([]);
  });

  it.each([
    ['wx.getLocation({})', 'wx.getLocation is not supported by this phone'],
    ['wx.cloud.database()', 'wx.cloud.database is not supported by this phone'],
    ['wx.createCameraContext().startRecord({})', 'is not a function'],
  ])('when it is called: %s', async (call, fault) => {
    const phone = await phones.open();
    expect(await phone.run(`return ${call};`)).toMatchObject({ rejected: expect.stringContaining(fault) as string });
    if (!fault.startsWith('is')) expect(phone.faults.join()).toContain(fault);
  });

  it('when it is asked for by a behaviour', async () => {
    const phone = await phones.open('pages/behaving');
    expect(phone.faults.join()).toContain('behavior "wx://unknown" is not supported by this phone');
  });

  it('when a <navigator> is pressed', async () => {
    const phone = await phones.open();
    await phone.page.getByText('leave').click();
    expect(phone.faults.join()).toContain('<navigator open-type="exit"> is not supported by this phone');
  });

  it('can be asked for without a fault', async () => {
    const phone = await phones.open();
    const asked = ['scanCode', 'cloud.callFunction', 'getLocation', 'cloud.database'];
    expect(await phone.run(`return ${JSON.stringify(asked)}.map((name) => wx.canIUse(name));`)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(await phone.run(`return 'getLocation' in wx;`)).toBe(false);
    expect(phone.faults).toEqual([]);
  });

  it('reaches who listens to the phone', async () => {
    const phone = await phones.open();
    expect(
      await phone.run(`
      const heard = [];
      window.phone.listen((event) => heard.push(event));
      try { wx.getLocation({}); } catch {}
      return heard;`),
    ).toEqual([{ kind: 'fault', message: 'wx.getLocation is not supported by this phone' }]);
  });
});
