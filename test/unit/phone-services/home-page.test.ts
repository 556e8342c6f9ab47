import { createCounterCode, instant, type Card } from '../../../protocol';
import { adoptKeyOfCase, keyForCase } from '../../../miniprogram/services/card-key';
import { givePhone, offer, type FakePhone } from './fake-wx';
import { moves, openPage, startScreens, type OpenPage } from './open-page';
import { CASE, cardReply, refused } from './replies';

const SESSION = 'AAAAAAAAAAAAAAAAAAAAAA';
let phone: FakePhone;
let card: Card;
let boundElsewhere: object | null;
const told: { readonly title: string; readonly content: string }[] = [];

const opened = async (): Promise<OpenPage> => {
  const page = openPage('pages/home/home');
  await page.tell('onLoad');
  await page.tell('onShow');
  return page;
};
const tap = (page: OpenPage, handler: string, purpose: string): Promise<unknown> =>
  page.tell(handler, { currentTarget: { dataset: { purpose } } });

beforeEach(async () => {
  phone = givePhone();
  startScreens();
  told.length = 0;
  offer({
    showModal: (modal: (typeof told)[number]) => {
      told.push(modal);
      return Promise.resolve({ confirm: true });
    },
    showToast: () => undefined,
    scanCode: () => Promise.resolve({ result: createCounterCode(SESSION as never) }),
  });
  card = cardReply().card;
  boundElsewhere = null;
  phone.answer = ({ data }) => {
    if (data['action'] === 'getCard') return { ok: true, card, ...(boundElsewhere && { boundElsewhere }) };
    return data['action'] === 'suspendCard'
      ? { ok: true, card: { ...card, status: 'suspended' } }
      : refused('internal');
  };
  await adoptKeyOfCase(CASE, await keyForCase(CASE));
});

describe('the tasks on the first screen', () => {
  it('that can be done begin: with the code, or with the counter’s', async () => {
    const page = await opened();
    await tap(page, 'onShowFor', 'parcel-pickup');
    await tap(page, 'onCounterTask', 'exam-entry');
    expect(moves).toEqual([
      'open /packages/card/show/show?purpose=parcel-pickup',
      `open /packages/card/request/request?session=${SESSION}`,
    ]);
    expect(told).toEqual([]);
  });

  it('that cannot be done lead to what is missing, and nothing is scanned', async () => {
    const page = await opened();
    await tap(page, 'onCounterTask', 'train-ticket');
    expect(moves).toEqual(['open /packages/card/security/security']);
    await tap(page, 'onCounterTask', 'bank-account-opening');
    card = { ...card, tier: 'full', fingerprint: 'bound', limitedUntil: instant(1_795_000_000_000) };
    await page.tell('onShow');
    await tap(page, 'onCounterTask', 'bank-account-opening');
    expect(told).toMatchObject([
      { title: 'Opening a bank account', content: expect.stringContaining('colour card') as unknown },
      { title: 'Opening a bank account', content: expect.stringContaining('For a day') as unknown },
    ]);
    expect(moves).toHaveLength(1);
  });

  it('lead to a number that can be read out, and to a scanned code alike, whoever asks by them', async () => {
    const page = await opened();
    await page.tell('onAskNumber');
    await page.tell('onScanCounter');
    expect(moves).toEqual([
      'open /packages/card/ask-number/ask-number',
      `open /packages/card/request/request?session=${SESSION}`,
    ]);
  });

  it('that nobody knows begin nothing', async () => {
    const page = await opened();
    await tap(page, 'onShowFor', 'bank-account-opening');
    await tap(page, 'onCounterTask', 'parcel-pickup');
    await tap(page, 'onCounterTask', 'nothing');
    expect([moves, told]).toEqual([[], []]);
  });
});

describe('the first screen of a phone that the card has left', () => {
  beforeEach(() => {
    boundElsewhere = { since: 1_795_000_000_000 };
  });

  it('says so until its holder has read it, and then that it is elsewhere', async () => {
    const page = await opened();
    expect(page.data['card']).toMatchObject({ hasMoved: true, face: { isUsable: false } });
    await page.tell('onItWasMe');
    expect(page.data['card']).toMatchObject({ hasMoved: false, face: { isUsable: false } });
    expect([...phone.kept.keys()]).toEqual([]);
  });

  it('still says so once the card was suspended there', async () => {
    const page = await opened();
    await page.tell('onSuspend');
    expect(page.data['card']).toMatchObject({ hasMoved: true, face: { status: 'suspended' } });
  });

  it('leads to a new enrolment', async () => {
    const page = await opened();
    await page.tell('onStart');
    expect(moves).toEqual(['open /packages/enrolment/consent/consent']);
  });

  it('keeps what it must not forget unread where the storage fails', async () => {
    const page = await opened();
    offer({ removeStorage: () => Promise.reject(new Error('full')) });
    await page.tell('onItWasMe');
    expect(told).toMatchObject([{ title: "The phone's storage failed" }]);
    expect(page.data['card']).toMatchObject({ hasMoved: true });
  });
});
