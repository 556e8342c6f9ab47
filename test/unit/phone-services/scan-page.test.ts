import { givePhone, offer, WxFailure, type FakePhone } from './fake-wx';
import { moves, openPage, startScreens, type OpenPage } from './open-page';
import { answerBy, partnerReply } from './partner-service';
import { refused } from './replies';

let phone: FakePhone;

beforeEach(() => {
  phone = givePhone();
  startScreens();
  offer({ showToast: () => undefined });
});

const opened = async (replies: Readonly<Record<string, unknown>>): Promise<OpenPage> => {
  answerBy(phone, { describeTerminal: refused('not_permitted'), ...replies });
  const page = openPage('packages/verifier/scan/scan');
  await page.tell('onLoad');
  return page;
};

describe('the counter of who stands at none', () => {
  it('leads a stranger to an invitation and to an application', async () => {
    const page = await opened({ getPartner: refused('not_permitted') });
    expect(page.data['state']).toBe('notStaff');
    await page.tell('onInvited');
    await page.tell('onApply');
    expect(moves).toEqual(['open /packages/partner/join/join', 'open /packages/partner/apply/apply?part=whole']);
  });

  it.each([
    ['an owner without a terminal', partnerReply(), 'give yourself a terminal'],
    ['a clerk without a terminal', partnerReply({ role: 'clerk', details: null }), 'Ask the owner'],
    ['an application', partnerReply({ state: 'applied' }), 'being looked at'],
    ['a business that is stopped', partnerReply({ state: 'suspended', reason: 'complaints' }), 'complaints'],
  ])('says what %s waits for, and leads to the business', async (_, getPartner, words) => {
    const page = await opened({ getPartner });
    expect(page.data['state']).toBe('noTerminal');
    expect(JSON.stringify(page.data['failure'])).toContain(words);
    await page.tell('onBusiness');
    expect(moves).toEqual(['open /packages/partner/business/business']);
  });

  it('is asked for anew once somebody comes back to it', async () => {
    const page = await opened({ getPartner: refused('not_permitted') });
    const terminal = {
      ok: true,
      partner: { zh: '驿站', en: 'Station' },
      shop: 'yunqi-road',
      terminal: '1',
      role: 'clerk',
    };
    answerBy(phone, {
      describeTerminal: { ...terminal, grants: [{ purpose: 'parcel-pickup', claims: ['masked_name'] }] },
      prepareOffline: refused('internal'),
    });
    await page.tell('onShow');
    await new Promise(setImmediate);
    expect(page.data).toMatchObject({ state: 'ready', shop: 'Station' });
  });

  it('says that the network failed where it did', async () => {
    const page = await opened({ getPartner: () => Promise.reject(new Error('fail')) });
    expect(page.data['state']).toBe('failed');
  });
});

describe('what staff said without a network', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());
  const reports = (): number => phone.calls.filter(({ data }) => data['action'] === 'reportLook').length;

  it('is sent again and again while the page is shown, which says that it waits, and no more once it is left', async () => {
    phone.kept.set('unsent-looks', { data: [{ eventId: 'e'.repeat(32), look: 'same' }], encrypt: true });
    const page = await opened({ getPartner: partnerReply() });
    phone.answer = () => Promise.reject(new WxFailure('fail timeout'));
    await page.tell('sendLooks');
    expect(page.data['looks']).toContain('1');
    await jest.advanceTimersByTimeAsync(5000);
    expect(reports()).toBe(2);
    await page.tell('onHide');
    await jest.advanceTimersByTimeAsync(60_000);
    expect(reports()).toBe(2);
    phone.answer = ({ data }) => ({ ok: true, look: data['look'] });
    await page.tell('sendLooks');
    expect([page.data['looks'], jest.getTimerCount(), reports()]).toEqual(['', 0, 3]);
  });
});
