import type * as cardKeys from '../../../miniprogram/services/card-key';
import type * as enrolmentSession from '../../../miniprogram/services/enrolment-session';
import { guardianChallenge, parseGuardianStatement, validators } from '../../../protocol';
import { sha256 } from '../../../cloudfunctions/_adapters/crypto/es256';
import { giveSensor, type FakeSensor } from './fake-sensor';
import { givePhone, offer, type FakePhone } from './fake-wx';
import { moves, openPage, startScreens, type OpenPage } from './open-page';
import { refused } from './replies';

const CASE = 'c'.repeat(32);
const CHALLENGE = 'AAAAAAAAAAAAAAAAAAAAAA';
const NUMBER = '04821937';
const NOW = 1_795_000_000_000;

let phone: FakePhone;
let sensor: FakeSensor;
let isAgreed: boolean;
let step: string | undefined;
let serve: (more?: Readonly<Record<string, unknown>>) => void;
const said: string[] = [];
const actions = (): unknown[] => phone.calls.map(({ data }) => data['action']);

const opened = {
  ok: true,
  caseId: CASE,
  challenge: CHALLENGE,
  maskedName: '林**',
  age: 8,
  processes: ['document', 'face'],
  fingerprint: false,
  expiresAt: NOW + 600_000,
};
const ward = {
  reference: 'd'.repeat(32),
  maskedName: '林**',
  age: 8,
  consentedAt: NOW,
  withdrawnAt: null as number | null,
};
let wards = [ward];

beforeEach(() => {
  jest.useFakeTimers();
  phone = givePhone();
  startScreens();
  sensor = giveSensor();
  isAgreed = true;
  step = 'needed';
  wards = [ward];
  said.length = 0;
  offer({
    showModal: () => Promise.resolve({ confirm: isAgreed }),
    showToast: ({ title }: { readonly title: string }) => said.push(title),
  });
  serve = (more = {}) => {
    phone.answer = ({ data }) => {
      const replies: Readonly<Record<string, unknown>> = {
        followCase: {
          ok: true,
          state: 'open',
          isRead: true,
          until: NOW + 3_600_000,
          ...(step !== undefined && { guardian: step }),
        },
        callGuardian: { ok: true, number: NUMBER, serverTime: NOW, expiresAt: NOW + 600_000 },
        callCounter: { ok: true, number: '11112222', serverTime: NOW, expiresAt: NOW + 300_000 },
        listWards: { ok: true, wards },
        openGuardianCall: opened,
        consentAsGuardian: { ok: true, guardian: 'given' },
        withdrawAsGuardian: { ok: true },
        ...more,
      };
      return replies[String(data['action'])];
    };
  };
  serve();
});

afterEach(() => {
  jest.useRealTimers();
});

describe('the page on which a child waits for a guardian', () => {
  const waiting = async (): Promise<OpenPage> => {
    // The same modules as the page's own: it is what the steps before have left.
    const page = openPage('packages/enrolment/guardian/guardian');
    const session = jest.requireActual<typeof enrolmentSession>('../../../miniprogram/services/enrolment-session');
    session.consented({ caseId: CASE, evidenceFolder: `evidence/${CASE}` });
    session.read({} as never, true);
    await page.tell('onLoad');
    return page;
  };

  it('shows the number, and goes on by itself once the guardian has consented', async () => {
    const page = await waiting();
    expect(page.data).toMatchObject({ state: 'needed', shown: null });
    await page.tell('onCallGuardian');
    expect(validators.CallGuardianRequest(phone.calls.at(-1)?.data)).toBe(true);
    expect(page.data['shown']).toMatchObject({ groups: '0482 1937', left: '10:00', isOver: false });
    await jest.advanceTimersByTimeAsync(2000);
    expect(page.data['shown']).toMatchObject({ left: '9:58' });
    step = 'given';
    await jest.advanceTimersByTimeAsync(1000);
    expect(page.data).toMatchObject({ state: 'given', shown: null });
    const asked = phone.calls.length;
    await jest.advanceTimersByTimeAsync(30_000);
    expect(phone.calls).toHaveLength(asked);
    await page.tell('onGoOn');
    expect(moves.at(-1)).toBe('replace /packages/enrolment/selfie/selfie');
  });

  it('sends the family to a counter where the register does not know, and waits for it', async () => {
    step = 'unconfirmed';
    const page = await waiting();
    expect(page.data['state']).toBe('unconfirmed');
    await page.tell('onCallCounter');
    expect(phone.calls.at(-1)?.data).toEqual({ action: 'callCounter', caseId: CASE });
    expect(page.data['shown']).toMatchObject({ groups: '1111 2222', left: '5:00' });
    step = undefined;
    await jest.advanceTimersByTimeAsync(3000);
    expect(page.data['state']).toBe('given');
  });

  it('asks nothing while nobody looks, and goes on when somebody does', async () => {
    const page = await waiting();
    await page.tell('onHide');
    const asked = phone.calls.length;
    await jest.advanceTimersByTimeAsync(30_000);
    expect(phone.calls).toHaveLength(asked);
    await page.tell('onShow');
    await jest.advanceTimersByTimeAsync(3000);
    expect(phone.calls.length).toBeGreaterThan(asked);
    await page.tell('onUnload');
    const last = phone.calls.length;
    await jest.advanceTimersByTimeAsync(30_000);
    expect(phone.calls).toHaveLength(last);
  });

  it('tells a refusal with a next step, and an enrolment that is over', async () => {
    const page = await waiting();
    serve({ callGuardian: refused('too_many_requests') });
    await page.tell('onCallGuardian');
    expect(page.data).toMatchObject({ state: 'refused', told: { next: 'home' } });

    const over = await waiting();
    serve({ followCase: { ok: true, state: 'over' } });
    await jest.advanceTimersByTimeAsync(3000);
    expect(over.data).toMatchObject({ state: 'refused', told: { next: 'start-again' } });
  });

  it('leads home where no document was read', async () => {
    const page = openPage('packages/enrolment/guardian/guardian');
    await page.tell('onLoad');
    expect(moves).toEqual(['restart /pages/home/home']);
    expect(phone.calls).toEqual([]);
  });
});

describe('the page on which a guardian consents', () => {
  const page = async (): Promise<OpenPage> => {
    const cardKey = jest.requireActual<typeof cardKeys>('../../../miniprogram/services/card-key');
    const shown = openPage('packages/card/guardian/guardian');
    await cardKey.adoptKeyOfCase(CASE, await cardKey.keyForCase(CASE));
    await shown.tell('onLoad');
    return shown;
  };
  const type = (on: OpenPage, value: string): Promise<unknown> => on.tell('onType', { detail: { value } });

  it('reads whom and what it is about, and signs exactly that with the card’s key', async () => {
    const on = await page();
    await type(on, '0482 1937');
    await on.tell('onOpen');
    expect(phone.calls.at(-1)?.data).toEqual({ action: 'openGuardianCall', number: NUMBER });
    expect(on.data).toMatchObject({ state: 'read', child: { name: '林**', age: '8 years old' } });
    await on.tell('onConsent');
    const request = phone.calls.find(({ data }) => data['action'] === 'consentAsGuardian')?.data;
    expect(validators.ConsentAsGuardianRequest(request)).toBe(true);
    expect(request).not.toHaveProperty('fingerprint');
    const statement = parseGuardianStatement(String(request?.['statement']));
    expect(statement).toMatchObject({ case: CASE, challenge: CHALLENGE, text: '2026-11' });
    expect(on.data).toMatchObject({ state: 'given', child: null, typed: '' });
  });

  it('asks for the finger that is bound, and sends nothing without', async () => {
    serve({ openGuardianCall: { ...opened, fingerprint: true } });
    const on = await page();
    await type(on, NUMBER);
    await on.tell('onOpen');
    sensor.failure = { errMsg: 'fail', errCode: 90008 };
    await on.tell('onConsent');
    expect(on.data).toMatchObject({ state: 'read' });
    expect(on.data['fault']).toContain('You cancelled');
    expect(actions()).not.toContain('consentAsGuardian');
    sensor.failure = null;
    await on.tell('onConsent');
    expect(on.data['state']).toBe('given');
    expect(sensor.asked.at(-1)).toMatchObject({
      challenge: guardianChallenge({ caseId: CASE, challenge: CHALLENGE }, sha256),
    });
  });

  it('takes no number that is none, and tells one that does not serve beside it', async () => {
    const on = await page();
    const asked = phone.calls.length;
    for (const typed of ['', '1234567', '123456789', 'abcdefgh']) {
      await type(on, typed);
      await on.tell('onOpen');
      expect(on.data['fault']).not.toBe('');
    }
    expect(phone.calls).toHaveLength(asked);
    serve({ openGuardianCall: refused('not_found') });
    await type(on, NUMBER);
    await on.tell('onOpen');
    expect(on.data).toMatchObject({ state: 'number' });
    expect(on.data['fault']).toContain('not right');
  });

  it.each([
    ['guardian_underage', 'restart /pages/home/home'],
    ['not_guardian', 'restart /pages/home/home'],
    ['fingerprint_changed', 'replace /packages/card/security/security'],
  ])('leads on after %s', async (code, move) => {
    const on = await page();
    await type(on, NUMBER);
    await on.tell('onOpen');
    serve({ consentAsGuardian: refused(code) });
    await on.tell('onConsent');
    expect(on.data['state']).toBe('refused');
    await on.tell('onNext');
    expect(moves.at(-1)).toBe(move);
  });

  it('signs again after an outage of the authority, and tells what still needs a counter', async () => {
    const on = await page();
    await type(on, NUMBER);
    await on.tell('onOpen');
    serve({ consentAsGuardian: refused('authority_unavailable') });
    await on.tell('onConsent');
    serve({ consentAsGuardian: { ok: true, guardian: 'unconfirmed' } });
    await on.tell('onNext');
    expect(on.data['state']).toBe('unconfirmed');
  });

  it('lists the children, and withdraws once that was asked and answered', async () => {
    const on = await page();
    expect(on.data['wards']).toMatchObject([{ name: '林**', canWithdraw: true }]);
    const tap = { currentTarget: { dataset: { reference: ward.reference } } };
    isAgreed = false;
    await on.tell('onWithdraw', tap);
    expect(actions()).not.toContain('withdrawAsGuardian');
    isAgreed = true;
    wards = [{ ...ward, withdrawnAt: NOW }];
    await on.tell('onWithdraw', tap);
    expect(phone.calls.find(({ data }) => data['action'] === 'withdrawAsGuardian')?.data).toEqual({
      action: 'withdrawAsGuardian',
      reference: ward.reference,
    });
    expect(on.data['wards']).toMatchObject([{ canWithdraw: false }]);
    expect(said).toEqual(['Withdrawn']);
  });

  it('asks who has no card to get one first', async () => {
    serve({ listWards: refused('not_found') });
    const on = await page();
    expect(on.data['state']).toBe('cardless');
  });

  it('keeps nothing of a child once it is left', async () => {
    const on = await page();
    await type(on, NUMBER);
    await on.tell('onOpen');
    await on.tell('onUnload');
    expect(on.data).toMatchObject({ child: null, wards: [] });
    const asked = phone.calls.length;
    await on.tell('onConsent');
    expect(phone.calls).toHaveLength(asked);
  });
});
