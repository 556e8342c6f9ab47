import { enrolmentChallenge, showingHandle, stepUpChallenge, validators } from '../../../protocol';
import { fingerprintSupport, signWithFinger } from '../../../miniprogram/platform/soter';
import { bindFinger, canUseFinger, signShowing } from '../../../miniprogram/services/fingerprint';
import { sha256 } from '../../../cloudfunctions/_adapters/crypto/es256';
import { givePhone, type FakePhone } from './fake-wx';
import { CASE, NONCE, refused } from './replies';
import { giveSensor, type FakeSensor } from './fake-sensor';

const enrolment = { caseId: CASE, evidenceFolder: `evidence/${CASE}` };
let phone: FakePhone;
let sensor: FakeSensor;

beforeEach(() => {
  phone = givePhone();
  sensor = giveSensor();
});

describe('whether a phone can be asked for a finger', () => {
  it.each<[string, Partial<FakeSensor>, string]>([
    ['a sensor that knows a finger', {}, 'ready'],
    ['a sensor that knows none', { isEnrolled: false }, 'not-enrolled'],
    ['no sensor', { modes: [] }, 'unsupported'],
    ['a sensor for faces alone', { modes: ['facial'] }, 'unsupported'],
    [
      'a phone that does not say',
      { supportFailure: { errMsg: 'checkIsSupportSoterAuthentication:fail' } },
      'unsupported',
    ],
  ])('%s', async (_, phones, support) => {
    Object.assign(sensor, phones);
    expect(await fingerprintSupport()).toBe(support);
    expect(await canUseFinger()).toBe(support === 'ready');
    expect(sensor.asked).toEqual([]);
  });
});

describe('a finger that does not sign', () => {
  it.each([
    [90001, 'unsupported'],
    [90003, 'unsupported'],
    [90007, 'failed'],
    [90008, 'cancelled'],
    [90009, 'failed'],
    [90010, 'locked-out'],
    [90011, 'not-enrolled'],
    [undefined, 'failed'],
  ])('by WeChat’s code %s is told as %s', async (errCode, because) => {
    sensor.failure = { errMsg: 'startSoterAuthentication:fail', errCode };
    expect(await signWithFinger('challenge', 'prompt')).toEqual({ ok: false, because });
  });

  it('is told as given up where the words say so and no code does', async () => {
    sensor.failure = { errMsg: 'startSoterAuthentication:fail cancel' };
    expect(await signWithFinger('challenge', 'prompt')).toEqual({ ok: false, because: 'cancelled' });
  });
});

describe('a finger that signs', () => {
  it('is asked for the challenge with words that WeChat takes', async () => {
    await signWithFinger('challenge', 'x'.repeat(60));
    expect(sensor.asked).toEqual([
      { requestAuthModes: ['fingerPrint'], challenge: 'challenge', authContent: 'x'.repeat(42) },
    ]);
  });

  it('binds itself to the card that is being made', async () => {
    phone.answer = () => ({ ok: true, fingerprint: 'bound' });
    expect(await bindFinger(enrolment, NONCE, 'prompt')).toMatchObject({ at: 'service', called: { ok: true } });
    expect(sensor.asked[0]?.challenge).toBe(enrolmentChallenge({ caseId: CASE, nonce: NONCE }, sha256));
    expect(validators.BindFingerprintRequest(phone.calls[0]?.data)).toBe(true);
    expect(phone.calls[0]?.data).toMatchObject({
      caseId: CASE,
      answer: { resultJson: '{"raw":"signed"}', signature: 'c2ln' },
    });
  });

  it('tells the service’s refusal', async () => {
    phone.answer = () => refused('fingerprint_invalid', { triesLeft: 2 });
    expect(await bindFinger(enrolment, NONCE, 'prompt')).toEqual({
      at: 'service',
      called: refused('fingerprint_invalid', { triesLeft: 2 }),
    });
  });

  it('signs for one showing, at one counter, for one purpose', async () => {
    const showing = { handle: NONCE, session: null, purpose: 'parcel-pickup' } as const;
    expect(await signShowing(showing, 'prompt')).toMatchObject({ ok: true });
    expect(sensor.asked[0]?.challenge).toBe(stepUpChallenge({ ...showing, handle: showingHandle(NONCE) }, sha256));
  });

  it('is not sent anywhere where it did not sign', async () => {
    sensor.failure = { errMsg: 'fail', errCode: 90008 };
    expect(await bindFinger(enrolment, NONCE, 'prompt')).toEqual({ at: 'phone', because: 'cancelled' });
    expect(phone.calls).toEqual([]);
  });
});
