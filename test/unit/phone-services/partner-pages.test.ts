import { validators } from '../../../protocol';
import { givePhone, offer, WxFailure, type FakePhone } from './fake-wx';
import { moves, openPage, startScreens, type OpenPage } from './open-page';
import { answerBy, MEMBER, partnerReply, requestsOf } from './partner-service';
import { refused } from './replies';

const BUSINESS = '/packages/partner/business/business';
let phone: FakePhone;
let isAgreed: boolean;
const said: string[] = [];

beforeEach(() => {
  phone = givePhone();
  startScreens();
  isAgreed = true;
  said.length = 0;
  offer({
    showModal: () => Promise.resolve({ confirm: isAgreed }),
    showToast: ({ title }: { readonly title: string }) => said.push(title),
  });
});

const opened = async (page: string, query: object = {}): Promise<OpenPage> => {
  const instance = openPage(`packages/partner/${page}/${page}`);
  await instance.tell('onLoad', query);
  return instance;
};
const at = (dataset: object, detail: object = {}) => ({ currentTarget: { dataset }, detail });

describe('the page of a business', () => {
  const shown = async (reply: unknown): Promise<OpenPage> => {
    answerBy(phone, { getPartner: reply });
    const page = await opened('business');
    await page.tell('onShow');
    return page;
  };

  it('is read anew each time it is seen, and leads where the role allows', async () => {
    const page = await shown(partnerReply({ role: 'clerk', details: null }));
    expect(page.data).toMatchObject({ state: 'ready', name: 'Station', role: 'Clerk', canLeave: true });
    await page.tell('onOpen', at({ id: 'staff' }));
    expect(moves).toEqual([]);
    await page.tell('onOpen', at({ id: 'checks' }));
    expect(moves).toEqual(['open /packages/partner/checks/checks']);
    answerBy(phone, { getPartner: partnerReply({ state: 'suspended', reason: 'misuse' }) });
    await page.tell('onShow');
    expect(page.data['standing']).toMatchObject({ tone: 'bad' });
  });

  it('tells strangers apart from a network that fails', async () => {
    expect((await shown(refused('not_permitted'))).data['state']).toBe('stranger');
    const page = await shown(() => Promise.reject(new WxFailure('fail timeout')));
    expect(page.data).toMatchObject({ state: 'failed', failure: { title: 'No connection' } });
    answerBy(phone, { getPartner: partnerReply() });
    await page.tell('onRetry');
    expect(page.data['state']).toBe('ready');
  });

  it('is left once that was asked and answered, and not by its last owner', async () => {
    const page = await shown(partnerReply());
    isAgreed = false;
    await page.tell('onLeaveStaff');
    expect(requestsOf(phone, 'removeStaff')).toEqual([]);
    isAgreed = true;
    answerBy(phone, { removeStaff: refused('last_owner') });
    await page.tell('onLeaveStaff');
    expect([said.at(-1), moves]).toEqual([expect.stringContaining('There must be an owner'), []]);
    answerBy(phone, { removeStaff: { ok: true } });
    await page.tell('onLeaveStaff');
    expect(requestsOf(phone, 'removeStaff').at(-1)).toEqual({ action: 'removeStaff', member: MEMBER });
    expect(moves).toEqual(['restart /pages/home/home']);
  });
});

describe('the application', () => {
  it('of a stranger is filled in, marked until it is right, and sent once', async () => {
    answerBy(phone, { getPartner: refused('not_permitted'), applyAsPartner: { ok: true } });
    const page = await opened('apply');
    expect(page.data['state']).toBe('form');
    await page.tell('onSend');
    expect([page.data['isFaulty'], requestsOf(phone, 'applyAsPartner')]).toEqual([true, []]);
    const typed = { zh: '驿站', en: 'Station', creditCode: '91350100m000100y43', address: '听雨路36号' };
    for (const [field, value] of Object.entries(typed)) await page.tell('onType', at({ field }, { value }));
    await page.tell('onType', at({ field: 'wanted' }, { value: 'nothing that is typed' }));
    await page.tell('onCategory', at({}, { id: 'parcel' }));
    await page.tell('onContact', at({}, { id: 'manager' }));
    await page.tell('onPurpose', at({ purpose: 'parcel-pickup' }));
    await page.tell('onClaim', at({ purpose: 'parcel-pickup', claim: 'masked_number' }));
    expect(page.data['faults']).toEqual({ 'why:parcel-pickup': 'Fill this in' });
    await page.tell('onWhy', at({ purpose: 'parcel-pickup' }, { value: 'handing out parcels' }));
    expect(page.data['isFaulty']).toBe(false);
    await page.tell('onSend');
    const [sent] = requestsOf(phone, 'applyAsPartner');
    expect(validators.ApplyAsPartnerRequest(sent)).toBe(true);
    expect(sent).toMatchObject({ creditCode: '91350100M000100Y43', wanted: [{ claims: ['masked_name'] }] });
    expect(moves).toEqual([`replace ${BUSINESS}`]);
  });

  it('that was refused is amended from what was sent', async () => {
    const wanted = [{ purpose: 'age-check' as const, claims: ['age_over_18' as const], why: 'wine' }];
    const reply = partnerReply({ state: 'refused', reason: 'claims_too_wide', grants: [], shops: [], wanted });
    answerBy(phone, { getPartner: reply, applyAsPartner: refused('partner_registered') });
    const page = await opened('apply');
    await page.tell('onSend');
    expect(requestsOf(phone, 'applyAsPartner')).toMatchObject([{ creditCode: '91350100M000100Y43', wanted }]);
    expect(page.data).toMatchObject({
      busy: false,
      refusal: { text: expect.stringContaining('is registered') as string },
    });
    expect(moves).toEqual([]);
  });

  it('for further purposes has those that there are, and asks for nothing else', async () => {
    answerBy(phone, { getPartner: partnerReply(), askForPurposes: { ok: true } });
    const page = await opened('apply', { part: 'purposes' });
    await page.tell('onPurpose', at({ purpose: 'age-check' }));
    await page.tell('onWhy', at({ purpose: 'age-check' }, { value: 'wine' }));
    await page.tell('onSend');
    const [sent] = requestsOf(phone, 'askForPurposes');
    expect(validators.AskForPurposesRequest(sent)).toBe(true);
    expect(sent).toMatchObject({
      wanted: [{ purpose: 'parcel-pickup', claims: ['masked_name'] }, { purpose: 'age-check' }],
    });
    expect(requestsOf(phone, 'applyAsPartner')).toEqual([]);
  });

  it('is not opened to a stranger for further purposes, or without a network', async () => {
    answerBy(phone, { getPartner: refused('not_permitted') });
    expect((await opened('apply', { part: 'purposes' })).data['state']).toBe('failed');
    answerBy(phone, { getPartner: () => Promise.reject(new WxFailure('fail')) });
    expect((await opened('apply')).data['state']).toBe('failed');
  });
});

describe('the pages of shops', () => {
  it('list them, and lead to one and to a new one', async () => {
    answerBy(phone, { getPartner: partnerReply() });
    const page = await opened('shops');
    await page.tell('onShow');
    expect(page.data['shops']).toEqual([{ id: 'yunqi-road', name: 'Yunqi Road', text: '云栖路218号 · Terminals: 2' }]);
    await page.tell('onOpen', at({ shop: 'yunqi-road' }));
    await page.tell('onNew');
    expect(moves).toEqual(['open /packages/partner/shop/shop?shop=yunqi-road', 'open /packages/partner/shop/shop']);
  });

  it('save a changed shop under its id, and say why one is not closed', async () => {
    answerBy(phone, { getPartner: partnerReply(), saveShop: { ok: true }, closeShop: refused('place_taken') });
    const page = await opened('shop', { shop: 'yunqi-road' });
    await page.tell('onRemove', at({ terminal: 1 }));
    await page.tell('onAdd');
    await page.tell('onSave');
    expect(requestsOf(phone, 'saveShop')).toEqual([]);
    const empty = (page.data['draft'] as { readonly terminals: readonly { readonly id: number }[] }).terminals[1]?.id;
    await page.tell('onTerminal', at({ terminal: empty }, { value: 'till 3' }));
    await page.tell('onSave');
    const [sent] = requestsOf(phone, 'saveShop');
    expect(validators.SaveShopRequest(sent)).toBe(true);
    expect(sent).toMatchObject({ shop: 'yunqi-road', terminals: ['1', 'till 3'] });
    expect(moves).toEqual(['back']);
    await page.tell('onClose');
    expect(page.data['refusal']).toMatchObject({ text: expect.stringContaining('still works there') as string });
    isAgreed = false;
    await page.tell('onClose');
    expect(requestsOf(phone, 'closeShop')).toHaveLength(1);
  });

  it('say that a shop is gone', async () => {
    answerBy(phone, { getPartner: partnerReply() });
    const page = await opened('shop', { shop: 'another' });
    expect(page.data).toMatchObject({ state: 'failed', failure: { title: 'There is no such shop' } });
  });
});
