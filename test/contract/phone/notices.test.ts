import type { Page } from 'playwright-core';
import { approvedTemplates } from '../../../local/ecosystem/message-templates';
import { filesOf } from '../../support/phone/mini-program';
import { graveBarriers, overflows } from '../../support/journey/inspection';
import { startPhones, type Phones, type PhoneUnderTest } from '../../support/phone/phones';
import { cloudFunction, startCloudUnderTest, type CloudUnderTest } from '../cloud/cloud-under-test';

const API = 'subscribeMessage.send';
const TEMPLATE = 'local-card-ends';

const files = filesOf(
  {
    home: {
      wxml: '<button bind:tap="ask">ask</button>',
      page: '{ ask() { wx.showModal({ title: "Asked" }).then(({ cancel }) => tell("cancelled", cancel)); } }',
    },
    other: { wxml: '<view>other</view>', page: `{ onLoad(query) { tell('other', query); } }` },
  },
  {
    'app.js': `App({ onShow({ path, scene }) { tell('shown', path, scene); }, onHide() { tell('hidden'); } });`,
    'app.json': JSON.stringify({
      pages: ['pages/home', 'pages/other'],
      window: { navigationBarTitleText: '小程序' },
      darkmode: true,
    }),
  },
);

let under: CloudUnderTest;
let phones: Phones;
beforeAll(async () => {
  const functions = [cloudFunction('telling', { openApis: [API] })];
  under = await startCloudUnderTest({ functions }, {}, undefined, { messageTemplates: approvedTemplates });
  phones = await startPhones(files, { cloud: under.cloud });
});
afterAll(async () => {
  await phones.close();
  await under.close();
});

/** Has a user take one message, and sends it. */
const send = async (openId: string, title: string, page = 'pages/other?from=message'): Promise<void> => {
  const headers = { 'x-local-openid': openId };
  const body = JSON.stringify({ template: TEMPLATE });
  await fetch(`${under.cloud.url}/wx/subscribe`, { method: 'POST', headers, body });
  const data = { thing1: { value: title }, thing2: { value: '请打开小程序' } };
  const requestData = { touser: openId, template_id: TEMPLATE, page, data };
  const sent = await under.app.callWxOpenApi({ apiName: API, cgiName: 'commrpcv2', requestData });
  expect(sent.result).toMatchObject({ errcode: 0 });
};

let users = 0;
const newUser = (): string => `oReader${String((users += 1))}`;

const notices = ({ page }: PhoneUnderTest) => page.getByRole('log').getByRole('button', { name: /View in/ });
const notice = (phone: PhoneUnderTest, title: string) => notices(phone).filter({ hasText: title });
const close = ({ page }: PhoneUnderTest) => page.getByRole('button', { name: 'Dismiss the notification' });
const routes = (phone: PhoneUnderTest) => phone.run('return getCurrentPages().map(({ route }) => route);');
const isGone = (phone: PhoneUnderTest) => notices(phone).first().waitFor({ state: 'detached' });

describe('a service notification', () => {
  it('comes to the phone of the user it was sent to, with its template’s title and fields, and to no other', async () => {
    const [openId, other] = [newUser(), newUser()];
    const phone = await phones.open('', { openId });
    const beside = await phones.open('', { openId: other });
    await send(openId, '到期');
    await notice(phone, '到期').waitFor();
    expect((await notices(phone).innerText()).split('\n')).toEqual([
      '小程序',
      expect.stringMatching(/^Service notification · \d\d:\d\d$/),
      '证件到期提醒',
      '提醒内容',
      '到期',
      '备注',
      '请打开小程序',
      'View in the mini-program',
    ]);
    await send(other, '别人的');
    await notice(beside, '别人的').waitFor();
    expect([await notices(phone).count(), await notices(beside).count()]).toEqual([1, 1]);
    await phone.change({ openId: newUser() });
    await isGone(phone);
    expect([phone.faults, beside.faults]).toEqual([[], []]);
  });

  it.each(['light', 'dark'] as const)('is free of grave barriers and fits the screen (%s)', async (theme) => {
    const openId = newUser();
    await send(openId, '字'.repeat(20));
    for (const language of ['zh_CN', 'en'] as const) {
      const phone = await phones.open('', { openId, theme, language }, `looks-${theme}-${language}`);
      await phone.page.getByRole('log').getByRole('button').first().waitFor();
      expect(await graveBarriers(phone.page)).toEqual([]);
      expect(await overflows(phone.page)).toEqual([]);
    }
  });

  it('opens the page that it names, as WeChat brings the mini-program back, and is not told again', async () => {
    const openId = newUser();
    const phone = await phones.open('', { openId });
    await phone.page.getByRole('button', { name: 'ask' }).click();
    await phone.page.getByRole('alertdialog').waitFor();
    await send(openId, '看这里');
    await notice(phone, '看这里').click();
    await isGone(phone);
    expect(await routes(phone)).toEqual(['pages/other']);
    expect(await phone.page.getByRole('alertdialog').count()).toBe(0);
    const told = await phone.told();
    expect(told.filter((one) => JSON.stringify(one) !== '["cancelled",true]')).toEqual([
      ['shown', 'pages/home', 1001],
      'hidden',
      ['shown', 'pages/other', 1014],
      ['other', { from: 'message' }],
    ]);
    expect(told).toContainEqual(['cancelled', true]);
    expect(await phone.run('return [wx.getLaunchOptionsSync().scene, wx.getEnterOptionsSync().scene];')).toEqual([
      1001, 1014,
    ]);
    await phone.page.reload();
    await send(openId, '下一条');
    await notice(phone, '下一条').waitFor();
    expect(await notices(phone).count()).toBe(1);
    expect(phone.faults).toEqual([]);
  });

  it('stays until it is put away, through a restart too, and then shows the next', async () => {
    const openId = newUser();
    for (const title of ['第一', '第二', '第三', '第四']) await send(openId, title);
    const phone = await phones.open('', { openId });
    await notice(phone, '第一').waitFor();
    await phone.page.reload();
    await notice(phone, '第一').waitFor();
    await close(phone).click();
    await notice(phone, '第二').waitFor();
    await notices(phone).focus();
    await phone.page.keyboard.press('Escape');
    await notice(phone, '第三').waitFor();
    expect(await phone.run('return document.activeElement.textContent.includes("第三");')).toBe(true);
    // It has come to rest before it is touched.
    await notices(phone).hover();
    const box = await notices(phone).boundingBox();
    const [x, y] = [(box?.x ?? 0) + 60, (box?.y ?? 0) + 80];
    await phone.page.mouse.move(x, y);
    await phone.page.mouse.down();
    await phone.page.mouse.move(x, y - 40, { steps: 4 });
    await phone.page.mouse.up();
    await notice(phone, '第四').waitFor();
    await notices(phone).focus();
    await phone.page.keyboard.press('Tab');
    await phone.page.keyboard.press('Enter');
    await isGone(phone);
    expect(await phone.run('return document.activeElement.className;')).toContain('wx-page');
    expect(await routes(phone)).toEqual(['pages/home']);
  });

  it('that names a page which is not there leaves the user where they are', async () => {
    const openId = newUser();
    const phone = await phones.open('', { openId });
    await send(openId, '去哪里', 'pages/nowhere');
    await notice(phone, '去哪里').click();
    await isGone(phone);
    expect(await routes(phone)).toEqual(['pages/home']);
    expect(phone.faults.join('\n')).toContain('page "pages/nowhere" is not found');
  });
});

describe('the phone asks for messages', () => {
  const MINUTE = 60_000;

  let watchedTab: Page | null = null;
  // Its clock cannot be given back.
  afterEach(() => watchedTab?.close());

  /** A phone whose time goes on by the test alone, and when it has asked, by its own clock. */
  const watched = async (openId: string) => {
    const phone = await phones.open('', { openId });
    const { page } = phone;
    watchedTab = page;
    const askers: unknown[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/wx/messages')) askers.push(request.headers()['x-local-openid']);
    });
    await page.clock.install();
    await page.reload();
    await phone.run(`const { fetch } = globalThis;
      globalThis.askedAt = [];
      globalThis.fetch = (url, option) => {
        if (String(url).includes('/wx/messages')) askedAt.push(Date.now());
        return fetch(url, option);
      };`);
    const times = async (): Promise<readonly number[]> => (await phone.run('return askedAt;')) as readonly number[];
    /** Lets time pass until it has asked so often. @returns how long it waited each time */
    const waits = async (count: number): Promise<readonly number[]> => {
      while ((await times()).length <= count) await page.clock.runFor(1000);
      const asked = await times();
      return asked.slice(1).map((at, index) => at - (asked[index] ?? 0));
    };
    return { ...phone, askers, times, waits };
  };

  it('every few seconds, as the user who is logged in', async () => {
    const openId = newUser();
    const { askers, waits } = await watched(openId);
    for (const wait of await waits(3)) expect(wait).toBeGreaterThanOrEqual(2000);
    expect(new Set(askers)).toEqual(new Set([openId]));
  });

  it('not while nobody looks at it, and again when somebody does', async () => {
    const phone = await watched(newUser());
    const becomes = (state: string) =>
      phone.run(`Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));`);
    await becomes('hidden');
    const before = (await phone.times()).length;
    await phone.page.clock.runFor(MINUTE);
    expect(await phone.times()).toHaveLength(before);
    await becomes('visible');
    expect(await phone.times()).toHaveLength(before + 1);
  });

  it('not without a network, and again when there is one', async () => {
    const phone = await watched(newUser());
    await phone.change({ network: 'offline' });
    const before = (await phone.times()).length;
    await phone.page.clock.runFor(MINUTE);
    expect(await phone.times()).toHaveLength(before);
    await phone.change({ network: 'online' });
    expect(await phone.times()).toHaveLength(before + 1);
  });

  it('more rarely while it hears nothing that it understands, and goes on after', async () => {
    const openId = newUser();
    const phone = await watched(openId);
    let isBroken = true;
    await phone.page.route('**/wx/messages*', (route) =>
      isBroken ? route.fulfill({ json: { messages: [{ id: 'one' }] } }) : route.fallback(),
    );
    const [, second = 0, third = 0, fourth = 0] = await phone.waits(4);
    expect([second >= 4000, third >= 8000, fourth >= 16_000]).toEqual([true, true, true]);
    isBroken = false;
    await send(openId, '又有了');
    await phone.waits(5);
    await notice(phone, '又有了').waitFor();
  });
});
