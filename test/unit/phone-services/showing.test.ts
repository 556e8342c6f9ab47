import {
  CODE_LIFE_S,
  CODE_RENEWAL_S,
  instant,
  parseCode,
  showingHandle,
  stepUpChallenge,
  stepUpFolder,
  validators,
  verifyCode,
  verifyShowingStatement,
  type PublicKey,
  type SessionHandle,
} from '../../../protocol';
import { adoptKeyOfCase, keyForCase } from '../../../miniprogram/services/card-key';
import { show, type PhoneShowing } from '../../../miniprogram/services/showing';
import { sha256, verifySignature } from '../protocol/support';
import { givePhone, WxFailure, type FakePhone, type FunctionCall } from './fake-wx';
import { giveSensor } from './fake-sensor';
import { CASE, refused } from './replies';

const HANDLE = 'AAECAwQFBgcICQoLDA0ODw';
const SERVER_TIME = 1_795_000_000_400;
const HOUR = 3_600_000;

let phone: FakePhone;
let clock: jest.SpyInstance<number, []>;
let statement = '';

const opened = ({ data }: FunctionCall): unknown => {
  if (data['action'] === 'prepareShowing') return { ok: true, handle: HANDLE };
  statement = String(data['statement']);
  return {
    ok: true,
    serverTime: SERVER_TIME,
    expiresAt: SERVER_TIME + 300_000,
    matchMark: { word: 7, colour: 1 },
  };
};

/** A phone with a card's key, whose clock is wrong by so much. */
const enrolledPhone = async (wrongBy = 0): Promise<PublicKey> => {
  clock.mockReturnValue(SERVER_TIME + wrongBy);
  const key = await keyForCase(CASE);
  await adoptKeyOfCase(CASE, key);
  return key.publicKey;
};
const openedShowing = async (): Promise<PhoneShowing> => {
  const called = await show('parcel-pickup');
  if (!called.ok) throw new Error(called.error.code);
  return called.reply;
};
/** What the service finds of a code at a moment of its own. */
const verdictOf = (text: string, holderKey: PublicKey, now: number) => {
  const registered = verifyShowingStatement(statement, {
    expectedHandle: showingHandle(HANDLE),
    holderKey,
    verify: verifySignature,
  });
  const code = parseCode(text);
  if (!registered.ok || !code.ok) throw new Error('expected a statement and a code');
  expect([code.handle, registered.purpose]).toEqual([HANDLE, 'parcel-pickup']);
  return verifyCode(code, { key: registered.key, now: instant(now), verify: verifySignature });
};

beforeEach(() => {
  phone = givePhone();
  phone.answer = opened;
  clock = jest.spyOn(Date, 'now');
});
afterEach(() => {
  clock.mockRestore();
});

describe('a showing on a phone', () => {
  it.each([0, -6 * HOUR, 6 * HOUR, -400 * 24 * HOUR])(
    'makes codes that the service takes, though the phone’s clock is wrong by %d ms',
    async (wrongBy) => {
      const holderKey = await enrolledPhone(wrongBy);
      const showing = await openedShowing();
      const made = [0, 1, CODE_RENEWAL_S, 100, 299].map((seconds) => {
        clock.mockReturnValue(SERVER_TIME + wrongBy + seconds * 1000);
        const now = SERVER_TIME + seconds * 1000;
        expect(showing.serverTime()).toBe(now);
        const text = showing.currentCode();
        expect(verdictOf(text, holderKey, now)).toBe('valid');
        expect(verdictOf(text, holderKey, now + CODE_LIFE_S * 1000)).toBe('stale');
        return text;
      });
      expect(new Set(made).size).toBe(made.length);
    },
  );

  it('tells its end and its mark as the service gave them', async () => {
    await enrolledPhone();
    expect(await openedShowing()).toMatchObject({
      expiresAt: SERVER_TIME + 300_000,
      matchMark: { word: 7, colour: 1 },
    });
  });

  it('has a key of its own for its codes, which is kept nowhere', async () => {
    const holderKey = await enrolledPhone();
    const kept = JSON.stringify([...phone.kept]);
    const first = await openedShowing();
    const earlier = statement;
    const text = first.currentCode();
    await openedShowing();
    expect(statement).not.toBe(earlier);
    expect(verdictOf(text, holderKey, SERVER_TIME)).toBe('bad_signature');
    expect(JSON.stringify([...phone.kept])).toBe(kept);
  });

  it('asks nobody on a phone that has no card’s key', async () => {
    expect(await show('parcel-pickup')).toEqual(refused('not_found'));
    expect(phone.calls).toEqual([]);
  });

  it('is not opened where the service refuses either step, or does not answer', async () => {
    await enrolledPhone();
    phone.answer = () => refused('card_not_active');
    expect(await show('parcel-pickup')).toEqual(refused('card_not_active'));
    phone.answer = (call) => (call.data['action'] === 'prepareShowing' ? opened(call) : refused('wrong_step'));
    expect(await show('parcel-pickup')).toEqual(refused('wrong_step'));
    phone.answer = () => Promise.reject(new WxFailure('fail timeout'));
    expect(await show('parcel-pickup')).toEqual(refused('unreachable'));
  });

  it('is refused by the phone itself where its storage fails, and opened once it works', async () => {
    await enrolledPhone();
    phone.answer = opened;
    phone.storageFailure = 'getStorage:fail decrypt error';
    expect(await show('parcel-pickup')).toEqual(refused('storage_failed'));
    phone.storageFailure = null;
    expect((await show('parcel-pickup')).ok).toBe(true);
  });
});

describe('a showing that asks for the finger', () => {
  const SESSION = 'AAAAAAAAAAAAAAAAAAAAAA' as SessionHandle;

  it('has it sign the hash of showing, session and purpose, and sends what it signed', async () => {
    const sensor = giveSensor();
    await enrolledPhone();
    const called = await show('train-ticket', SESSION, { prompt: 'Train ticket' });
    expect(called.ok).toBe(true);
    const challenge = stepUpChallenge(
      { handle: showingHandle(HANDLE), session: SESSION, purpose: 'train-ticket' },
      sha256,
    );
    expect(sensor.asked).toMatchObject([{ challenge, authContent: 'Train ticket' }]);
    expect(phone.calls.at(-1)?.data['stepUp']).toEqual({
      fingerprint: { resultJson: '{"raw":"signed"}', signature: 'c2ln' },
    });
  });

  it('opens nothing where no finger signs, and asks none for a light task', async () => {
    const sensor = giveSensor();
    await enrolledPhone();
    await show('parcel-pickup');
    expect(sensor.asked).toEqual([]);
    sensor.failure = { errCode: 90008, errMsg: 'cancel' };
    const before = phone.calls.length;
    expect(await show('hotel-check-in', SESSION)).toEqual({
      ok: false,
      error: { code: 'step_up_missing', missing: ['fingerprint'] },
    });
    expect(phone.calls.slice(before).map(({ data }) => data['action'])).toEqual(['prepareShowing']);
  });
});

describe('a showing that asks for the face', () => {
  const SESSION = 'AAAAAAAAAAAAAAAAAAAAAA' as SessionHandle;
  const selfie = 'wxfile://selfie.jpg';
  const actions = (): unknown[] => phone.calls.map(({ data }) => data['action']);

  it('sends the selfie into the folder of this showing alone, and names it where it opens', async () => {
    await enrolledPhone();
    const steps: string[] = [];
    const called = await show('exam-entry', SESSION, { selfie, onStep: (step) => steps.push(step) });
    expect(called.ok).toBe(true);
    expect(steps).toEqual(['preparing', 'uploading', 'opening']);
    const [upload] = phone.uploads;
    const folder = stepUpFolder(showingHandle(HANDLE));
    expect(upload).toMatchObject({ filePath: selfie });
    expect(upload?.cloudPath).toMatch(new RegExp(`^evidence/${folder}/[0-9a-f]{32}\\.jpg$`));
    const { data } = phone.calls.at(-1) ?? {};
    expect(data?.['stepUp']).toEqual({ selfie: `cloud://env.bucket/${upload?.cloudPath ?? ''}` });
    expect(validators.OpenShowingRequest(data)).toBe(true);
  });

  it('takes the finger first where both are asked for, and sends no picture where it does not sign', async () => {
    const sensor = giveSensor();
    await enrolledPhone();
    const steps: string[] = [];
    const proofs = { prompt: 'Bank', selfie, onStep: (step: string) => steps.push(step) };
    expect((await show('bank-account-opening', SESSION, proofs)).ok).toBe(true);
    expect(steps).toEqual(['preparing', 'finger', 'uploading', 'opening']);
    const { data } = phone.calls.at(-1) ?? {};
    expect(data?.['stepUp']).toMatchObject({
      fingerprint: { signature: 'c2ln' },
      selfie: expect.anything() as unknown,
    });
    expect(validators.OpenShowingRequest(data)).toBe(true);
    sensor.failure = { errCode: 90008, errMsg: 'cancel' };
    expect(await show('bank-account-opening', SESSION, proofs)).toEqual(
      refused('step_up_missing', { missing: ['fingerprint'] }),
    );
    expect(phone.uploads).toHaveLength(1);
  });

  it('opens nothing without a selfie, or where it does not arrive', async () => {
    await enrolledPhone();
    expect(await show('exam-entry', SESSION)).toEqual(refused('step_up_missing', { missing: ['face'] }));
    phone.isOffline = true;
    expect(await show('exam-entry', SESSION, { selfie })).toEqual(refused('unreachable'));
    expect(actions()).toEqual(['prepareShowing', 'prepareShowing']);
  });

  it('sends no selfie for a task that asks for none', async () => {
    await enrolledPhone();
    await show('parcel-pickup', null, { selfie });
    expect(phone.uploads).toEqual([]);
    expect(phone.calls.at(-1)?.data).not.toHaveProperty('stepUp');
  });
});
