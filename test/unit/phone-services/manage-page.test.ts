import { givePhone, offer, type FakePhone } from './fake-wx';
import { moves, openPage, startScreens, type OpenPage } from './open-page';
import { cardReply, refused } from './replies';

const SINCE = 1_795_000_000_000;
let phone: FakePhone;
let isAgreed: boolean;
const told: string[] = [];

/** What the page asked of the service, beside which reminders there are. */
const actions = (): unknown[] =>
  phone.calls.map(({ data }) => data['action']).filter((action) => action !== 'getReminders');
const opened = async (): Promise<OpenPage> => {
  const page = openPage('packages/card/manage/manage');
  await page.tell('onLoad');
  await page.tell('onShow');
  return page;
};
const choose = (page: OpenPage, act: string) => page.tell('onChoose', { currentTarget: { dataset: { act } } });

beforeEach(() => {
  phone = givePhone();
  startScreens();
  isAgreed = true;
  told.length = 0;
  offer({
    showModal: ({ title }: { readonly title: string }) => {
      told.push(title);
      return Promise.resolve({ confirm: isAgreed });
    },
    showToast: ({ title }: { readonly title: string }) => told.push(title),
  });
  phone.answer = () => cardReply();
});

describe('the page from which the card is managed', () => {
  it.each([
    ['kill-code', 'open /packages/card/kill-code/kill-code'],
    ['visit', 'open /packages/card/visit/visit'],
    ['consents', 'open /packages/card/consents/consents'],
    ['wards', 'open /packages/card/guardian/guardian'],
    ['data-export', 'open /packages/card/data-export/data-export'],
    ['deletion', 'open /packages/card/deletion/deletion'],
  ])('leads to %s', async (act, move) => {
    await choose(await opened(), act);
    expect(moves).toEqual([move]);
  });

  it('tells the page of the kill code since when there is one', async () => {
    const reply = cardReply();
    phone.answer = () => ({ ...reply, card: { ...reply.card, killCodeMadeAt: SINCE } });
    await choose(await opened(), 'kill-code');
    expect(moves).toEqual([`open /packages/card/kill-code/kill-code?since=${String(SINCE)}`]);
  });

  it('suspends once that was asked and answered, and resumes without', async () => {
    const page = await opened();
    isAgreed = false;
    await choose(page, 'suspend');
    isAgreed = true;
    phone.answer = () => cardReply('suspended');
    await choose(page, 'suspend');
    expect(actions()).toEqual(['getCard', 'suspendCard']);
    phone.answer = () => cardReply();
    await choose(page, 'resume');
    expect(actions()).toEqual(['getCard', 'suspendCard', 'resumeCard']);
    expect(told).toEqual(['Suspend the card?', 'Suspend the card?', 'Suspended', 'Resumed']);
  });

  it('leads nowhere from a row that is closed, nor from one that is not there', async () => {
    const reply = cardReply('revoked');
    phone.answer = () => ({ ...reply, card: { ...reply.card, ended: { reason: 'obtained_by_fraud', at: SINCE } } });
    const page = await opened();
    for (const act of ['kill-code', 'visit', 'deletion', 'suspend', 'resume', 'other']) await choose(page, act);
    expect([moves, actions()]).toEqual([[], ['getCard']]);
  });

  it('tells a change that was refused, and leaves the rows as they were', async () => {
    const page = await opened();
    phone.answer = () => refused('wrong_step');
    await choose(page, 'suspend');
    expect(told.at(-1)).toBe('This cannot go on for now');
    expect(page.data).toMatchObject({ state: 'rows', busy: false });
  });

  it('leads home where there is no card, and can be tried again where no answer came', async () => {
    phone.answer = () => undefined;
    const page = await opened();
    expect(page.data['state']).toBe('failed');
    phone.answer = () => refused('not_found');
    await page.tell('onRetry');
    expect(moves).toEqual(['restart /pages/home/home']);
  });
});

describe('the reminder that the card ends', () => {
  const reminders = (isWanted: boolean) => ({
    ok: true,
    reminders: [
      { kind: 'card_ends', template: 'of-ends', isWanted },
      { kind: 'case_decided', template: 'of-decided', isWanted: false },
    ],
  });
  let isWanted: boolean;
  const asked: unknown[] = [];
  /** Gives WeChat's answer to the question whether the user takes a message. */
  const consent = (answer: () => Promise<object>): void =>
    offer({
      requestSubscribeMessage: (option: unknown) => {
        asked.push(option);
        return answer();
      },
      openSetting: (option: unknown) => {
        asked.push(option);
        return Promise.resolve({ authSetting: {} });
      },
    });
  const note = (page: OpenPage): string | undefined =>
    (page.data['rows'] as { act: string; note: string }[]).find(({ act }) => act === 'reminder')?.note;

  beforeEach(() => {
    isWanted = false;
    asked.length = 0;
    phone.answer = ({ data }) => {
      if (data['action'] === 'wantReminder') isWanted = true;
      if (data['action'] === 'dropReminder') isWanted = false;
      return data['action'] === 'getCard' ? cardReply() : reminders(isWanted);
    };
    consent(() => Promise.resolve({ 'of-ends': 'accept' }));
  });

  it('is switched on once the user has consented in WeChat’s dialogue, and off without it', async () => {
    const page = await opened();
    expect(note(page)).toContain('Off');
    await choose(page, 'reminder');
    expect(asked).toEqual([{ tmplIds: ['of-ends'] }]);
    expect(phone.calls.at(-1)?.data).toEqual({ action: 'wantReminder', kind: 'card_ends' });
    expect(note(page)).toContain('On');
    await choose(page, 'reminder');
    expect(phone.calls.at(-1)?.data).toEqual({ action: 'dropReminder', kind: 'card_ends' });
    expect([note(page), asked.length]).toEqual([expect.stringContaining('Off'), 1]);
    expect(told).toEqual(['You will be told in time', 'The reminder is off']);
  });

  it.each<[string, () => Promise<object>, string, boolean]>([
    ['declines', () => Promise.resolve({ 'of-ends': 'reject' }), 'No reminder is set', true],
    [
      'has switched messages off',
      () => Promise.reject(Object.assign(new Error('off'), { errCode: 20004 })),
      'Messages are switched off',
      true,
    ],
    ['cannot be asked: banned', () => Promise.resolve({ 'of-ends': 'ban' }), 'No reminder can be set now', false],
    ['cannot be asked: failed', () => Promise.reject(new Error('x')), 'No reminder can be set now', false],
  ])('stays off where the user %s, and says the way out', async (_, answer, title, leadsToSettings) => {
    consent(answer);
    const page = await opened();
    await choose(page, 'reminder');
    expect(actions()).toEqual(['getCard']);
    expect(told).toEqual([title]);
    expect(asked.slice(1)).toEqual(leadsToSettings ? [{ withSubscriptions: true }] : []);
    expect(note(page)).toContain('Off');
    expect(page.data['busy']).toBe(false);
  });

  it('tells what the service refuses', async () => {
    const page = await opened();
    phone.answer = () => refused('wrong_step');
    await choose(page, 'reminder');
    expect(told).toEqual(['This cannot go on for now']);
    expect(note(page)).toContain('Off');
  });

  it('has no row where it is not known, and the others are there', async () => {
    phone.answer = ({ data }) => (data['action'] === 'getCard' ? cardReply() : undefined);
    const page = await opened();
    expect([page.data['state'], note(page)]).toEqual(['rows', undefined]);
  });
});
