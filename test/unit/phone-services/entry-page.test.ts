import type { FunctionCall } from './fake-wx';
import { givePhone, offer, WxFailure, type FakePhone } from './fake-wx';
import { moves, openPage, startScreens, type OpenPage } from './open-page';
import { checkedEntry, createPublicLog } from './public-log';
import { refused } from './replies';

const { entry, opening } = checkedEntry();
let phone: FakePhone;
let log: ReturnType<typeof createPublicLog>;
let copied: string[];
const said: string[] = [];
/** What is chosen of a list, and answered to a question. */
let chosen: number | null;
let isAgreed: boolean;

const standing = { isReported: false, mayAskDeletion: true, deletion: null, consent: null };
const serve = (holder: unknown = { ok: true, entry, opening, standing }, acted: unknown = holder): void => {
  phone.answer = (call: FunctionCall) =>
    call.name === 'public' ? log.answer(call) : call.data['action'] === 'openEntry' ? holder : acted;
};
const opened = async (number = '4'): Promise<OpenPage> => {
  const page = openPage('packages/card/entry/entry');
  await page.tell('onLoad', { number });
  return page;
};

beforeEach(async () => {
  phone = givePhone();
  startScreens();
  copied = [];
  said.length = 0;
  chosen = 0;
  isAgreed = true;
  offer({
    setClipboardData: ({ data }: { readonly data: string }) => {
      copied.push(data);
      return Promise.resolve({});
    },
    showActionSheet: () =>
      chosen === null ? Promise.reject(new WxFailure('fail cancel')) : Promise.resolve({ tapIndex: chosen }),
    showModal: () => Promise.resolve({ confirm: isAgreed }),
    showToast: ({ title }: { readonly title: string }) => said.push(title),
  });
  log = createPublicLog();
  log.append(null, opening);
  await log.publish();
  serve();
});

describe('the page of one entry', () => {
  it('tells it, verifies its receipt by itself, and proves it when asked', async () => {
    const page = await opened();
    expect(phone.calls[0]?.data).toEqual({ action: 'openEntry', number: 4 });
    expect(page.data).toMatchObject({ state: 'open', receipt: 'signed', canProve: true, proof: null });
    await page.tell('onProve');
    expect(page.data).toMatchObject({ isProving: false, proof: { tone: 'good', title: 'Proven' }, hasEvidence: false });
  });

  it('alarms where the log was rewritten, and hands the evidence over', async () => {
    await (await opened()).tell('onProve');
    const other = createPublicLog();
    other.append(opening, null);
    await other.publish();
    log = other;
    const page = await opened();
    await page.tell('onProve');
    expect(page.data).toMatchObject({ proof: { tone: 'bad' }, hasEvidence: true });
    await page.tell('onCopy');
    expect(copied.join()).toContain('"log_rewritten"');
    expect(copied.join()).not.toContain(opening.content);
    // It is told as long as it is there, also where the log answers as if nothing had been.
    const later = await opened();
    expect(later.data['hasEvidence']).toBe(true);
    offer({ setClipboardData: () => Promise.reject(new WxFailure('fail')) });
    await later.tell('onCopy');
    expect(said).toEqual([expect.stringContaining('not copied')]);
  });

  it('tells a missing entry, and offers no proof of nothing', async () => {
    serve({ ok: true, entry: { kind: 'entry_missing', number: 4 }, opening: null, standing: null });
    const page = await opened();
    expect(page.data).toMatchObject({ state: 'open', canProve: false, receipt: '' });
    await page.tell('onProve');
    expect(phone.calls.map(({ name }) => name)).toEqual(['holder']);
  });

  it('can be tried again where no answer came, and leads back where the address names no entry', async () => {
    phone.answer = () => Promise.reject(new WxFailure('fail timeout'));
    const page = await opened();
    expect(page.data).toMatchObject({ state: 'failed', failure: { title: 'No connection' } });
    serve();
    await page.tell('onRetry');
    expect(page.data['state']).toBe('open');
    serve(refused('not_found'));
    expect((await opened()).data['state']).toBe('failed');
    for (const number of ['0', '-1', 'x', '1e3', '']) {
      moves.length = 0;
      await opened(number);
      expect(moves).toEqual(['back']);
    }
  });

  it('does not send a second proof after a first that is under way', async () => {
    const page = await opened();
    const before = phone.calls.length;
    await Promise.all([page.tell('onProve'), page.tell('onProve')]);
    const asked = phone.calls.slice(before).filter(({ data }) => data['path'] === '/public/log/checkpoint');
    expect(asked).toHaveLength(1);
  });

  it('reports for the chosen reason, and nothing where none was chosen', async () => {
    const reported = { ok: true, standing: { ...standing, isReported: true } };
    serve(undefined, reported);
    const page = await opened();
    chosen = null;
    await page.tell('onReport');
    chosen = 1;
    await page.tell('onReport');
    const acts = phone.calls.filter(({ data }) => data['action'] === 'reportPartner');
    expect(acts.map(({ data }) => data)).toEqual([{ action: 'reportPartner', number: 4, reason: 'not_me' }]);
    expect(page.data['standing']).toMatchObject({ canReport: false, canAskDeletion: true });
  });

  it('withdraws a consent once that was asked and answered, and tells when it was', async () => {
    const given = { ...standing, consent: { state: 'given', until: 1_826_536_000_000 } };
    const withdrawn = { ...standing, consent: { state: 'withdrawn', at: 1_795_000_000_000 } };
    serve({ ok: true, entry, opening, standing: given }, { ok: true, standing: withdrawn });
    const page = await opened();
    const consent = 'The business may ask whether your card is valid until 18 Nov 2027.';
    expect(page.data['standing']).toMatchObject({ canWithdraw: true, consent });
    isAgreed = false;
    await page.tell('onWithdraw');
    isAgreed = true;
    await page.tell('onWithdraw');
    const acts = phone.calls.map(({ data }) => data).filter(({ action }) => action === 'withdrawLastingConsent');
    expect(acts).toEqual([{ action: 'withdrawLastingConsent', number: 4 }]);
    expect(page.data['standing']).toMatchObject({
      ...{ canWithdraw: false, canAskDeletion: true },
      consent: expect.stringContaining('You withdrew your consent on 18 Nov 2026') as unknown,
    });
  });

  it('withdraws a consent whose entry is missing, and offers nothing else about it', async () => {
    const missing = { kind: 'entry_missing', number: 4 };
    const left = { ...standing, mayAskDeletion: false, consent: { state: 'given', until: 1_826_536_000_000 } };
    const withdrawn = { ...left, consent: { state: 'withdrawn', at: 1_795_000_000_000 } };
    serve({ ok: true, entry: missing, opening: null, standing: left }, { ok: true, standing: withdrawn });
    const page = await opened();
    const nothingElse = { canReport: false, canAskDeletion: false };
    expect(page.data['standing']).toMatchObject({ canWithdraw: true, ...nothingElse });
    await page.tell('onWithdraw');
    expect(phone.calls.at(-1)?.data).toEqual({ action: 'withdrawLastingConsent', number: 4 });
    expect(page.data['standing']).toMatchObject({ canWithdraw: false, ...nothingElse });
  });

  it('asks to delete once that was asked and answered, and tells what was refused', async () => {
    const askedAt = 1_795_000_000_000;
    const deletion = { askedAt, dueAt: askedAt + 1, isOverdue: false, answered: null };
    serve(undefined, { ok: true, standing: { ...standing, mayAskDeletion: false, deletion } });
    const page = await opened();
    isAgreed = false;
    await page.tell('onAskDeletion');
    expect(phone.calls.some(({ data }) => data['action'] === 'askDeletion')).toBe(false);
    isAgreed = true;
    await page.tell('onAskDeletion');
    expect(page.data['standing']).toMatchObject({ canReport: true, canAskDeletion: false });
    serve(undefined, refused('too_many_requests'));
    await page.tell('onReport');
    expect(said).toEqual([expect.stringContaining('too often')]);
    expect(page.data).toMatchObject({ isActing: false, standing: { canReport: true } });
  });

  it('leads from an answer to the check that it is about, and offers nothing about what is no check', async () => {
    const { id, at, partner } = entry;
    const answered = { id, at, number: 4, kind: 'deletion_answered', check: 2, partner, answer: 'deleted' };
    const happening = { kind: 'deletion_answered', check: 2, partner: 'courier', answer: 'deleted' };
    const its = { ...opening, content: JSON.stringify({ id, at, happening }) };
    serve({ ok: true, entry: answered, opening: its, standing: null });
    const page = await opened();
    expect(page.data).toMatchObject({ about: 2, standing: null, receipt: '' });
    await page.tell('onAbout');
    expect(moves).toEqual(['open /packages/card/entry/entry?number=2']);
    log.append(its);
    await log.publish();
    await page.tell('onProve');
    expect(page.data['proof']).toMatchObject({ tone: 'good' });
  });
});
