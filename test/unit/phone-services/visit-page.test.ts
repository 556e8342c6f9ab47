import { givePhone, type FakePhone } from './fake-wx';
import { moves, openPage, startScreens, type OpenPage } from './open-page';
import { refused } from './replies';

const SERVER = 1_600_000_000_000;
let phone: FakePhone;

const opened = async (): Promise<OpenPage> => {
  const page = openPage('packages/card/visit/visit');
  await page.tell('onLoad');
  await page.tell('onShow');
  return page;
};
const left = (page: OpenPage): unknown => (page.data['shown'] as { left: string }).left;

beforeEach(() => {
  jest.useFakeTimers({ now: 1_795_000_000_000 });
  phone = givePhone();
  startScreens();
  // The service's clock is years behind the phone's: the number lasts its five minutes all the same.
  phone.answer = () => ({ ok: true, number: '00420815', serverTime: SERVER, expiresAt: SERVER + 300_000 });
});
afterEach(() => {
  jest.clearAllTimers();
  jest.useRealTimers();
});

describe('the page of the counter’s number', () => {
  it('shows the number and what is left of its time, whatever the phone’s clock says', async () => {
    const page = await opened();
    expect(page.data).toMatchObject({ state: 'number', shown: { groups: '0042 0815', left: '5:00', isOver: false } });
    await jest.advanceTimersByTimeAsync(61_000);
    expect(left(page)).toBe('3:59');
  });

  it('says that it is over, counts no further and gives another when asked', async () => {
    const page = await opened();
    await jest.advanceTimersByTimeAsync(300_000);
    expect(page.data).toMatchObject({ shown: { isOver: true } });
    expect(jest.getTimerCount()).toBe(0);
    await page.tell('onAnew');
    expect([left(page), phone.calls]).toMatchObject(['5:00', [{}, {}]]);
  });

  it('counts nothing while it is not seen, and is right when it is seen again', async () => {
    const page = await opened();
    await page.tell('onHide');
    await jest.advanceTimersByTimeAsync(60_000);
    expect([left(page), jest.getTimerCount()]).toEqual(['5:00', 0]);
    await page.tell('onShow');
    expect(left(page)).toBe('4:00');
    await page.tell('onUnload');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('leads home where the card cannot be used, and asks again where no answer came', async () => {
    phone.answer = () => undefined;
    const page = await opened();
    expect(page.data).toMatchObject({ state: 'refused', told: { next: 'try-again' } });
    phone.answer = () => refused('card_not_active');
    await page.tell('onNext');
    await page.tell('onNext');
    expect(moves).toEqual(['restart /pages/home/home']);
  });

  it('says when the next number is had where there were too many', async () => {
    phone.answer = () => refused('too_many_requests');
    const page = await opened();
    const { title, text, next } = page.data['told'] as { title: string; text: string; next: string };
    expect([title, next]).toEqual(['No further number this hour', 'home']);
    expect(text).toContain('after the full hour');
  });
});
