import { validators } from '../../../protocol';
import { givePhone, offer, WxFailure, type FakePhone } from './fake-wx';
import { moves, openPage, startScreens, type OpenPage } from './open-page';
import { answerBy, partnerReply, requestsOf, staffReply, TOKEN } from './partner-service';
import { refused } from './replies';

const CLERK = 'c'.repeat(32);
let phone: FakePhone;
let isAgreed: boolean;
let scanned: unknown;
const said: string[] = [];
const copied: string[] = [];

beforeEach(() => {
  phone = givePhone();
  startScreens();
  isAgreed = true;
  said.length = 0;
  copied.length = 0;
  offer({
    showModal: () => Promise.resolve({ confirm: isAgreed }),
    showToast: ({ title }: { readonly title: string }) => said.push(title),
    getScreenBrightness: () => Promise.resolve({ value: 0.5 }),
    setScreenBrightness: () => Promise.resolve(),
    scanCode: () => (scanned instanceof Error ? Promise.reject(scanned) : Promise.resolve({ result: scanned })),
    setClipboardData: ({ data }: { readonly data: string }) => {
      copied.push(data);
      return Promise.resolve();
    },
  });
});

const opened = async (page: string, query: object = {}): Promise<OpenPage> => {
  const instance = openPage(`packages/partner/${page}/${page}`);
  await instance.tell('onLoad', query);
  return instance;
};
const at = (dataset: object, detail: object = {}) => ({ currentTarget: { dataset }, detail });

describe('the pages of the staff', () => {
  it('lead to a shop first, where there is none', async () => {
    answerBy(phone, { getPartner: partnerReply({ shops: [] }), listStaff: staffReply });
    const page = await opened('staff');
    await page.tell('onShow');
    await page.tell('onInvite');
    expect(moves).toEqual(['open /packages/partner/shop/shop']);
    isAgreed = false;
    await page.tell('onOpen', at({ member: CLERK }));
    expect(moves).toHaveLength(1);
  });

  it('withdraw an invitation once that was asked, and read the list again', async () => {
    answerBy(phone, { getPartner: partnerReply(), listStaff: staffReply, withdrawInvitation: { ok: true } });
    const page = await opened('staff');
    await page.tell('onShow');
    isAgreed = false;
    await page.tell('onWithdraw', at({ invitation: 'd'.repeat(32) }));
    expect(requestsOf(phone, 'withdrawInvitation')).toEqual([]);
    isAgreed = true;
    await page.tell('onWithdraw', at({ invitation: 'd'.repeat(32) }));
    expect(validators.WithdrawInvitationRequest(requestsOf(phone, 'withdrawInvitation')[0])).toBe(true);
    expect([said, requestsOf(phone, 'listStaff').length]).toEqual([['Withdrawn'], 2]);
  });

  it('change a place to a terminal of the shop that is chosen', async () => {
    const other = { id: 'other', names: { zh: '别处', en: 'Other' }, address: '别处', terminals: ['9'] };
    const shops = [...partnerReply().shops, other];
    answerBy(phone, { getPartner: partnerReply({ shops }), listStaff: staffReply, changeStaff: { ok: true } });
    const page = await opened('place', { member: CLERK });
    expect(page.data).toMatchObject({
      work: 'change',
      role: 'clerk',
      shop: 'yunqi-road',
      terminal: '1',
      isSelf: false,
    });
    await page.tell('onShop', at({}, { id: 'other' }));
    await page.tell('onRole', at({}, { id: 'manager' }));
    await page.tell('onSave');
    const [sent] = requestsOf(phone, 'changeStaff');
    expect(validators.ChangeStaffRequest(sent)).toBe(true);
    expect(sent).toMatchObject({ member: CLERK, role: 'manager', shop: 'other', terminal: '9' });
    expect(moves).toEqual(['back']);
  });

  it('remove somebody once that was asked, and say why not', async () => {
    answerBy(phone, { getPartner: partnerReply(), listStaff: staffReply, removeStaff: refused('not_permitted') });
    const page = await opened('place', { member: CLERK });
    await page.tell('onRemove');
    expect(page.data['refusal']).toMatchObject({ text: expect.stringContaining('Your role') as string });
    expect((await opened('place', { member: 'd'.repeat(32) })).data['state']).toBe('failed');
  });

  it('make an invitation, show it, and forget it with its page', async () => {
    const made = { ok: true, token: TOKEN, invitation: 'd'.repeat(32), expiresAt: 1_795_000_000_000 };
    answerBy(phone, { getPartner: partnerReply(), listStaff: staffReply, inviteStaff: made });
    const place = await opened('place');
    expect(place.data).toMatchObject({ work: 'invite', role: 'clerk', terminal: '1' });
    await place.tell('onTerminal', at({}, { id: '2' }));
    await place.tell('onSave');
    expect(requestsOf(phone, 'inviteStaff')).toEqual([
      { action: 'inviteStaff', role: 'clerk', shop: 'yunqi-road', terminal: '2' },
    ]);
    expect(moves).toEqual(['replace /packages/partner/invitation/invitation']);
    expect(JSON.stringify([...phone.kept])).not.toContain(TOKEN);

    const page = await opened('invitation');
    await page.tell('onShow');
    await page.tell('onCopy');
    expect(copied).toHaveLength(1);
    const join = await opened('join');
    answerBy(phone, { readInvitation: refused('invitation_over') });
    await join.tell('onPaste', at({}, { value: copied[0] }));
    await join.tell('onOpen');
    expect(requestsOf(phone, 'readInvitation')).toEqual([{ action: 'readInvitation', token: TOKEN }]);
    await page.tell('onUnload');
    await opened('invitation');
    expect(moves.at(-1)).toBe('back');
  });
});

describe('somebody who is invited', () => {
  const told = {
    ok: true,
    partner: { zh: '驿站', en: 'Station' },
    shop: { zh: '云栖路店', en: 'Yunqi Road' },
    role: 'clerk',
    terminal: '1',
    expiresAt: 1_795_000_000_000,
  };

  it('reads who invites before accepting, and then stands at a counter', async () => {
    answerBy(phone, { readInvitation: told, acceptInvitation: { ok: true } });
    const page = await opened('join');
    scanned = `wechat-id:join:${TOKEN}`;
    await page.tell('onOpen');
    expect(page.data).toMatchObject({
      state: 'told',
      invitation: { partner: 'Station', role: 'Clerk', place: 'Yunqi Road · 1' },
    });
    expect(requestsOf(phone, 'acceptInvitation')).toEqual([]);
    await page.tell('onAccept');
    expect(requestsOf(phone, 'acceptInvitation')).toEqual([{ action: 'acceptInvitation', token: TOKEN }]);
    expect(page.data['state']).toBe('joined');
    await page.tell('onStart');
    expect(moves).toEqual(['restart /packages/verifier/scan/scan']);
  });

  it('comes by an address too, and is told why an invitation does not work any more', async () => {
    answerBy(phone, { readInvitation: told, acceptInvitation: refused('serves_partner') });
    const page = await opened('join', { token: TOKEN });
    await page.tell('onAccept');
    expect(page.data).toMatchObject({
      state: 'told',
      trouble: { text: expect.stringContaining('works for a business already') as string },
    });
    answerBy(phone, { readInvitation: refused('invitation_over') });
    expect((await opened('join', { token: TOKEN })).data).toMatchObject({
      state: 'ask',
      trouble: { text: expect.stringContaining('Ask for a new one') as string },
    });
  });

  it.each([
    ['a code of something else', `wechat-id:counter:${TOKEN}`, 'This is no invitation'],
    ['no camera', new WxFailure('scanCode:fail auth deny'), 'The camera is not allowed'],
    ['nothing', new WxFailure('scanCode:fail'), 'Nothing was read'],
  ])('who scans %s is told so, and the service hears nothing', async (_, found, title) => {
    const page = await opened('join');
    scanned = found;
    await page.tell('onOpen');
    expect(page.data['trouble']).toMatchObject({ title });
    scanned = new WxFailure('scanCode:fail cancel');
    await page.tell('onOpen');
    expect(page.data['trouble']).toBeNull();
    expect(phone.calls).toEqual([]);
  });
});
