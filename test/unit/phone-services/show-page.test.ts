import { adoptKeyOfCase, keyForCase } from '../../../miniprogram/services/card-key';
import { givePhone, held, offer, type FakePhone } from './fake-wx';
import { moves, startScreens, openPage } from './open-page';
import { CASE, refused } from './replies';

const SERVER_TIME = 1_795_000_000_000;
let phone: FakePhone;
let brightness: number[];

const opened = {
  ok: true,
  serverTime: SERVER_TIME,
  expiresAt: SERVER_TIME + 300_000,
  matchMark: { word: 0, colour: 0 },
};
const prepared = { ok: true, handle: 'AAECAwQFBgcICQoLDA0ODw' };

beforeEach(async () => {
  jest.useFakeTimers();
  phone = givePhone();
  startScreens();
  brightness = [];
  offer({
    getScreenBrightness: () => Promise.resolve({ value: 0.4 }),
    setScreenBrightness: ({ value }: { readonly value: number }) => Promise.resolve(brightness.push(value)),
  });
  await adoptKeyOfCase(CASE, await keyForCase(CASE));
});
afterEach(() => {
  jest.clearAllTimers();
  jest.useRealTimers();
});

const show = () => openPage('packages/card/show/show');

describe('the page that shows the card', () => {
  it('is bright and counts while it is seen, and neither once it is left', async () => {
    phone.answer = ({ data }) => (data['action'] === 'prepareShowing' ? prepared : opened);
    const page = show();
    await page.tell('onLoad', { purpose: 'parcel-pickup' });
    await jest.advanceTimersByTimeAsync(1000);
    expect(page.data['state']).toBe('code');
    expect([brightness, jest.getTimerCount()]).toEqual([[1], 1]);
    await page.tell('onHide');
    await jest.advanceTimersByTimeAsync(0);
    expect([brightness, jest.getTimerCount()]).toEqual([[1, 0.4], 0]);
    await page.tell('onShow');
    await jest.advanceTimersByTimeAsync(0);
    await page.tell('onUnload');
    await jest.advanceTimersByTimeAsync(0);
    expect([brightness, jest.getTimerCount()]).toEqual([[1, 0.4, 1, 0.4], 0]);
  });

  it('leaves the phone as it was where it is left before the showing is open', async () => {
    const late = held<unknown>();
    phone.answer = ({ data }) => (data['action'] === 'prepareShowing' ? prepared : late.promise);
    const page = show();
    const loading = page.tell('onLoad', { purpose: 'parcel-pickup' });
    await page.tell('onUnload');
    late.give(opened);
    await loading;
    await jest.advanceTimersByTimeAsync(1000);
    expect([brightness, jest.getTimerCount()]).toEqual([[], 0]);
  });

  it('that was hidden meanwhile goes on when it is seen again', async () => {
    const late = held<unknown>();
    phone.answer = ({ data }) => (data['action'] === 'prepareShowing' ? prepared : late.promise);
    const page = show();
    const loading = page.tell('onLoad', { purpose: 'parcel-pickup' });
    await page.tell('onHide');
    late.give(opened);
    await loading;
    expect(jest.getTimerCount()).toBe(0);
    await page.tell('onShow');
    expect([page.data['state'], jest.getTimerCount()]).toEqual(['code', 1]);
  });

  // As after a change of phones: without a way to enrol again, whoever has a valid card could never show it.
  it('leads to a new enrolment where this phone has no key of the card', async () => {
    phone.kept.clear();
    const page = show();
    await page.tell('onLoad', { purpose: 'parcel-pickup' });
    expect(page.data['state']).toBe('refused');
    await page.tell('onNext');
    expect(moves).toEqual(['restart /pages/home/home', 'open /packages/enrolment/consent/consent']);
  });

  it('opens anew where the step was lost, and leads home from what is final', async () => {
    phone.answer = ({ data }) => (data['action'] === 'prepareShowing' ? refused('wrong_step') : opened);
    const page = show();
    await page.tell('onLoad', { purpose: 'parcel-pickup' });
    const asked = phone.calls.length;
    phone.answer = () => refused('card_not_active');
    await page.tell('onNext');
    expect(phone.calls.length).toBe(asked + 1);
    await page.tell('onNext');
    expect(moves).toEqual(['restart /pages/home/home']);
  });
});

describe('the page that shows the card for a task that asks for the face', () => {
  const query = { purpose: 'exam-entry', session: 'AAAAAAAAAAAAAAAAAAAAAA' };
  const taken = (file: string) => ({ detail: { file } });
  const actions = (): unknown[] => phone.calls.map(({ data }) => data['action']);
  const serve = (opening: unknown): void => {
    phone.answer = ({ data }) => (data['action'] === 'prepareShowing' ? prepared : opening);
  };
  const files = (): string[] => phone.uploads.map(({ filePath }) => filePath);

  it('asks for the selfie before it prepares anything, and shows the code once it is the same face', async () => {
    serve(opened);
    const page = show();
    await page.tell('onLoad', query);
    expect(page.data).toMatchObject({ state: 'selfie', count: '' });
    expect(phone.calls).toEqual([]);
    await page.tell('onSelfie', taken('first'));
    expect(page.data).toMatchObject({ state: 'code', part: 2 });
    expect(actions().slice(0, 2)).toEqual(['prepareShowing', 'openShowing']);
  });

  it.each(['faces_differ', 'not_live', 'no_face'])('takes another selfie after %s', async (code) => {
    serve(refused(code, { picture: 'selfie', triesLeft: 9 }));
    const page = show();
    await page.tell('onLoad', query);
    await page.tell('onSelfie', taken('first'));
    expect(page.data).toMatchObject({ state: 'refused', told: { details: ['Tries left: 9'] } });
    await page.tell('onNext');
    expect(page.data['state']).toBe('selfie');
    serve(opened);
    await page.tell('onSelfie', taken('second'));
    expect(page.data['state']).toBe('code');
    expect(files()).toEqual(['first', 'second']);
  });

  it('sends the same selfie again where it was not at fault, and asks for a new one for the next showing', async () => {
    serve(refused('wrong_step'));
    const page = show();
    await page.tell('onLoad', query);
    await page.tell('onSelfie', taken('first'));
    serve(opened);
    await page.tell('onNext');
    expect(page.data['state']).toBe('code');
    expect(files()).toEqual(['first', 'first']);
    await page.tell('onAgain');
    expect(page.data['state']).toBe('selfie');
  });

  it.each([
    ['too_many_tries', ['restart /pages/home/home']],
    ['portrait_not_found', ['restart /pages/home/home', 'open /packages/enrolment/consent/consent']],
    ['fingerprint_not_bound', ['replace /packages/card/security/security']],
  ])('leads on from %s', async (code, led) => {
    serve(refused(code));
    const page = show();
    await page.tell('onLoad', query);
    await page.tell('onSelfie', taken('first'));
    await page.tell('onNext');
    expect(moves).toEqual(led);
  });

  it('has a way out without a camera, and begins with the selfie where the finger is asked for too', async () => {
    const page = show();
    await page.tell('onLoad', { ...query, purpose: 'bank-account-opening' });
    expect(page.data).toMatchObject({ state: 'selfie', count: 'Step 1 of 2' });
    await page.tell('onLeave');
    expect(moves).toEqual(['restart /pages/home/home']);
  });
});
