import fc from 'fast-check';
import { parseShownPass, type PassUseResult, type ReconcilePassesRequest } from '../../../protocol';
import type * as Check from '../../../miniprogram/services/offline-check';
import type * as Terminal from '../../../miniprogram/services/offline-terminal';
import { createPassMaker, PASS_ISSUED_AT, shownText, type HeldPass } from '../../support/passes';
import { givePhone, WxFailure, type FakePhone } from './fake-wx';
import { offlineReply } from './pass-service';
import { refused } from './replies';

const START = PASS_ISSUED_AT * 1000;
const [HOUR, DAY] = [3_600_000, 86_400_000];
const maker = createPassMaker();

let phone: FakePhone;
let clock: jest.SpyInstance<number, []>;
let now = START;
let wrongBy = 0;
let check: typeof Check;
let terminal: typeof Terminal;

const at = (time: number): void => {
  now = time;
  clock.mockReturnValue(now + wrongBy);
};
const startApp = (): void => {
  jest.resetModules();
  check = jest.requireActual<typeof Check>('../../../miniprogram/services/offline-check');
  terminal = jest.requireActual<typeof Terminal>('../../../miniprogram/services/offline-terminal');
};
const hear = async (wrong = 0): Promise<void> => {
  wrongBy = wrong;
  at(START);
  phone.answer = () => offlineReply(maker, now);
  expect((await terminal.hearTerminal()).ok).toBe(true);
  goOffline();
};
const goOffline = (): void => {
  phone.answer = () => Promise.reject(new WxFailure('fail timeout'));
};
/** A fresh pass, shown so many seconds after the start. */
const shownAfter = (
  seconds: number,
  held: HeldPass = maker.make({ issuedAt: PASS_ISSUED_AT + Math.floor(seconds / 3600) * 3600 }),
) => shownText(held, seconds);
const outcome = async (text: string): Promise<string> => {
  const checked = await check.checkOffline(text, 'parcel-pickup');
  return checked.ok ? 'valid' : checked.fault;
};

beforeEach(() => {
  clock = jest.spyOn(Date, 'now');
  phone = givePhone();
  startApp();
});
afterEach(() => {
  clock.mockRestore();
});

describe('a terminal without a network', () => {
  it.each([0, -6 * HOUR, 400 * DAY])('checks a pass by itself, though its clock is wrong by %d ms', async (wrong) => {
    await hear(wrong);
    startApp();
    at(START + 5 * HOUR + 1000);
    const calls = phone.calls.length;
    const checked = await check.checkOffline(shownAfter(5 * 3600), 'parcel-pickup');
    expect(checked).toMatchObject({
      ok: true,
      checkedAt: now,
      pass: { claims: { masked_name: '林**' }, issuedAt: PASS_ISSUED_AT + 5 * 3600 },
    });
    expect(phone.calls).toHaveLength(calls);
  });

  it('checks none before it was online once', async () => {
    at(START);
    expect(await outcome(shownAfter(0))).toBe('terminal_not_ready');
  });

  it('checks none with what it heard more than seven days ago, nor with a clock that was set back', async () => {
    await hear();
    at(START + 7 * DAY);
    expect(await outcome(shownAfter(7 * 86_400))).toBe('valid');
    at(START + 7 * DAY + 1);
    expect(await outcome(shownAfter(7 * 86_400))).toBe('terminal_not_ready');
    at(START - 1);
    expect(await outcome(shownAfter(0))).toBe('terminal_not_ready');
    at(START + 7 * DAY + 1);
    phone.answer = () => offlineReply(maker, now);
    await terminal.hearTerminal();
    expect(await outcome(shownAfter(7 * 86_400))).toBe('valid');
  });

  it('checks only what its shop is registered for', async () => {
    at(START);
    phone.answer = () => offlineReply(maker, now, []);
    await terminal.hearTerminal();
    expect(await outcome(shownAfter(0))).toBe('not_registered');
  });

  it('says what is wrong with a pass', async () => {
    await hear();
    expect(await outcome('P1:NOTHING')).toBe('malformed');
    expect(await outcome(shownText(createPassMaker().make(), 0))).toBe('unknown_key');
    const text = shownAfter(0);
    at(START + 90_000);
    expect(await outcome(text)).toBe('stale');
  });

  it('keeps what it heard where the next call is refused or the storage is full', async () => {
    await hear();
    phone.answer = () => refused('not_permitted');
    expect(await terminal.hearTerminal()).toEqual(refused('not_permitted'));
    phone.answer = () => offlineReply(maker, now);
    phone.isFullFor = () => true;
    expect(await terminal.hearTerminal()).toEqual(refused('storage_failed'));
    phone.isFullFor = () => false;
    expect(await outcome(shownAfter(0))).toBe('valid');
  });
});

describe('a pass at one terminal', () => {
  it('is accepted once, also with a newer text and after a restart', async () => {
    await hear();
    const held = maker.make();
    expect(await outcome(shownText(held, 0))).toBe('valid');
    expect(await outcome(shownText(held, 15))).toBe('used_here');
    startApp();
    expect(await outcome(shownText(held, 0))).toBe('used_here');
  });

  it('is accepted once, however many scans of it come at a time', async () => {
    await hear();
    const held = maker.make();
    const outcomes = await Promise.all([0, 1, 2, 3].map((seconds) => outcome(shownText(held, seconds))));
    expect(outcomes.sort()).toEqual(['used_here', 'used_here', 'used_here', 'valid']);
  });

  it('is not accepted where it cannot be kept', async () => {
    await hear();
    phone.isFullFor = (key) => key === 'offline-uses';
    expect(await outcome(shownAfter(0))).toBe('storage_failed');
    phone.isFullFor = () => false;
    expect(await check.offlineState()).toEqual({ unsent: 0, reports: [] });
  });

  it('is remembered until it ends, and no longer', async () => {
    await hear();
    const held = maker.make({ life: 3600 });
    await outcome(shownText(held, 0));
    at(START + 2 * HOUR);
    expect(await outcome(shownText(held, 0))).toBe('expired');
    expect(await outcome(shownAfter(7200))).toBe('valid');
    expect((phone.kept.get('offline-uses')?.data as { used: unknown[] }).used).toHaveLength(1);
  });
});

/** A service that takes each pass once. */
const reconciling = (
  uses = new Map<string, string>(),
  change: (result: PassUseResult) => PassUseResult = (same) => same,
) => {
  const answerTo = (use: ReconcilePassesRequest['uses'][number]): PassUseResult => {
    const { requestId, text, acceptedAt } = use;
    const id = parseShownPass(text)?.pass.id ?? '';
    const first = uses.get(id) ?? requestId;
    uses.set(id, first);
    return first === requestId
      ? { requestId, outcome: 'first_use', notValidSince: null }
      : { requestId, outcome: 'used_before', firstUsedAt: acceptedAt, notValidSince: null };
  };
  return ({ data }: { readonly data: Readonly<Record<string, unknown>> }): unknown => {
    const { uses: handed } = data as unknown as ReconcilePassesRequest;
    return { ok: true, results: handed.map((use) => change(answerTo(use))) };
  };
};

describe('what a terminal has accepted', () => {
  it('waits for the network, through restarts, and is handed in once each', async () => {
    await hear();
    for (let count = 0; count < 25; count += 1) expect(await outcome(shownAfter(0))).toBe('valid');
    await check.handInUses();
    expect((await check.offlineState()).unsent).toBe(25);
    startApp();
    const known = new Map<string, string>();
    phone.calls.length = 0;
    phone.answer = reconciling(known);
    await Promise.all([check.handInUses(), check.handInUses()]);
    expect(await check.offlineState()).toEqual({ unsent: 0, reports: [] });
    expect(known.size).toBe(25);
    expect(phone.calls.map(({ data }) => (data['uses'] as unknown[]).length)).toEqual([20, 5]);
    await check.handInUses();
    expect(phone.calls).toHaveLength(2);
  });

  it('has a ceiling', async () => {
    await hear();
    for (let count = 0; count < check.UNSENT_CEILING; count += 1) await outcome(shownAfter(0));
    expect(await outcome(shownAfter(0))).toBe('too_many_unsent');
    phone.answer = reconciling();
    await check.handInUses();
    expect(await outcome(shownAfter(0))).toBe('valid');
  });

  it('is handed in again where the answer was lost, under the same request', async () => {
    await hear();
    await outcome(shownAfter(0));
    const known = new Map<string, string>();
    const answer = reconciling(known);
    phone.answer = (call) => {
      answer(call);
      throw new WxFailure('fail timeout');
    };
    await check.handInUses();
    phone.answer = answer;
    await check.handInUses();
    // A second request would have been told a double use.
    expect(await check.offlineState()).toEqual({ unsent: 0, reports: [] });
  });

  it('stays where the service refuses the call or answers to something else', async () => {
    await hear();
    await outcome(shownAfter(0));
    phone.answer = () => refused('not_permitted');
    await check.handInUses();
    phone.answer = reconciling(new Map(), (result) => ({ ...result, requestId: 'f'.repeat(32) }));
    phone.calls.length = 0;
    await check.handInUses();
    expect(phone.calls).toHaveLength(1);
    expect((await check.offlineState()).unsent).toBe(1);
  });

  it('leaves what staff must know until they have read it', async () => {
    await hear();
    const held = maker.make();
    await outcome(shownText(held, 0));
    await outcome(shownAfter(0));
    const id = parseShownPass(shownText(held, 0))?.pass.id ?? '';
    phone.answer = reconciling(new Map([[id, 'another']]));
    await check.handInUses();
    startApp();
    const { unsent, reports } = await check.offlineState();
    expect(unsent).toBe(0);
    expect(reports).toMatchObject([
      { purpose: 'parcel-pickup', acceptedAt: START, result: { outcome: 'used_before' } },
    ]);
    await check.dismissReports(reports);
    expect((await check.offlineState()).reports).toEqual([]);
  });

  it('tells of a card that was not valid any more, though it was the first use', async () => {
    await hear();
    await outcome(shownAfter(0));
    phone.answer = reconciling(undefined, (result) =>
      result.outcome === 'first_use' ? { ...result, notValidSince: START - 1 } : result,
    );
    await check.handInUses();
    expect((await check.offlineState()).reports).toMatchObject([{ result: { notValidSince: START - 1 } }]);
  });

  it('is neither lost nor doubled, however scans and hand-ins fall together and the app restarts', async () => {
    const step = fc.constantFrom('scan', 'scanAgain', 'handIn', 'lostAnswer', 'restart');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        phone.kept.clear();
        startApp();
        await hear();
        const known = new Map<string, string>();
        const answer = reconciling(known);
        let accepted = 0;
        let last = maker.make();
        const works: Promise<unknown>[] = [];
        const scan = async (): Promise<void> => {
          if ((await outcome(shownText(last, 0))) === 'valid') accepted += 1;
        };
        for (const next of steps) {
          if (next === 'scan') last = maker.make();
          if (next === 'scan' || next === 'scanAgain') works.push(scan());
          if (next === 'handIn') phone.answer = answer;
          if (next === 'lostAnswer') {
            phone.answer = (call) => {
              answer(call);
              throw new WxFailure('fail timeout');
            };
          }
          if (next === 'handIn' || next === 'lostAnswer') works.push(check.handInUses());
          if (next === 'restart') {
            await Promise.all(works);
            startApp();
          }
        }
        await Promise.all(works);
        phone.answer = answer;
        await check.handInUses();
        expect(known.size).toBe(accepted);
        expect(await check.offlineState()).toEqual({ unsent: 0, reports: [] });
      }),
      { numRuns: 15 },
    );
  });
});
