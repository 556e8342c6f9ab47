import { serveAsk, SESSION } from './ask-service';
import { givePhone, held, offer, WxFailure, type FakePhone } from './fake-wx';
import { moves, openPage, startScreens, type OpenPage } from './open-page';
import { refused } from './replies';

/** Years behind the phone's clock. */
const SERVER = 1_600_000_000_000;
let phone: FakePhone;
let buzzes: number;
let numbers: number;

type Otherwise = NonNullable<Parameters<typeof serveAsk>[1]>;
const none = () => ({ ok: true, session: null });
const serve = (otherwise: Otherwise = {}): void =>
  serveAsk(phone, {
    openAskNumber: () => {
      numbers += 1;
      return { ok: true, number: `00420815${String(numbers)}`, serverTime: SERVER, expiresAt: SERVER + 300_000 };
    },
    findAsk: none,
    ...otherwise,
  });
const unreachable = (): never => {
  throw new WxFailure('fail timeout');
};
const opened = async (): Promise<OpenPage> => {
  const page = openPage('packages/card/ask-number/ask-number');
  await page.tell('onLoad');
  await page.tell('onShow');
  return page;
};
const looks = (): string[] =>
  phone.calls.filter(({ data }) => data['action'] === 'findAsk').map(({ data }) => String(data['number']));
const passes = (milliseconds: number): Promise<void> => jest.advanceTimersByTimeAsync(milliseconds);

beforeEach(() => {
  jest.useFakeTimers({ now: 1_795_000_000_000 });
  phone = givePhone();
  startScreens();
  buzzes = 0;
  numbers = 0;
  offer({ vibrateShort: () => (buzzes += 1) });
  serve();
});
afterEach(() => {
  jest.clearAllTimers();
  jest.useRealTimers();
});

describe('the page of the number that is read out', () => {
  it('shows it in threes, and what is left of its time, whatever the phone’s clock says', async () => {
    const page = await opened();
    expect(page.data).toMatchObject({
      state: 'number',
      shown: { groups: '004 208 151', left: '5:00', isOver: false, label: 'Number to read out: 0 0 4 2 0 8 1 5 1' },
    });
    await passes(61_000);
    expect(page.data['shown']).toMatchObject({ left: '3:59' });
  });

  it('looks every two seconds whether an institution has asked, and then leads to what it asks', async () => {
    const page = await opened();
    await passes(6000);
    expect(looks()).toEqual(Array.from({ length: 4 }, () => '004208151'));
    serve({ findAsk: () => ({ ok: true, session: SESSION }) });
    await passes(2000);
    expect(moves).toEqual([`replace /packages/card/request/request?session=${SESSION}`]);
    expect([buzzes, jest.getTimerCount()]).toEqual([1, 0]);
    await page.tell('onUnload');
  });

  it('neither counts nor looks while it is not seen, and does both at once when it is seen again', async () => {
    const page = await opened();
    await page.tell('onHide');
    const before = looks().length;
    await passes(60_000);
    expect([looks().length - before, jest.getTimerCount()]).toEqual([0, 0]);
    serve({ findAsk: () => ({ ok: true, session: SESSION }) });
    await page.tell('onShow');
    await passes(0);
    expect(moves).toHaveLength(1);
  });

  it('leads nowhere while it is not seen: what was found is found again', async () => {
    const late = held<unknown>();
    serve({ findAsk: () => late.promise });
    const page = await opened();
    await page.tell('onHide');
    late.give({ ok: true, session: SESSION });
    await passes(0);
    expect(moves).toEqual([]);
    await page.tell('onShow');
    await passes(0);
    expect(moves).toHaveLength(1);
  });

  it('keeps no timer once it is left, whatever comes in afterwards', async () => {
    const late = held<unknown>();
    serve({ findAsk: () => late.promise });
    const page = await opened();
    await page.tell('onUnload');
    late.give({ ok: true, session: SESSION });
    await passes(60_000);
    expect([moves, jest.getTimerCount()]).toEqual([[], 0]);
  });

  it('asks ever more rarely where no answer comes, says so, and goes on as before once one does', async () => {
    serve({ findAsk: unreachable });
    const page = await opened();
    await passes(0);
    expect(page.data['isCut']).toBe(true);
    const after = async (milliseconds: number): Promise<number> => {
      const before = looks().length;
      await passes(milliseconds);
      return looks().length - before;
    };
    expect([await after(3999), await after(1), await after(7999), await after(1)]).toEqual([0, 1, 0, 1]);
    expect([await after(16_000), await after(16_000)]).toEqual([1, 1]);
    serve();
    await passes(16_000);
    expect(page.data['isCut']).toBe(false);
    expect(await after(4000)).toBe(2);
  });

  it('asks once more when the number is over, offers another, and looks for that one', async () => {
    const page = await opened();
    await passes(302_000);
    expect(page.data['shown']).toMatchObject({ isOver: true });
    expect(jest.getTimerCount()).toBe(0);
    await page.tell('onAnew');
    expect(page.data['shown']).toMatchObject({ groups: '004 208 152', isOver: false });
    await passes(2000);
    expect(looks().slice(-2)).toEqual(['004208152', '004208152']);
  });

  it('follows the new number alone, though a look for the old one is still under way', async () => {
    const late = held<unknown>();
    serve({ findAsk: ({ data }) => (data['number'] === '004208151' ? late.promise : none()) });
    const page = await opened();
    await page.tell('onAnew');
    late.give({ ok: true, session: SESSION });
    await passes(0);
    expect(moves).toEqual([]);
    expect(looks()).toEqual(['004208151', '004208152']);
    await passes(2000);
    expect(looks()).toHaveLength(3);
  });

  it('says why no number is given, and what helps', async () => {
    serve({ openAskNumber: () => refused('too_many_requests') });
    const page = await opened();
    expect(page.data).toMatchObject({ state: 'refused', told: { title: 'No further number this hour', next: 'home' } });
    await page.tell('onNext');
    expect(moves).toEqual(['restart /pages/home/home']);
    serve({ openAskNumber: unreachable });
    const cut = await opened();
    serve();
    await cut.tell('onNext');
    expect(cut.data['state']).toBe('number');
  });
});
