import { keepingGrounds, type AskedDeletion } from '../../../protocol';
import { givePhone, offer, WxFailure, type FakePhone } from './fake-wx';
import { openPage, startScreens, type OpenPage } from './open-page';
import { refused } from './replies';

const DAY = 24 * 60 * 60 * 1000;
const request = (number: number, more: Partial<AskedDeletion> = {}): AskedDeletion => ({
  request: number.toString(16).padStart(32, '0'),
  check: number.toString(16).padStart(32, 'c'),
  checkedAt: 1_795_000_000_000,
  shop: 'yunqi-road',
  terminal: 'counter-1',
  purpose: 'parcel-pickup',
  claims: ['masked_name'],
  receipt: null,
  askedAt: 1_795_000_000_000,
  dueAt: 1_795_000_000_000 + 15 * DAY,
  isOverdue: false,
  answered: null,
  ...more,
});
const listed = (requests: readonly AskedDeletion[], next: object | null = null) => ({ ok: true, requests, next });

let phone: FakePhone;
let open: unknown;
let answered: unknown;
let answer: unknown;
let chosen: number | null;
let isAgreed: boolean;
const said: string[] = [];
const copied: string[] = [];

const opened = async (): Promise<OpenPage> => {
  const page = openPage('packages/verifier/requests/requests');
  await page.tell('onLoad');
  return page;
};
const tapped = (dataset: object) => ({ currentTarget: { dataset } });
const answers = (): unknown[] =>
  phone.calls.map(({ data }) => data).filter(({ action }) => action === 'answerDeletionRequest');

beforeEach(() => {
  phone = givePhone();
  startScreens();
  said.length = 0;
  copied.length = 0;
  [chosen, isAgreed] = [0, true];
  open = listed([request(1), request(2, { isOverdue: true })]);
  answered = listed([]);
  answer = { ok: true };
  phone.answer = ({ data }) =>
    data['action'] === 'answerDeletionRequest' ? answer : data['state'] === 'open' ? open : answered;
  offer({
    showActionSheet: () =>
      chosen === null ? Promise.reject(new WxFailure('fail cancel')) : Promise.resolve({ tapIndex: chosen }),
    showModal: () => Promise.resolve({ confirm: isAgreed }),
    showToast: ({ title }: { readonly title: string }) => said.push(title),
    setClipboardData: ({ data }: { readonly data: string }) => {
      copied.push(data);
      return Promise.resolve({});
    },
  });
});

describe('the page of requests to delete', () => {
  it('tells which check each is about, and which is overdue', async () => {
    const page = await opened();
    expect(page.data).toMatchObject({
      state: 'list',
      open: [
        { check: request(1).check, isOverdue: false },
        { isOverdue: true, due: expect.stringContaining('Overdue') as unknown },
      ],
      answered: [],
    });
    await page.tell('onCopy', tapped({ check: request(1).check }));
    expect(copied).toEqual([request(1).check]);
  });

  it('answers that it was deleted once that is confirmed, and reads the lists anew', async () => {
    const page = await opened();
    isAgreed = false;
    await page.tell('onDeleted', tapped({ request: request(1).request }));
    expect(answers()).toEqual([]);
    isAgreed = true;
    open = listed([]);
    const done = { at: 1_795_000_000_001, answer: 'deleted' } as const;
    answered = listed([request(1, { answered: done })]);
    await page.tell('onDeleted', tapped({ request: request(1).request }));
    expect(answers()).toEqual([{ action: 'answerDeletionRequest', request: request(1).request, answer: 'deleted' }]);
    expect(page.data).toMatchObject({
      open: [],
      answered: [{ answer: expect.stringContaining('Deleted') as unknown }],
    });
  });

  it('keeps on a ground alone, and only once that is confirmed', async () => {
    const page = await opened();
    const tap = () => page.tell('onKept', tapped({ request: request(2).request }));
    chosen = null;
    await tap();
    [chosen, isAgreed] = [1, false];
    await tap();
    expect(answers()).toEqual([]);
    isAgreed = true;
    await tap();
    expect(answers()).toMatchObject([{ answer: keepingGrounds[1] }]);
  });

  it('tells where another answered first, and shows what is there then', async () => {
    const page = await opened();
    answer = refused('wrong_step');
    open = listed([]);
    await page.tell('onDeleted', tapped({ request: request(1).request }));
    expect(said).toHaveLength(1);
    expect(page.data['open']).toEqual([]);
  });

  it('keeps what it shows where no answer came, and can be tried again', async () => {
    const page = await opened();
    phone.answer = () => Promise.reject(new WxFailure('fail timeout'));
    await page.tell('onDeleted', tapped({ request: request(1).request }));
    expect(said).toEqual([expect.stringContaining('No answer came')]);
    expect(page.data).toMatchObject({ isBusy: false, state: 'list' });
    expect(page.data['open']).toHaveLength(2);
    const other = await opened();
    expect(other.data['state']).toBe('failed');
    phone.answer = () => open;
    await other.tell('onRetry');
    expect(other.data['state']).toBe('list');
  });

  it('reads the next page below the first, each once', async () => {
    const next = { at: 1, id: 'a'.repeat(32) };
    open = listed([request(1)], next);
    const page = await opened();
    expect(page.data['hasMoreOpen']).toBe(true);
    open = listed([request(2)]);
    await page.tell('onMoreOpen');
    expect(phone.calls.at(-1)?.data).toEqual({ action: 'listDeletionRequests', state: 'open', after: next });
    expect(page.data).toMatchObject({ hasMoreOpen: false, open: [{}, {}] });
    await page.tell('onMoreOpen');
    await page.tell('onMoreAnswered');
    expect(page.data['open']).toHaveLength(2);
  });

  it('is not for whom it is not: says what was refused', async () => {
    open = refused('not_permitted');
    expect((await opened()).data['state']).toBe('failed');
  });
});
