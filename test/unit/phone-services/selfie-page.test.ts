import type * as Session from '../../../miniprogram/services/enrolment-session';
import { giveSensor, type FakeSensor } from './fake-sensor';
import { givePhone, WxFailure, type FakePhone } from './fake-wx';
import { moves, openPage, startScreens, type OpenPage } from './open-page';
import { CASE, mintReply, NONCE, refused } from './replies';

let phone: FakePhone;
let sensor: FakeSensor;

const actions = (): unknown[] => phone.calls.map(({ data }) => data['action']);
/** The service that matches every face, binds every finger and mints every card, but for what a test says. */
const serve = (more: Readonly<Record<string, unknown>> = {}): void => {
  const replies: Readonly<Record<string, unknown>> = {
    matchFace: { ok: true, outcome: 'matched', nonce: NONCE },
    bindFingerprint: { ok: true, fingerprint: 'bound' },
    mintCard: mintReply,
    ...more,
  };
  phone.answer = ({ data }) => {
    const reply = replies[String(data['action'])];
    return reply instanceof Error ? Promise.reject(reply) : reply;
  };
};

/** The page with a selfie taken. */
const taken = async (): Promise<OpenPage> => {
  const page = openPage('packages/enrolment/selfie/selfie');
  await page.tell('onLoad');
  await page.tell('onTaken', { detail: { file: 'selfie' } });
  return page;
};

beforeEach(() => {
  phone = givePhone();
  startScreens();
  sensor = giveSensor();
  openPage('packages/enrolment/selfie/selfie');
  const session = jest.requireActual<typeof Session>('../../../miniprogram/services/enrolment-session');
  session.consented({ caseId: CASE, evidenceFolder: `evidence/${CASE}` });
  session.read({} as Parameters<typeof session.read>[0]);
  serve();
});

describe('the page of the selfie, once the face has matched', () => {
  it('offers the phone’s fingerprint, and makes the card with it', async () => {
    const page = await taken();
    expect(page.data).toMatchObject({ state: 'finger', fingerFault: '', canTryFinger: true });
    expect(actions()).toEqual(['matchFace']);
    await page.tell('onFinger');
    expect(page.data['state']).toBe('done');
    expect(actions()).toEqual(['matchFace', 'bindFingerprint', 'mintCard']);
  });

  it('makes the card without it where the holder leaves it out', async () => {
    const page = await taken();
    await page.tell('onSkipFinger');
    expect(page.data['state']).toBe('done');
    expect(actions()).toEqual(['matchFace', 'mintCard']);
    expect(sensor.asked).toEqual([]);
  });

  it.each<[string, Partial<FakeSensor>]>([
    ['no sensor', { modes: [] }],
    ['no finger set up', { isEnrolled: false }],
  ])('does not speak of it on a phone with %s', async (_, phones) => {
    Object.assign(sensor, phones);
    const page = await taken();
    expect(page.data['state']).toBe('done');
    expect(actions()).toEqual(['matchFace', 'mintCard']);
  });

  it.each([
    [90008, 'You cancelled', true],
    [90009, 'not recognised', true],
    [90010, 'locked its sensor', false],
    [90011, 'knows no fingerprint', false],
    [90001, 'cannot confirm fingerprints', false],
  ])('tells the sensor’s failure %s by itself, and always leads on', async (errCode, words, canTryFinger) => {
    const page = await taken();
    sensor.failure = { errMsg: 'fail', errCode };
    await page.tell('onFinger');
    expect(page.data).toMatchObject({ state: 'finger', canTryFinger, fingerBusy: false });
    expect(page.data['fingerFault']).toContain(words);
    sensor.failure = null;
    await page.tell('onSkipFinger');
    expect(page.data['state']).toBe('done');
  });

  it('lets the finger be tried again where the service does not take it, as long as there are tries', async () => {
    const page = await taken();
    serve({ bindFingerprint: refused('fingerprint_invalid', { triesLeft: 1 }) });
    await page.tell('onFinger');
    expect(page.data).toMatchObject({ state: 'finger', canTryFinger: true });
    expect(page.data['fingerFault']).toContain('not confirmed');
    serve({ bindFingerprint: refused('fingerprint_invalid', { triesLeft: 0 }) });
    await page.tell('onFinger');
    expect(page.data).toMatchObject({ state: 'finger', canTryFinger: false });
    serve();
    await page.tell('onSkipFinger');
    expect(page.data['state']).toBe('done');
  });

  it('lets it be tried again after a lost answer, and begins anew where the enrolment is gone', async () => {
    const page = await taken();
    serve({ bindFingerprint: new WxFailure('fail timeout') });
    await page.tell('onFinger');
    expect(page.data).toMatchObject({ state: 'finger', canTryFinger: true });
    serve({ bindFingerprint: refused('wrong_step') });
    await page.tell('onFinger');
    expect(page.data['state']).toBe('refused');
    await page.tell('onNext');
    expect(moves.slice(-2)).toEqual(['restart /pages/home/home', 'open /packages/enrolment/consent/consent']);
  });
});

describe('the page of the selfie, where the face does not do', () => {
  const CASE_PAGE = 'replace /packages/enrolment/case/case';

  it('leads to the page of the case where a person must look at it', async () => {
    serve({ matchFace: { ok: true, outcome: 'inReview' } });
    await taken();
    expect(moves).toEqual([CASE_PAGE]);
    expect(phone.kept.get('followed-case')).toEqual({ data: CASE, encrypt: true });
  });

  it('leads there, too, where the phone cannot keep which case it is', async () => {
    phone.isFullFor = (key) => key === 'followed-case';
    serve({
      matchFace: { ok: true, outcome: 'inReview' },
      followCase: { ok: true, state: 'inReview', isAppeal: false },
    });
    await taken();
    const page = openPage('packages/enrolment/case/case');
    await page.tell('onShow');
    expect(page.data['state']).toBe('told');
  });

  it.each([
    ['not close enough', { ok: true, outcome: 'retake', triesLeft: 2 }],
    ['another face', refused('faces_differ', { triesLeft: 2, picture: 'selfie' })],
  ])('goes on with the same case at a counter: %s', async (_, matchFace) => {
    serve({ matchFace });
    const page = await taken();
    await page.tell('onCounter');
    expect(moves).toEqual([CASE_PAGE]);
    expect(phone.kept.get('followed-case')).toEqual({ data: CASE, encrypt: true });
  });

  it.each([
    ['the last try', refused('faces_differ', { triesLeft: 0, picture: 'selfie' })],
    ['the authority’s word', refused('authority_faces_differ', { triesLeft: 0, picture: 'selfie' })],
  ])('begins anew, for a counter, after %s', async (_, matchFace) => {
    serve({ matchFace });
    const page = await taken();
    await page.tell('onCounter');
    expect(moves).toEqual(['restart /pages/home/home', 'open /packages/enrolment/consent/consent?by=counter']);
    expect(phone.kept.has('followed-case')).toBe(false);
  });

  it('offers no counter for what is not about the face', async () => {
    serve({ matchFace: refused('authority_unavailable', { triesLeft: 5 }) });
    expect((await taken()).data['counter']).toBe('none');
    serve({ mintCard: refused('identity_has_card') });
    const page = await taken();
    await page.tell('onSkipFinger');
    expect(page.data).toMatchObject({ state: 'refused', counter: 'none' });
  });

  it('asks for no selfie of whom somebody has vouched for', async () => {
    jest
      .requireActual<typeof Session>('../../../miniprogram/services/enrolment-session')
      .vouched({ caseId: CASE, evidenceFolder: `evidence/${CASE}` }, NONCE);
    const page = openPage('packages/enrolment/selfie/selfie');
    await page.tell('onLoad');
    expect(page.data['state']).toBe('finger');
    await page.tell('onSkipFinger');
    expect(page.data['state']).toBe('done');
    expect(actions()).toEqual(['mintCard']);
  });
});
