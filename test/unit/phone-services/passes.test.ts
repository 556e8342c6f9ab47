import fc from 'fast-check';
import { instant, parseShownPass, PASS_RENEWAL_S, verifyPass, type PublicKey } from '../../../protocol';
import type * as CardKey from '../../../miniprogram/services/card-key';
import type * as Passes from '../../../miniprogram/services/passes';
import { createPassMaker } from '../../support/passes';
import { givePhone, offer, WxFailure, type FakePhone } from './fake-wx';
import { passService } from './pass-service';
import { CASE, refused } from './replies';

const START = 1_795_000_200_000;
const HOUR = 3_600_000;
const maker = createPassMaker();

let phone: FakePhone;
let holderKey: PublicKey;
let clock: jest.SpyInstance<number, []>;
/** The service's clock, and how wrong the phone's is. */
let now = START;
let wrongBy = 0;
let passes: typeof Passes;

const at = (time: number): void => {
  now = time;
  clock.mockReturnValue(now + wrongBy);
};
/** Starts the mini-program anew: what is in no storage is gone. */
const startApp = (): void => {
  jest.resetModules();
  passes = jest.requireActual<typeof Passes>('../../../miniprogram/services/passes');
};
const enrol = async (wrong = 0): Promise<void> => {
  phone = givePhone();
  phone.answer = passService(
    maker,
    () => holderKey,
    () => now,
  );
  wrongBy = wrong;
  at(START);
  startApp();
  const cards = jest.requireActual<typeof CardKey>('../../../miniprogram/services/card-key');
  const key = await cards.keyForCase(CASE);
  await cards.adoptKeyOfCase(CASE, key);
  holderKey = key.publicKey;
};
const shown = async () => {
  const called = await passes.showPass('parcel-pickup');
  if (!called.ok) throw new Error(called.error.code);
  return called.reply;
};
const verdictOf = (text: string): string => {
  const verified = verifyPass(text, { ...maker.expecting(0), now: instant(now) });
  return verified.ok ? 'valid' : verified.fault;
};
const idOf = (text: string): string => parseShownPass(text)?.pass.id ?? 'no pass';
const fetches = (): number => phone.calls.filter(({ data }) => data['action'] === 'fetchPasses').length;

beforeEach(() => {
  clock = jest.spyOn(Date, 'now');
  return enrol();
});
afterEach(() => {
  clock.mockRestore();
});

describe('passes on a phone', () => {
  it('are fetched ten at a time, and again when fewer than five are left', async () => {
    expect(await passes.refillPasses()).toEqual({ ok: true, reply: 10 });
    const left: number[] = [];
    for (let count = 0; count < 5; count += 1) left.push((await shown()).left);
    expect(left).toEqual([9, 8, 7, 6, 5]);
    expect(await passes.refillPasses()).toEqual({ ok: true, reply: 5 });
    expect(fetches()).toBe(1);
    await shown();
    expect(await passes.refillPasses()).toEqual({ ok: true, reply: 10 });
    expect(await passes.passesLeft()).toBe(10);
  });

  it.each([0, -6 * HOUR, 400 * 24 * HOUR])(
    'verify with no network, though the phone’s clock is wrong by %d ms',
    async (wrong) => {
      await enrol(wrong);
      await passes.refillPasses();
      phone.answer = () => Promise.reject(new WxFailure('fail timeout'));
      startApp();
      at(START + 5 * HOUR);
      const showing = await shown();
      expect(showing).toMatchObject({ issuedAt: START, expiresAt: now + 300_000 });
      const texts = [0, PASS_RENEWAL_S, 299].map((seconds) => {
        at(START + 5 * HOUR + seconds * 1000);
        const text = showing.currentText();
        expect(verdictOf(text)).toBe('valid');
        return text;
      });
      expect(new Set(texts).size).toBe(3);
      expect(new Set(texts.map(idOf)).size).toBe(1);
      at(now + 91_000);
      expect(verdictOf(texts[2] ?? '')).toBe('stale');
    },
  );

  it('are kept encrypted, each with a key of its own', async () => {
    await passes.refillPasses();
    expect([...phone.kept.values()].every(({ encrypt }) => encrypt)).toBe(true);
    const texts = [await shown(), await shown()].map((showing) => showing.currentText());
    expect(new Set(texts.map((text) => String(parseShownPass(text)?.pass.key))).size).toBe(2);
  });

  it('are not shown shortly before they end, nor longer than they live', async () => {
    await passes.refillPasses();
    at(START + 24 * HOUR - 3 * 60_000);
    expect((await shown()).expiresAt).toBe(START + 24 * HOUR);
    at(START + 24 * HOUR - 2 * 60_000);
    expect(await passes.showPass('parcel-pickup')).toEqual(refused('no_passes'));
    expect(await passes.passesLeft()).toBe(0);
    expect(await passes.refillPasses()).toEqual({ ok: true, reply: 10 });
  });

  it('serve no purpose that has no offline mode, and none is taken for it', async () => {
    await passes.refillPasses();
    expect(await passes.showPass('internet-cafe')).toEqual(refused('no_passes'));
    expect(await passes.passesLeft()).toBe(10);
  });

  it('are none on a phone without a card, nor after the card was made anew', async () => {
    await passes.refillPasses();
    phone.kept.delete('card-key');
    expect(await passes.showPass('parcel-pickup')).toEqual(refused('no_passes'));
    expect(await passes.refillPasses()).toEqual(refused('not_found'));
    const cards = jest.requireActual<typeof CardKey>('../../../miniprogram/services/card-key');
    await cards.adoptKeyOfCase('d'.repeat(32), await cards.keyForCase('d'.repeat(32)));
    expect(await passes.passesLeft()).toBe(0);
  });

  it('are told to be out of reach as any call is: refused, unreachable, storage failed', async () => {
    const service = phone.answer;
    phone.answer = () => refused('card_not_active');
    expect(await passes.refillPasses()).toEqual(refused('card_not_active'));
    phone.answer = (call) => (call.data['action'] === 'preparePasses' ? service(call) : refused('too_many_tries'));
    expect(await passes.refillPasses()).toEqual(refused('too_many_tries'));
    phone.answer = () => Promise.reject(new WxFailure('fail timeout'));
    expect(await passes.refillPasses()).toEqual(refused('unreachable'));
    phone.answer = service;
    await passes.refillPasses();
    phone.storageFailure = 'getStorage:fail decrypt error';
    expect(await passes.showPass('parcel-pickup')).toEqual(refused('storage_failed'));
    phone.storageFailure = null;
    expect(await passes.passesLeft()).toBe(10);
  });

  it('that are damaged in the storage count as none', async () => {
    await passes.refillPasses();
    for (const data of ['text', null, { passes: 1 }, { ...(phone.kept.get('passes')?.data as object), passes: [{}] }]) {
      phone.kept.set('passes', { data, encrypt: true });
      expect(await passes.passesLeft()).toBe(0);
    }
  });

  it('are fetched once, though two screens ask at a time', async () => {
    const [one, other] = await Promise.all([passes.refillPasses(), passes.refillPasses()]);
    expect([one, other]).toEqual([
      { ok: true, reply: 10 },
      { ok: true, reply: 10 },
    ]);
    expect(fetches()).toBe(1);
  });
});

describe('a pass', () => {
  it('is taken by one showing, however many ask at a time', async () => {
    await passes.refillPasses();
    const showings = await Promise.all(Array.from({ length: 10 }, shown));
    expect(new Set(showings.map((showing) => idOf(showing.currentText()))).size).toBe(10);
    expect(await passes.showPass('parcel-pickup')).toEqual(refused('no_passes'));
  });

  it('is not shown where it could not be taken from the storage', async () => {
    await passes.refillPasses();
    phone.isFullFor = (key) => key === 'passes';
    expect(await passes.showPass('parcel-pickup')).toEqual(refused('storage_failed'));
  });

  it('taken while others are fetched is not brought back', async () => {
    await passes.refillPasses();
    for (let count = 0; count < 6; count += 1) await shown();
    const service = phone.answer;
    const during: string[] = [];
    phone.answer = async (call) => {
      const answer = service(call);
      if (call.data['action'] === 'fetchPasses') during.push(idOf((await shown()).currentText()));
      return answer;
    };
    expect(await passes.refillPasses()).toEqual({ ok: true, reply: 9 });
    const rest: string[] = [];
    for (let count = 0; count < 9; count += 1) rest.push(idOf((await shown()).currentText()));
    expect(rest).not.toContain(during[0]);
  });

  it('is lost where the app is killed between its taking and its showing, and never shown twice', async () => {
    type Step = 'show' | 'killBeforeWriting' | 'killAfterWriting';
    const steps = fc.array(fc.constantFrom<Step>('show', 'killBeforeWriting', 'killAfterWriting'), {
      minLength: 1,
      maxLength: 6,
    });
    await passes.refillPasses();
    const full = new Map(phone.kept);
    await fc.assert(
      fc.asyncProperty(steps, async (played) => {
        phone.kept.clear();
        full.forEach((data, key) => phone.kept.set(key, data));
        const ids: string[] = [];
        let killedAfterWriting = 0;
        for (const step of played) {
          if (step === 'show') {
            ids.push(idOf((await shown()).currentText()));
            continue;
          }
          if (step === 'killAfterWriting') killedAfterWriting += 1;
          await killedWhileWriting(step === 'killAfterWriting');
          startApp();
        }
        expect(new Set(ids).size).toBe(ids.length);
        expect(await passes.passesLeft()).toBe(10 - ids.length - killedAfterWriting);
      }),
      { numRuns: 15 },
    );
  });
});

/** Shows a pass up to the writing of the storage, which never returns: the app is no more. @param isWritten whether it arrived */
const killedWhileWriting = async (isWritten: boolean): Promise<void> => {
  const forever = new Promise<never>(function never() {
    // The app is no more: nothing is answered.
  });
  const reached = new Promise<void>((resolve) => {
    offer({
      setStorage: ({ key, data, encrypt = false }: { key: string; data: unknown; encrypt?: boolean }) => {
        if (isWritten) phone.kept.set(key, { data, encrypt });
        resolve();
        return forever;
      },
    });
  });
  const told: unknown[] = [];
  void passes.showPass('parcel-pickup').then((called) => told.push(called));
  await reached;
  expect(told).toEqual([]);
  offer({
    setStorage: ({ key, data, encrypt = false }: { key: string; data: unknown; encrypt?: boolean }) => {
      phone.kept.set(key, { data, encrypt });
      return Promise.resolve({ errMsg: 'setStorage:ok' });
    },
  });
};
