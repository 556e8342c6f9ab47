import type * as Check from '../../../miniprogram/services/check';
import { givePhone, held, WxFailure, type FakePhone } from './fake-wx';
import { moves, openPage, startScreens, type OpenPage } from './open-page';
import { redeemReply, refused } from './replies';

let phone: FakePhone;

/** Scans a code and opens the page of its result. */
const scanned = async (code = 'RRQ'): Promise<OpenPage> => {
  const page = openPage('packages/verifier/result/result');
  // Of the page's own making, for the check lives in its module.
  await jest.requireActual<typeof Check>('../../../miniprogram/services/check').begin(code, 'parcel-pickup');
  return page;
};
const tap = (look: string) => ({ currentTarget: { dataset: { look } } });

beforeEach(() => {
  jest.useFakeTimers();
  phone = givePhone();
  phone.answer = () => redeemReply();
  startScreens();
});
afterEach(() => {
  jest.clearAllTimers();
  jest.useRealTimers();
});

describe('the page of a check’s result', () => {
  it('shows the answer and how it grows older', async () => {
    const page = await scanned();
    await page.tell('onLoad');
    expect(page.data).toMatchObject({ state: 'valid', claims: [{ name: 'Masked name', value: '林**' }] });
    const before = JSON.stringify(page.data['facts']);
    jest.advanceTimersByTime(5000);
    expect(before).toContain('just now');
    expect(JSON.stringify(page.data['facts'])).toContain('5 s ago');
  });

  it('has the face compared only where there is a portrait', async () => {
    const shown = async (portrait: string | null): Promise<unknown> => {
      const reply = redeemReply();
      phone.answer = () => ({ ...reply, answer: { ...reply.answer, portrait } });
      const page = await scanned();
      await page.tell('onLoad');
      return page.data['by'];
    };
    expect([await shown('AAAA'), await shown(null)]).toEqual(['portrait', 'mark']);
  });

  it('goes back where there is no check', async () => {
    const page = openPage('packages/verifier/result/result');
    await page.tell('onLoad');
    expect(moves).toEqual(['back']);
  });

  it('keeps no timer running once it is left', async () => {
    const page = await scanned();
    await page.tell('onLoad');
    expect(jest.getTimerCount()).toBe(1);
    await page.tell('onUnload');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('that is left before the answer came shows none, keeps none, and closes no other page', async () => {
    const late = held<unknown>();
    phone.answer = () => late.promise;
    const page = await scanned();
    const loading = page.tell('onLoad');
    await page.tell('onUnload');
    late.give(redeemReply());
    await loading;
    expect([page.data['state'], page.data['claims'], jest.getTimerCount(), moves]).toEqual(['checking', [], 0, []]);
  });

  it('shows each customer their own answer, though the one before came late', async () => {
    const late = held<unknown>();
    phone.answer = ({ data }) => (data['code'] === 'FIRST' ? late.promise : redeemReply('王'));
    const first = await scanned('FIRST');
    const loading = first.tell('onLoad');
    await first.tell('onUnload');
    const second = await scanned('SECOND');
    late.give(redeemReply('林'));
    await loading;
    await second.tell('onLoad');
    expect(second.data['claims']).toEqual([{ name: 'Masked name', value: '王**' }]);
  });

  it('asks again only where no answer came, and then shows what came', async () => {
    phone.answer = () => Promise.reject(new WxFailure('fail timeout'));
    const page = await scanned();
    await page.tell('onLoad');
    expect(page.data).toMatchObject({ state: 'refused', verdict: { title: 'Not determined', canAskAgain: true } });
    phone.answer = () => redeemReply();
    await Promise.all([page.tell('onAgain'), page.tell('onAgain')]);
    expect([page.data['state'], jest.getTimerCount(), moves]).toEqual(['valid', 1, []]);
  });

  it('sends the first look that staff say, once, and again where it did not arrive', async () => {
    const page = await scanned();
    await page.tell('onLoad');
    phone.answer = () => refused('internal');
    await page.tell('onLook', tap('nobody'));
    expect(page.data['look']).toBe('');
    await page.tell('onLook', tap('different'));
    await page.tell('onLook', tap('same'));
    expect(page.data).toMatchObject({ look: 'different', sent: 'unsent' });
    phone.answer = ({ data }) => ({ ok: true, look: data['look'] });
    await page.tell('onSend');
    expect(page.data).toMatchObject({ look: 'different', sent: 'sent' });
    const looks = phone.calls.flatMap(({ data }) => data['look'] ?? []);
    expect(looks).toEqual(['different', 'different']);
  });
});
