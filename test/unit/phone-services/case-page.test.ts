import type * as Session from '../../../miniprogram/services/enrolment-session';
import { givePhone, offer, WxFailure, type FakePhone } from './fake-wx';
import { moves, openPage, startScreens, type OpenPage } from './open-page';
import { cardReply, CASE, NONCE, refused } from './replies';

const UNTIL = 1_795_000_000_000;
const open = (isRead = true) => ({ ok: true, state: 'open', isRead, until: UNTIL });
const inReview = { ok: true, state: 'inReview', isAppeal: false };
const matched = { ok: true, state: 'matched', nonce: NONCE, until: UNTIL };
const refusedBy = (appealUntil: number | null) => ({ ok: true, state: 'refused', reason: 'not_live', appealUntil });
const called = { ok: true, number: '00420815', serverTime: UNTIL, expiresAt: UNTIL + 300_000 };

let phone: FakePhone;
let isAgreed: boolean;
const said: string[] = [];
/** What the service answers to each action. */
let replies: Record<string, unknown>;

const actions = (): unknown[] => phone.calls.map(({ data }) => data['action']);
const opened = async (): Promise<OpenPage> => {
  const page = openPage('packages/enrolment/case/case');
  await page.tell('onLoad');
  await page.tell('onShow');
  return page;
};
const choose = (page: OpenPage, step: string) => page.tell('onOther', { currentTarget: { dataset: { step } } });
const session = () => jest.requireActual<typeof Session>('../../../miniprogram/services/enrolment-session').current();

beforeEach(() => {
  jest.useFakeTimers({ now: UNTIL });
  phone = givePhone();
  startScreens();
  isAgreed = true;
  said.length = 0;
  offer({
    showModal: () => Promise.resolve({ confirm: isAgreed }),
    showToast: ({ title }: { readonly title: string }) => said.push(title),
  });
  phone.kept.set('followed-case', { data: CASE, encrypt: true });
  replies = { followCase: open(), callCounter: called, appealCase: { ok: true } };
  phone.answer = ({ data }) => {
    const reply = replies[String(data['action'])];
    return reply instanceof Error ? Promise.reject(reply) : reply;
  };
});
afterEach(() => {
  jest.clearAllTimers();
  jest.useRealTimers();
});

describe('the page of a case that is decided elsewhere', () => {
  it('leads home where no case is followed', async () => {
    phone.kept.clear();
    await opened();
    expect([moves, phone.calls]).toEqual([['restart /pages/home/home'], []]);
  });

  it('gives a number for the case, and follows it until the counter has decided', async () => {
    const page = await opened();
    await page.tell('onPrimary');
    expect(phone.calls.at(-1)?.data).toEqual({ action: 'callCounter', caseId: CASE });
    expect(page.data).toMatchObject({ shown: { groups: '0042 0815', left: '5:00' } });
    await jest.advanceTimersByTimeAsync(60_000);
    expect(page.data).toMatchObject({ shown: { left: '4:00' }, told: { primary: { step: 'call' } } });
    replies['followCase'] = matched;
    await jest.advanceTimersByTimeAsync(10_000);
    expect(page.data).toMatchObject({ shown: null, told: { primary: { step: 'finish' } } });
    expect(jest.getTimerCount()).toBe(0);
    await page.tell('onPrimary');
    expect(moves).toEqual(['replace /packages/enrolment/selfie/selfie']);
    expect(session()).toMatchObject({ at: 'matched', nonce: NONCE, enrolment: { caseId: CASE } });
  });

  it('asks nothing while it is not seen', async () => {
    const page = await opened();
    await page.tell('onPrimary');
    await page.tell('onHide');
    const before = phone.calls.length;
    await jest.advanceTimersByTimeAsync(60_000);
    expect([phone.calls.length, jest.getTimerCount()]).toEqual([before, 0]);
    await page.tell('onShow');
    expect(page.data).toMatchObject({ shown: { left: '4:00' } });
    await page.tell('onUnload');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('sends who has not photographed the card to the camera first', async () => {
    replies['followCase'] = open(false);
    await (await opened()).tell('onPrimary');
    expect(actions()).toEqual(['followCase']);
    expect(moves).toEqual(['replace /packages/enrolment/capture/capture?side=front']);
    expect(session()).toMatchObject({ at: 'consented', enrolment: { caseId: CASE, isFaceless: true } });
  });

  it('says that nothing is decided yet, and says no more than that where something is', async () => {
    replies['followCase'] = inReview;
    const page = await opened();
    await page.tell('onPrimary');
    expect(said).toEqual(['Not decided yet']);
    replies['followCase'] = refusedBy(UNTIL);
    await page.tell('onPrimary');
    expect(said).toHaveLength(1);
    expect(page.data).toMatchObject({ told: { primary: { step: 'appeal' } } });
  });

  it('has the user told by a message once it is decided, after their consent', async () => {
    const reminder = (isWanted: boolean) => ({
      ok: true,
      reminders: [{ kind: 'case_decided', template: 'of-decided', isWanted }],
    });
    let consent = 'reject';
    offer({ requestSubscribeMessage: () => Promise.resolve({ 'of-decided': consent }) });
    isAgreed = false;
    replies = { followCase: inReview, getReminders: reminder(false) };
    const page = await opened();
    const told = () => page.data['told'] as { others: { step: string }[]; points: string[] };
    expect(told().others.map(({ step }) => step)).toEqual(['remind', 'at-counter']);
    await choose(page, 'remind');
    expect(actions()).not.toContain('wantReminder');
    consent = 'accept';
    replies['wantReminder'] = reminder(true);
    replies['getReminders'] = reminder(true);
    await choose(page, 'remind');
    expect(phone.calls.find(({ data }) => data['action'] === 'wantReminder')?.data).toEqual({
      action: 'wantReminder',
      kind: 'case_decided',
      caseId: CASE,
    });
    expect(told().others.map(({ step }) => step)).toEqual(['at-counter']);
    expect(told().points.at(-1)).toContain('one message');
    expect(page.data['busy']).toBe(false);
  });

  it('appeals once that was asked and answered', async () => {
    replies['followCase'] = refusedBy(UNTIL);
    const page = await opened();
    isAgreed = false;
    await page.tell('onPrimary');
    expect(actions()).toEqual(['followCase']);
    isAgreed = true;
    replies['followCase'] = { ...inReview, isAppeal: true };
    await page.tell('onPrimary');
    expect(phone.calls[1]?.data).toEqual({ action: 'appealCase', caseId: CASE });
    expect(page.data).toMatchObject({ busy: false, told: { title: 'Somebody else is looking at it' } });
  });

  it('tells an appeal that came too late, and what is left to do', async () => {
    replies['followCase'] = refusedBy(UNTIL);
    const page = await opened();
    replies['followCase'] = refusedBy(null);
    replies['appealCase'] = refused('wrong_step');
    await page.tell('onPrimary');
    expect(page.data).toMatchObject({ failure: { title: 'This cannot go on for now' }, told: { isOver: true } });
    await page.tell('onPrimary');
    expect(moves).toEqual(['open /packages/enrolment/consent/consent?by=counter']);
  });

  it.each([
    ['a final refusal', refusedBy(null)],
    ['its end', { ok: true, state: 'over' }],
  ])('follows no more after %s, and stays to be read', async (_, reply) => {
    replies['followCase'] = reply;
    const page = await opened();
    expect([page.data['state'], phone.kept.size, moves]).toEqual(['told', 0, []]);
    await choose(page, 'start-again');
    expect(moves).toEqual(['open /packages/enrolment/consent/consent']);
  });

  it('does nothing that is not offered', async () => {
    const page = await opened();
    for (const step of ['appeal', 'finish', 'home', 'other']) await choose(page, step);
    expect([moves, actions()]).toEqual([[], ['followCase']]);
  });

  it('keeps what it shows where an answer is lost, and asks again where there was none', async () => {
    replies['followCase'] = new WxFailure('fail timeout');
    const page = await opened();
    expect(page.data['state']).toBe('failed');
    replies['followCase'] = inReview;
    await page.tell('onRetry');
    replies['followCase'] = new WxFailure('fail timeout');
    await page.tell('onPullDownRefresh');
    expect(page.data).toMatchObject({ state: 'told', told: { icon: 'clock' } });
  });

  it('tells a number that was refused, with the case as it stands now', async () => {
    const page = await opened();
    replies['callCounter'] = refused('wrong_step');
    replies['followCase'] = { ok: true, state: 'over' };
    await page.tell('onPrimary');
    expect(page.data).toMatchObject({ busy: false, shown: null, told: { isOver: true } });
    expect((page.data['failure'] as { title: string }).title).not.toBe('');
  });
});

describe('the first screen of whose case is decided elsewhere', () => {
  const home = async (): Promise<OpenPage> => {
    const page = openPage('pages/home/home');
    await page.tell('onShow');
    return page;
  };

  it.each([
    ['without a card', refused('not_found'), 'none'],
    ['beside a card', cardReply(), 'card'],
  ])('reminds of it %s, and leads to it', async (_, getCard, state) => {
    replies = { getCard, followCase: refusedBy(UNTIL) };
    const page = await home();
    expect(page.data).toMatchObject({ state, reminder: { tone: 'warn' } });
    await page.tell('onCase');
    expect(moves).toEqual(['open /packages/enrolment/case/case']);
  });

  it('asks nothing where there is none, and forgets one that is over', async () => {
    replies = { getCard: cardReply(), followCase: { ok: true, state: 'over' } };
    expect((await home()).data['reminder']).toBeNull();
    await home();
    expect(actions()).toEqual(['getCard', 'followCase', 'getCard']);
  });

  it('says nothing of it where it cannot be asked, and asks again', async () => {
    replies = { getCard: cardReply(), followCase: new WxFailure('fail timeout') };
    expect((await home()).data['reminder']).toBeNull();
    replies['followCase'] = inReview;
    expect((await home()).data['reminder']).toMatchObject({ tone: 'info' });
  });

  it('reminds of a proof that did not come where there is no card any more', async () => {
    const prepared = { ok: true, challenge: NONCE, expiresAt: UNTIL, keys: [{ kid: 'a', key: 'A'.repeat(87) }] };
    phone.kept.set('deletion-order', { data: { statement: 'AAAA', prepared }, encrypt: true });
    replies = { getCard: cardReply(), followCase: inReview };
    expect((await home()).data['awaitsProof']).toBe(false);
    replies['getCard'] = refused('not_found');
    const page = await home();
    expect(page.data['awaitsProof']).toBe(true);
    await page.tell('onProof');
    expect(moves).toEqual(['open /packages/card/deletion/deletion?for=proof']);
  });
});
