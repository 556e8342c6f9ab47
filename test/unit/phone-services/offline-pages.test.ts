import type { PublicKey } from '../../../protocol';
import type * as CardKey from '../../../miniprogram/services/card-key';
import type * as Passes from '../../../miniprogram/services/passes';
import { createPassMaker, shownText } from '../../support/passes';
import { givePhone, offer, WxFailure, type FakePhone } from './fake-wx';
import { moves, openPage, startScreens } from './open-page';
import { offlineReply, passService } from './pass-service';
import { cardReply, CASE, refused } from './replies';

const START = 1_795_000_200_000;
const maker = createPassMaker();
let phone: FakePhone;
let scans: string[];
let holderKey: PublicKey;

const goOffline = (): void => {
  phone.answer = () => Promise.reject(new WxFailure('fail timeout'));
};
/** Lets what a page began and does not wait for come to its end. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn += 1) await jest.advanceTimersByTimeAsync(0);
};

beforeEach(() => {
  jest.useFakeTimers({ now: START });
  phone = givePhone();
  scans = [];
  startScreens();
  offer({
    getScreenBrightness: () => Promise.resolve({ value: 0.4 }),
    setScreenBrightness: () => Promise.resolve(),
    vibrateShort: () => Promise.resolve(),
    scanCode: () => Promise.resolve({ result: scans.shift() ?? '' }),
  });
});
afterEach(() => {
  jest.clearAllTimers();
  jest.useRealTimers();
});

/** A phone with a card, and with passes where they are wanted. */
const enrolled = async (withPasses: boolean): Promise<void> => {
  const cards = jest.requireActual<typeof CardKey>('../../../miniprogram/services/card-key');
  const key = await cards.keyForCase(CASE);
  await cards.adoptKeyOfCase(CASE, key);
  holderKey = key.publicKey;
  phone.answer = passService(
    maker,
    () => holderKey,
    () => Date.now(),
  );
  if (withPasses) await jest.requireActual<typeof Passes>('../../../miniprogram/services/passes').refillPasses();
  goOffline();
};

describe('the holder without a network', () => {
  it('is offered a pass on the page that could not show the card, and goes on to it', async () => {
    await enrolled(true);
    const page = openPage('packages/card/show/show');
    await page.tell('onLoad', { purpose: 'parcel-pickup' });
    await settle();
    expect(page.data).toMatchObject({ state: 'refused', hasPass: true, told: { isOffline: true } });
    await page.tell('onOffline');
    expect(moves).toEqual(['replace /packages/card/offline/offline?purpose=parcel-pickup']);
  });

  it.each([
    ['has no passes', false, 'parcel-pickup', true],
    ['shows for a purpose that none serves', true, 'internet-cafe', true],
    ['was refused by the service', true, 'parcel-pickup', false],
  ])('is offered none who %s', async (_, withPasses, purpose, isOffline) => {
    await enrolled(withPasses);
    if (!isOffline) phone.answer = () => refused('card_not_active');
    const page = openPage('packages/card/show/show');
    await page.tell('onLoad', { purpose });
    await settle();
    const { hasPass, told } = page.data as { hasPass: boolean; told: { isOffline: boolean } };
    expect(hasPass && told.isOffline).toBe(false);
  });

  it('is offered passes on the first page, where the service is out of reach and there are some', async () => {
    await enrolled(true);
    const page = openPage('pages/home/home');
    await page.tell('onShow');
    await settle();
    expect(page.data).toMatchObject({ state: 'failed', offline: [{ id: 'age-check' }, { id: 'parcel-pickup' }] });
    await page.tell('onOffline', { currentTarget: { dataset: { purpose: 'age-check' } } });
    expect(moves).toEqual(['open /packages/card/offline/offline?purpose=age-check']);
    phone.answer = () => cardReply();
    await page.tell('onRetry');
    expect(page.data['state']).toBe('card');
  });

  it('is offered none on the first page where there are none', async () => {
    await enrolled(false);
    const page = openPage('pages/home/home');
    await page.tell('onShow');
    await settle();
    expect(page.data).toMatchObject({ state: 'failed', offline: [] });
  });

  it('shows one pass, is told how old its status is, and takes another only when asked', async () => {
    await enrolled(true);
    jest.setSystemTime(START + 2 * 3_600_000);
    const page = openPage('packages/card/offline/offline');
    await page.tell('onLoad', { purpose: 'parcel-pickup' });
    await settle();
    expect(page.data).toMatchObject({ state: 'code', tells: ['Masked name', 'Masked identity number'] });
    expect(page.data['asOf']).toMatch(/^Checked offline: status as of .*not more than 2 h old$/);
    expect(page.data['remaining']).toContain('9');
    await jest.advanceTimersByTimeAsync(5 * 60_000);
    expect([page.data['state'], jest.getTimerCount()]).toEqual(['over', 0]);
    await page.tell('onAgain');
    expect(page.data['remaining']).toContain('8');
    await page.tell('onScanned');
    expect([page.data['state'], jest.getTimerCount()]).toEqual(['done', 0]);
  });

  it('is led home where no pass is left', async () => {
    await enrolled(false);
    const page = openPage('packages/card/offline/offline');
    await page.tell('onLoad', { purpose: 'parcel-pickup' });
    expect(page.data).toMatchObject({ state: 'refused', told: { next: 'home' } });
    await page.tell('onNext');
    expect(moves).toEqual(['restart /pages/home/home']);
  });

  it('gets new passes once the card was shown online', async () => {
    await enrolled(false);
    const service = passService(
      maker,
      () => holderKey,
      () => Date.now(),
    );
    const opened = { ok: true, serverTime: START, expiresAt: START + 300_000, matchMark: { word: 0, colour: 0 } };
    phone.answer = (call) => {
      if (call.data['action'] === 'prepareShowing') return { ok: true, handle: 'AAECAwQFBgcICQoLDA0ODw' };
      return call.data['action'] === 'openShowing' ? opened : service(call);
    };
    const page = openPage('packages/card/show/show');
    await page.tell('onLoad', { purpose: 'parcel-pickup' });
    await settle();
    await page.tell('onUnload');
    expect((phone.kept.get('passes')?.data as { passes: unknown[] }).passes).toHaveLength(10);
  });
});

const terminalReply = {
  ok: true,
  partner: { zh: '云栖路快递驿站', en: 'Yunqi Road Parcel Station' },
  shop: 'yunqi',
  terminal: '1',
  role: 'clerk',
  grants: [{ purpose: 'parcel-pickup', claims: ['masked_name', 'masked_number'] }],
};
const online = ({ data }: { readonly data: Readonly<Record<string, unknown>> }): unknown => {
  if (data['action'] === 'describeTerminal') return terminalReply;
  if (data['action'] === 'prepareOffline') return offlineReply(maker, Date.now());
  const uses = data['uses'] as { requestId: string }[];
  return {
    ok: true,
    results: uses.map(({ requestId }) => ({
      requestId,
      outcome: 'used_before',
      firstUsedAt: START,
      notValidSince: null,
    })),
  };
};
const openScan = async () => {
  const page = openPage('packages/verifier/scan/scan');
  await page.tell('onLoad');
  await page.tell('onShow');
  await settle();
  return page;
};

describe('the merchant without a network', () => {
  it('goes on with the shop as it was last heard of', async () => {
    goOffline();
    expect((await openScan()).data['state']).toBe('failed');
    phone.answer = online;
    expect((await openScan()).data).toMatchObject({ state: 'ready', isOffline: false });
    goOffline();
    const page = await openScan();
    expect(page.data).toMatchObject({
      state: 'ready',
      isOffline: true,
      shop: 'Yunqi Road Parcel Station',
      purposes: [{ id: 'parcel-pickup' }],
    });
    phone.answer = () => refused('not_permitted');
    await page.tell('onRetry');
    expect(page.data['state']).toBe('notStaff');
  });

  it('scans a pass by itself, and a code of the service as ever', async () => {
    phone.answer = online;
    const page = await openScan();
    scans.push(shownText(maker.make(), 0), 'SOMETHING ELSE');
    await page.tell('onScan');
    await page.tell('onScan');
    expect(moves).toEqual(['open /packages/verifier/pass/pass', 'open /packages/verifier/result/result']);
  });

  it('sees what a pass tells and how old it is, and hears later that it was used before', async () => {
    phone.answer = online;
    const scan = await openScan();
    goOffline();
    scans.push(shownText(maker.make(), 0));
    await scan.tell('onScan');
    const page = openPage('packages/verifier/pass/pass');
    await page.tell('onLoad');
    await jest.advanceTimersByTimeAsync(3000);
    expect(page.data).toMatchObject({
      state: 'valid',
      claims: [{ value: '林**' }, { value: '3****************0' }],
    });
    expect(page.data['asOf']).toContain('not more than 1 min old');
    await page.tell('onUnload');
    expect(jest.getTimerCount()).toBe(0);
    await scan.tell('onShow');
    await settle();
    expect(scan.data['unsent']).toContain('1');
    phone.answer = online;
    await scan.tell('onShow');
    await settle();
    expect(scan.data['unsent']).toBe('');
    expect(scan.data['reports']).toMatchObject([{ text: expect.stringContaining('used at') as unknown }]);
    await scan.tell('onRead');
    expect(scan.data['reports']).toEqual([]);
  });

  it('is told why a pass is not accepted', async () => {
    phone.answer = online;
    const scan = await openScan();
    const text = shownText(maker.make(), 0);
    scans.push(text, text);
    for (const state of ['valid', 'refused']) {
      await scan.tell('onScan');
      const page = openPage('packages/verifier/pass/pass');
      await page.tell('onLoad');
      expect(page.data['state']).toBe(state);
      if (state === 'refused') expect(page.data['verdict']).toMatchObject({ tone: 'bad', title: 'Used before' });
      await page.tell('onUnload');
    }
  });

  it('shows nothing of a pass on a page that was opened without one', async () => {
    await openPage('packages/verifier/pass/pass').tell('onLoad');
    expect(moves).toEqual(['back']);
  });
});
