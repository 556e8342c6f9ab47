import { givePhone, type FakePhone } from './fake-wx';
import { moves, openPage, startScreens } from './open-page';
import { refused } from './replies';

const session = 'AAAAAAAAAAAAAAAAAAAAAA';
const claimed = {
  ok: true,
  partner: { zh: '考试中心', en: 'Examination Centre' },
  terminal: 'gate-2',
  purpose: 'exam-entry',
  claims: ['name', 'number'],
  portrait: true,
  stepUp: ['face'],
};
let phone: FakePhone;

beforeEach(() => {
  phone = givePhone();
  startScreens();
});

const opened = async (answer: unknown) => {
  phone.answer = () => answer;
  const page = openPage('packages/card/request/request');
  await page.tell('onLoad', { session });
  return page;
};

describe('a counter’s request', () => {
  it('says what is to be proved, and leads to the showing for that counter', async () => {
    const page = await opened(claimed);
    expect(page.data).toMatchObject({ state: 'asked', partner: 'Examination Centre', stepUp: 'Face' });
    await page.tell('onAgree');
    expect(moves).toEqual([`replace /packages/card/show/show?purpose=exam-entry&session=${session}`]);
  });

  it.each([
    ['fingerprint_not_bound', 'replace /packages/card/security/security'],
    ['tier_too_low', 'restart /pages/home/home'],
    ['card_limited', 'restart /pages/home/home'],
    ['session_over', 'restart /pages/home/home'],
  ])('that the card cannot serve leads on from %s', async (code, led) => {
    const page = await opened(refused(code));
    expect(page.data['state']).toBe('refused');
    await page.tell('onNext');
    expect(moves).toEqual([led]);
  });

  it('that the card cannot serve yet says from when it will', async () => {
    const page = await opened(refused('card_limited', { until: Date.parse('2026-11-27T18:00:00+08:00') }));
    expect(page.data['told']).toMatchObject({ details: ['From 27 Nov 2026 18:00 it serves again'] });
  });

  it('is asked for again where no answer came', async () => {
    const page = await opened(undefined);
    phone.answer = () => claimed;
    await page.tell('onNext');
    expect(page.data['state']).toBe('asked');
  });
});
