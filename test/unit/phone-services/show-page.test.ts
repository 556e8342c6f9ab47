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
