import { actionsOf, claimReply, serveAsk } from './ask-service';
import { givePhone, held, WxFailure, type FakePhone } from './fake-wx';
import { moves, openPage, startScreens } from './open-page';
import { refused } from './replies';

const session = 'AAAAAAAAAAAAAAAAAAAAAA';
const claimed = {
  ok: true,
  partner: { zh: '考试中心', en: 'Examination Centre' },
  terminal: 'gate-2',
  purpose: 'exam-entry',
  claims: ['name', 'number'],
  portrait: true,
  stepUp: ['face'],
};
let phone: FakePhone;

beforeEach(() => {
  phone = givePhone();
  startScreens();
});

const opened = async (answer: unknown) => {
  phone.answer = () => answer;
  const page = openPage('packages/card/request/request');
  await page.tell('onLoad', { session });
  return page;
};

describe('a counter’s request', () => {
  it('says what is to be proved, and leads to the showing for that counter', async () => {
    const page = await opened(claimed);
    expect(page.data).toMatchObject({ state: 'asked', partner: 'Examination Centre', stepUp: 'Face' });
    await page.tell('onAgree');
    expect(moves).toEqual([`replace /packages/card/show/show?purpose=exam-entry&session=${session}`]);
  });

  it.each([
    ['fingerprint_not_bound', 'replace /packages/card/security/security'],
    ['tier_too_low', 'restart /pages/home/home'],
    ['card_limited', 'restart /pages/home/home'],
    ['session_over', 'restart /pages/home/home'],
  ])('that the card cannot serve leads on from %s', async (code, led) => {
    const page = await opened(refused(code));
    expect(page.data['state']).toBe('refused');
    await page.tell('onNext');
    expect(moves).toEqual([led]);
  });

  it('that the card cannot serve yet says from when it will', async () => {
    const page = await opened(refused('card_limited', { until: Date.parse('2026-11-27T18:00:00+08:00') }));
    expect(page.data['told']).toMatchObject({ details: ['From 27 Nov 2026 18:00 it serves again'] });
  });

  it('is asked for again where no answer came', async () => {
    const page = await opened(undefined);
    phone.answer = () => claimed;
    await page.tell('onNext');
    expect(page.data['state']).toBe('asked');
  });
});

describe('what an institution asks', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: 1_895_000_000_000 });
  });
  afterEach(() => {
    jest.clearAllTimers();
    jest.useRealTimers();
  });

  const consent = (ofAsk: object = {}) =>
    opened(claimReply({ purpose: 'train-ticket', claims: ['name', 'number'], stepUp: ['fingerprint'] }, ofAsk));
  const unreachable = (): never => {
    throw new WxFailure('fail timeout');
  };

  it('is shown with who, what for, how long, the words to compare, and what is left of its time', async () => {
    const page = await consent();
    expect(page.data).toMatchObject({
      state: 'consent',
      left: '3:00',
      ask: {
        partner: 'Jiangnan City Bank',
        purpose: 'Train ticket',
        tells: ['Portrait', 'Name', 'Identity number'],
        lasts: '30 days, until 18 Dec 2026',
        message: '421 907',
        tier: 'Grey or colour',
        stepUp: 'Fingerprint',
        isPresented: false,
      },
    });
    await jest.advanceTimersByTimeAsync(61_000);
    expect(page.data['left']).toBe('1:59');
  });

  it('can be agreed to no more once its time is over', async () => {
    const page = await consent();
    await jest.advanceTimersByTimeAsync(180_000);
    expect(page.data).toMatchObject({ state: 'refused', told: { title: 'This request is over', next: 'home' } });
    expect(jest.getTimerCount()).toBe(0);
  });

  it('counts nothing while it is not seen, and is right when it is seen again', async () => {
    const page = await consent();
    await page.tell('onHide');
    expect(jest.getTimerCount()).toBe(0);
    await jest.advanceTimersByTimeAsync(179_000);
    await page.tell('onShow');
    expect(page.data).toMatchObject({ state: 'consent', left: '0:01' });
    await page.tell('onUnload');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is declined by a word to the service, and the page says so', async () => {
    const page = await consent();
    serveAsk(phone);
    await page.tell('onDecline');
    expect(page.data['state']).toBe('declined');
    expect(phone.calls.at(-1)).toMatchObject({ name: 'holder', data: { action: 'declineAsk', session } });
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is declined once, though the button is tapped twice', async () => {
    const page = await consent();
    const late = held<unknown>();
    serveAsk(phone, { declineAsk: () => late.promise });
    const declining = page.tell('onDecline');
    await page.tell('onDecline');
    late.give({ ok: true });
    await declining;
    expect(actionsOf(phone)).toEqual(['claimCounter', 'declineAsk']);
  });

  it('offers to send the word again where no reply came', async () => {
    const page = await consent();
    serveAsk(phone, { declineAsk: unreachable });
    await page.tell('onDecline');
    expect(page.data['state']).toBe('undeclined');
    serveAsk(phone);
    await page.tell('onDecline');
    expect(page.data['state']).toBe('declined');
  });

  it('that was answered or is over meanwhile says so instead of having declined it', async () => {
    const page = await consent();
    serveAsk(phone, { declineAsk: () => refused('ask_over') });
    await page.tell('onDecline');
    expect(page.data).toMatchObject({ state: 'refused', told: { title: 'This request is over' } });
  });

  it('says nothing and counts nothing where the page was left before it came', async () => {
    const late = held<unknown>();
    phone.answer = () => late.promise;
    const page = openPage('packages/card/request/request');
    const loading = page.tell('onLoad', { session });
    await page.tell('onUnload');
    late.give(claimReply());
    await loading;
    expect([page.data['state'], jest.getTimerCount()]).toEqual(['loading', 0]);
  });
});
