import { validators } from '../../../protocol';
import { giveSensor, type FakeSensor } from './fake-sensor';
import { givePhone, offer, WxFailure, type FakePhone } from './fake-wx';
import { moves, openPage, startScreens, type OpenPage } from './open-page';
import { refused } from './replies';

const RENEWAL = 'd'.repeat(32);
let phone: FakePhone;
let sensor: FakeSensor;
let isAgreed: boolean;
const said: string[] = [];

const actions = (): unknown[] => phone.calls.map(({ data }) => data['action']);
const serve = (more: Readonly<Record<string, unknown>> = {}): void => {
  const replies: Readonly<Record<string, unknown>> = {
    prepareRenewal: {
      ok: true,
      renewalId: RENEWAL,
      evidenceFolder: `evidence/${RENEWAL}`,
      expiresAt: 1_795_000_000_000,
    },
    renewFingerprint: { ok: true, fingerprint: 'bound' },
    withdrawConsent: { ok: true, subject: 'faceTemplate' },
    ...more,
  };
  phone.answer = ({ data }) => replies[String(data['action'])];
};
const opened = async (): Promise<OpenPage> => {
  const page = openPage('packages/card/security/security');
  await page.tell('onLoad');
  return page;
};
const taken = { detail: { file: 'selfie' } };

beforeEach(() => {
  phone = givePhone();
  startScreens();
  sensor = giveSensor();
  isAgreed = true;
  said.length = 0;
  offer({
    showModal: () => Promise.resolve({ confirm: isAgreed }),
    showToast: ({ title }: { readonly title: string }) => said.push(title),
  });
  serve();
});

describe('the page of finger and face', () => {
  it('binds a finger with a selfie, the finger first', async () => {
    const page = await opened();
    await page.tell('onBegin');
    expect(page.data['state']).toBe('camera');
    expect(phone.uploads).toEqual([]);
    await page.tell('onTaken', taken);
    expect(page.data['state']).toBe('done');
    expect(actions()).toEqual(['prepareRenewal', 'renewFingerprint']);
    expect(validators.RenewFingerprintRequest(phone.calls[1]?.data)).toBe(true);
    expect(phone.uploads[0]?.cloudPath).toMatch(new RegExp(`^evidence/${RENEWAL}/[0-9a-f]{32}\\.jpg$`));
  });

  it.each([
    [90008, 'You cancelled'],
    [90010, 'locked its sensor'],
    [90009, 'not recognised'],
  ])('uploads nothing for a touch that fails, and tells %s by itself', async (errCode, words) => {
    sensor.failure = { errMsg: 'fail', errCode };
    const page = await opened();
    await page.tell('onBegin');
    expect(page.data).toMatchObject({ state: 'start', busy: false });
    expect(page.data['fault']).toContain(words);
    expect(phone.uploads).toEqual([]);
  });

  it('asks nobody where the phone has no sensor', async () => {
    sensor.modes = [];
    const page = await opened();
    await page.tell('onBegin');
    expect(page.data['fault']).toContain('cannot confirm fingerprints');
    expect(phone.calls).toEqual([]);
  });

  it.each(['faces_differ', 'not_live', 'fingerprint_invalid', 'wrong_step'])(
    'begins with the finger again after %s: a touch is good once',
    async (code) => {
      const page = await opened();
      serve({ renewFingerprint: refused(code) });
      await page.tell('onBegin');
      await page.tell('onTaken', taken);
      expect(page.data['state']).toBe('refused');
      // The touch is spent, and so is its selfie.
      await page.tell('onTaken', taken);
      expect(actions()).toEqual(['prepareRenewal', 'renewFingerprint']);
      await page.tell('onNext');
      expect(page.data['state']).toBe('camera');
      expect(sensor.asked).toHaveLength(2);
    },
  );

  it('leads home where it cannot go on, and says so where the selfie did not arrive', async () => {
    serve({ prepareRenewal: refused('card_not_active') });
    const page = await opened();
    await page.tell('onBegin');
    await page.tell('onNext');
    expect(moves.at(-1)).toBe('restart /pages/home/home');
    serve();
    await page.tell('onBegin');
    phone.isOffline = true;
    await page.tell('onTaken', taken);
    expect(page.data).toMatchObject({ state: 'refused', told: { title: 'No connection' } });
  });

  it('deletes the measure of the face once that was asked and answered', async () => {
    const page = await opened();
    isAgreed = false;
    await page.tell('onWithdraw');
    expect(phone.calls).toEqual([]);
    isAgreed = true;
    await page.tell('onWithdraw');
    expect(actions()).toEqual(['withdrawConsent']);
    phone.answer = () => Promise.reject(new WxFailure('fail timeout'));
    await page.tell('onWithdraw');
    expect(said).toEqual(['Deleted', expect.stringContaining('No answer came')]);
  });
});
