import { validators } from '../../../protocol';
import { giveFiles, type FakeFiles } from './fake-files';
import { givePhone, WxFailure, type FakePhone } from './fake-wx';
import { moves, openPage, startScreens, type OpenPage } from './open-page';
import { answerBy, madeCheck, partnerReply, requestsOf } from './partner-service';
import { published, refused } from './replies';

let phone: FakePhone;
let files: FakeFiles;

beforeEach(() => {
  phone = givePhone();
  startScreens();
  files = giveFiles();
});

const opened = async (page: string): Promise<OpenPage> => {
  const instance = openPage(`packages/partner/${page}/${page}`);
  await instance.tell('onLoad');
  return instance;
};
const page20 = (from: number) =>
  Array.from({ length: 20 }, (_, index) => madeCheck({ id: (from + index).toString(16).padStart(32, '0') }));
const idsIn = ({ data }: OpenPage): number =>
  (data['days'] as readonly { readonly checks: readonly unknown[] }[]).flatMap(({ checks }) => checks).length;

describe('the list of checks', () => {
  const next = { at: 1_795_000_000_500, id: '0'.repeat(32) };

  it('grows page by page, and keeps what it has where a page does not come', async () => {
    const pages: unknown[] = [{ ok: true, checks: page20(0), next }];
    answerBy(phone, {
      getPartner: partnerReply(),
      '/public/receipt-keys': published({ error: 'internal' }, 500),
      listChecks: () => pages.shift() ?? Promise.reject(new WxFailure('fail timeout')),
    });
    const page = await opened('checks');
    expect([idsIn(page), page.data['foot'], page.data['hasKeys'], page.data['scope']]).toEqual([
      20,
      'more',
      false,
      'all',
    ]);
    await page.tell('onReachBottom');
    expect([idsIn(page), page.data['foot'], page.data['state']]).toEqual([20, 'cut', 'list']);
    pages.push({ ok: true, checks: page20(20), next: null });
    await page.tell('onReachBottom');
    expect([idsIn(page), page.data['foot']]).toEqual([40, 'end']);
    await page.tell('onReachBottom');
    const asked = requestsOf(phone, 'listChecks');
    expect(asked.every((request) => validators.ListChecksRequest(request))).toBe(true);
    expect(asked).toEqual([{ action: 'listChecks' }, ...[1, 2].map(() => ({ action: 'listChecks', before: next }))]);
  });

  it('calls no receipt verified without keys', async () => {
    answerBy(phone, {
      getPartner: partnerReply({ role: 'clerk', details: null }),
      '/public/receipt-keys': () => Promise.reject(new WxFailure('fail timeout')),
      listChecks: { ok: true, checks: [madeCheck()], next: null },
    });
    const page = await opened('checks');
    expect(page.data['scope']).toBe('own');
    expect(JSON.stringify(page.data['days'])).toContain('Receipt not checked');
  });

  it('says why it cannot be read', async () => {
    answerBy(phone, { getPartner: partnerReply(), listChecks: refused('not_permitted') });
    const page = await opened('checks');
    expect(page.data).toMatchObject({
      state: 'failed',
      failure: { text: expect.stringContaining('Your role') as string },
    });
    answerBy(phone, { getPartner: refused('not_permitted') });
    await page.tell('onRetry');
    expect(page.data['state']).toBe('failed');
  });
});

describe('an export', () => {
  const next = { at: 5, id: '0'.repeat(32) };
  const csv = (rows: number) => 'event,time\r\n' + 'a,b\r\n'.repeat(rows);

  it('puts all pages into one file, hands it over, and removes it with the page', async () => {
    const pages: unknown[] = [
      { ok: true, csv: csv(2), next },
      { ok: true, csv: 'c,d\r\n', next: null },
    ];
    answerBy(phone, { exportChecks: () => pages.shift() });
    const page = await opened('export');
    await page.tell('onPeriod', { detail: { id: 'today' } });
    await page.tell('onMake');
    expect(page.data).toMatchObject({ state: 'made', told: { text: 'Checks in it: 3.' } });
    const asked = requestsOf(phone, 'exportChecks');
    expect(asked.map((request) => validators.ExportChecksRequest(request))).toEqual([true, true]);
    expect(asked[1]).toEqual({ ...asked[0], before: next });
    const [[path, text] = ['', '']] = [...files.written];
    // A spreadsheet knows UTF-8 by its mark.
    expect(text).toBe(`\uFEFF${csv(2)}c,d\r\n`);
    await page.tell('onSend');
    expect([path, files.sent]).toEqual([page.data['file'], [path]]);
    expect(page.data['told']).toMatchObject({ text: expect.stringContaining('Sent') as string });
    await page.tell('onUnload');
    expect(files.written.size).toBe(0);
  });

  it('says nothing of a file that was not sent after all, and warns where it failed', async () => {
    answerBy(phone, { exportChecks: { ok: true, csv: csv(1), next: null } });
    const page = await opened('export');
    await page.tell('onMake');
    const before = page.data['told'];
    files.answer = 'cancel';
    await page.tell('onSend');
    expect(page.data['told']).toEqual(before);
    files.answer = 'broken';
    await page.tell('onSend');
    expect(page.data['told']).toMatchObject({ tone: 'warn' });
    await page.tell('onAnew');
    expect([page.data['state'], files.written.size]).toEqual(['choice', 0]);
  });

  it('makes no file of nothing, of half a period, or on a full phone', async () => {
    answerBy(phone, { exportChecks: { ok: true, csv: csv(0), next: null } });
    const page = await opened('export');
    await page.tell('onMake');
    expect([page.data['state'], page.data['told']]).toEqual(['choice', expect.objectContaining({ tone: 'info' })]);
    const pages: unknown[] = [{ ok: true, csv: csv(2), next }];
    answerBy(phone, { exportChecks: () => pages.shift() ?? Promise.reject(new WxFailure('fail')) });
    await page.tell('onMake');
    expect([page.data['state'], page.data['told']]).toEqual([
      'choice',
      expect.objectContaining({ title: 'No connection' }),
    ]);
    expect(files.written.size).toBe(0);
    files.isFull = true;
    answerBy(phone, { exportChecks: { ok: true, csv: csv(1), next: null } });
    await page.tell('onMake');
    expect(page.data['told']).toMatchObject({ title: "The phone's storage failed" });
    expect(moves).toEqual([]);
  });
});
