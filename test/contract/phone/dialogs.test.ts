import { filesOf } from '../../support/phone/mini-program';
import { startPhones, type Phones, type PhoneUnderTest } from '../../support/phone/phones';

let phones: Phones;
beforeAll(async () => {
  phones = await startPhones(
    filesOf({
      home: { wxml: '<button bind:tap="ask">ask</button>', page: '{ ask() { wx.showModal({ title: "Asked" }); } }' },
    }),
  );
});
afterAll(() => phones.close());

const press = ({ page }: PhoneUnderTest, name: string) =>
  page.getByRole('button', { name, exact: true }).filter({ visible: true }).click();

/** Calls, does what a user does meanwhile, and gives the answer. */
const answerTo = async (phone: PhoneUnderTest, call: string, meanwhile: () => Promise<void>): Promise<unknown> => {
  const answer = phone.run(`return ${call};`);
  await meanwhile();
  return answer;
};

describe('a modal', () => {
  const call = `wx.showModal({ title: 'Title', content: 'Content' })`;

  it('tells which button was pressed', async () => {
    const phone = await phones.open();
    expect(await answerTo(phone, call, () => press(phone, 'OK'))).toEqual({
      confirm: true,
      cancel: false,
      content: '',
      errMsg: 'showModal:ok',
    });
    expect(await answerTo(phone, call, () => press(phone, 'Cancel'))).toMatchObject({ confirm: false, cancel: true });
    expect(await phone.page.getByRole('alertdialog').count()).toBe(0);
  });

  it('has the words that are asked for, its focus, and gives the focus back', async () => {
    const phone = await phones.open();
    await phone.page.getByRole('button', { name: 'ask' }).focus();
    await phone.page.keyboard.press('Enter');
    await phone.page.getByRole('alertdialog', { name: 'Asked' }).waitFor();
    await phone.page.keyboard.press('Escape');
    await phone.page.getByRole('alertdialog').waitFor({ state: 'detached' });
    expect(await phone.run('return document.activeElement.textContent;')).toBe('ask');
    const worded = `wx.showModal({ title: 'T', content: 'C', confirmText: 'Do it', cancelText: 'Leave it' })`;
    expect(await answerTo(phone, worded, () => press(phone, 'Do it'))).toMatchObject({ confirm: true });
  });

  it('without a cancel button has only its own way out', async () => {
    const phone = await phones.open();
    const call = `wx.showModal({ content: 'C', showCancel: false })`;
    const answer = await answerTo(phone, call, async () => {
      await phone.page.keyboard.press('Escape');
      expect(await phone.page.getByRole('button', { name: 'Cancel' }).count()).toBe(0);
      await press(phone, 'OK');
    });
    expect(answer).toMatchObject({ confirm: true });
  });

  it('gives what was typed where it can be', async () => {
    const phone = await phones.open();
    const call = `wx.showModal({ title: 'T', editable: true, placeholderText: 'Your name' })`;
    const answer = await answerTo(phone, call, async () => {
      await phone.page.getByLabel('Your name').fill('Lin');
      await press(phone, 'OK');
    });
    expect(answer).toMatchObject({ confirm: true, content: 'Lin' });
  });
});

it('an action sheet gives the place of what is chosen, and fails where nothing is', async () => {
  const phone = await phones.open();
  const call = `wx.showActionSheet({ itemList: ['one', 'two'] })`;
  expect(await answerTo(phone, call, () => press(phone, 'two'))).toEqual({ tapIndex: 1, errMsg: 'showActionSheet:ok' });
  expect(await answerTo(phone, call, () => press(phone, 'Cancel'))).toEqual({
    rejected: { errMsg: 'showActionSheet:fail cancel' },
  });
});

it('a toast goes by itself, a loading one when it is told', async () => {
  const phone = await phones.open();
  const shown = phone.page.getByRole('status');
  await phone.run(`await wx.showToast({ title: 'Saved' });`);
  expect(await shown.innerText()).toBe('Saved');
  await shown.waitFor({ state: 'detached' });
  await phone.run(`await wx.showLoading({ title: 'Loading', mask: true });`);
  expect(await shown.innerText()).toBe('Loading');
  await phone.run(`await wx.showToast({ title: 'Instead', duration: 60000 });`);
  expect(await shown.allInnerTexts()).toEqual(['Instead']);
  await phone.run('await wx.hideToast();');
  expect(await shown.count()).toBe(0);
});

describe('a permission', () => {
  const authorize = `wx.authorize({ scope: 'scope.camera' })`;
  const denied = { rejected: { errMsg: 'authorize:fail auth deny', errno: 103 } };

  it('is asked for once and remembered, also over a reload', async () => {
    const phone = await phones.open();
    expect(await phone.run('return wx.getSetting();')).toMatchObject({ authSetting: {} });
    expect(await answerTo(phone, authorize, () => press(phone, 'Deny'))).toEqual(denied);
    expect(await phone.run(`return ${authorize};`)).toEqual(denied);
    await phone.page.reload();
    expect(await phone.run(`return ${authorize};`)).toEqual(denied);
    expect(await phone.run('return wx.getSetting();')).toMatchObject({ authSetting: { 'scope.camera': false } });
  });

  it('that is asked for twice at a time is asked for once', async () => {
    const phone = await phones.open();
    const both = `Promise.all([${authorize}, ${authorize}])`;
    expect(await answerTo(phone, both, () => press(phone, 'Allow'))).toEqual([
      { errMsg: 'authorize:ok' },
      { errMsg: 'authorize:ok' },
    ]);
    expect(await phone.page.getByRole('dialog').count()).toBe(0);
  });

  it('is changed in the settings', async () => {
    const phone = await phones.open('', { scopes: { 'scope.camera': 'denied' } });
    const answer = await answerTo(phone, 'wx.openSetting()', async () => {
      await phone.page.getByRole('checkbox', { name: 'Camera' }).check();
      await press(phone, 'Back');
    });
    expect(answer).toMatchObject({ authSetting: { 'scope.camera': true }, errMsg: 'openSetting:ok' });
    expect(await phone.run(`return ${authorize};`)).toEqual({ errMsg: 'authorize:ok' });
  });

  it('that there is not is refused', async () => {
    const phone = await phones.open();
    expect(await phone.run(`return wx.authorize({ scope: 'scope.nothing' });`)).toMatchObject({
      rejected: { errMsg: 'authorize:fail invalid scope' },
    });
  });
});

describe('the question whether the user takes a message', () => {
  const TEMPLATE = 'local-card-ends';
  const call = (ids: string) => `wx.requestSubscribeMessage({ tmplIds: ${ids} })`;

  it.each([
    ['Allow', 'accept'],
    ['Deny', 'reject'],
  ])('is answered %s', async (button, word) => {
    const phone = await phones.open();
    expect(await answerTo(phone, call(`['${TEMPLATE}']`), () => press(phone, button))).toEqual({
      [TEMPLATE]: word,
      errMsg: 'requestSubscribeMessage:ok',
    });
    expect(await phone.page.getByRole('dialog').count()).toBe(0);
  });

  it.each([
    ['no template', '[]', 10003],
    ['more than three', `['a', 'b', 'c', 'd']`, 20003],
  ])('is not put for %s', async (_, ids, errCode) => {
    const { run } = await phones.open();
    expect(await run(`return ${call(ids)};`)).toMatchObject({ rejected: { errCode } });
  });

  it('fails for a template that is not approved', async () => {
    const phone = await phones.open();
    expect(await answerTo(phone, call(`['other']`), () => press(phone, 'Allow'))).toMatchObject({
      rejected: { errCode: 20001 },
    });
  });
});
