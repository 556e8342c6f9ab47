import { givePhone, WxFailure, type FakePhone } from './fake-wx';
import { moves, openPage, startScreens, type OpenPage } from './open-page';
import { refused } from './replies';

const bank = {
  number: 7,
  partner: { zh: '江南城市银行', en: 'Jiangnan City Bank' },
  purpose: 'bank-account-opening',
  until: 1_826_536_000_000,
};
let phone: FakePhone;

const opened = async (): Promise<OpenPage> => {
  const page = openPage('packages/card/consents/consents');
  await page.tell('onLoad');
  await page.tell('onShow');
  return page;
};

beforeEach(() => {
  phone = givePhone();
  startScreens();
  phone.answer = () => ({ ok: true, consents: [bank] });
});

describe('the page of who may ask after the card', () => {
  it('lists them with purpose and end, and leads to the entry where one is withdrawn', async () => {
    const page = await opened();
    expect(phone.calls.map(({ data }) => data)).toEqual([{ action: 'listConsents' }]);
    expect(page.data).toMatchObject({
      state: 'list',
      consents: [{ number: 7, title: 'Jiangnan City Bank', note: 'Opening a bank account, until 18 Nov 2027' }],
    });
    await page.tell('onOpen', { currentTarget: { dataset: { number: 7 } } });
    expect(moves).toEqual(['open /packages/card/entry/entry?number=7']);
  });

  it('looks again when it is come back to', async () => {
    const page = await opened();
    phone.answer = () => ({ ok: true, consents: [] });
    await page.tell('onShow');
    expect(page.data).toMatchObject({ state: 'list', consents: [] });
  });

  it('can be tried again where no answer came, and tells what was refused', async () => {
    phone.answer = () => Promise.reject(new WxFailure('fail timeout'));
    const page = await opened();
    expect(page.data).toMatchObject({ state: 'failed', failure: { title: 'No connection' } });
    phone.answer = () => refused('not_found');
    await page.tell('onRetry');
    expect(page.data['state']).toBe('failed');
    phone.answer = () => ({ ok: true, consents: [bank] });
    await page.tell('onRetry');
    expect(page.data['state']).toBe('list');
  });
});
