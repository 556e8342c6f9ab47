import { calendarDate, caseId, instant, type AccountKey, type ReminderKind } from '../../../protocol';
import type { Case } from '../../../cloudfunctions/_core/enrolment/case';
import { sendReminders, type SendRemindersPorts } from '../../../cloudfunctions/_core/jobs/send-reminders';
import { endsSoonAt } from '../../../cloudfunctions/_core/reminders/ends-soon';
import type { Reminder, SendReminder } from '../../../cloudfunctions/_core/reminders/reminder';
import {
  CASE_LOOK_MS,
  dropReminder,
  getReminders,
  wantReminder,
  type WantReminderPorts,
} from '../../../cloudfunctions/_core/reminders/want-reminder';
import type { Identity } from '../../../cloudfunctions/_core/card/identity';
import { documentOf, valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { createShowingWorld, holder } from '../../support/showing-world';
import { inStanding } from '../../support/stops';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const CASE = caseId('c'.repeat(32));

type Sent = Awaited<ReturnType<SendReminder>>;

/** A card that ends a year from now, a case in review, and a super-app that does as it is told. */
const createWorld = () => {
  const world = createShowingWorld();
  const kept = new Map<string, Reminder>();
  const cases = new Map<string, Case>();
  const asked: ReminderKind[] = [];
  const answers: (Sent | Error)[] = [];
  const keyOf = ({ account, kind }: Pick<Reminder, 'account' | 'kind'>): string => `${kind} ${account}`;
  const inReview: Case = {
    id: CASE,
    account: holder,
    state: 'inReview',
    revision: 3,
    createdAt: world.clock.now(),
    expiresAt: instant(world.clock.now() + HOUR),
    consents: [],
    tries: { document: 1, face: 3, fingerprint: 0 },
    evidence: [],
    outbox: [],
    document: documentOf(1),
    causes: ['portrait_unsure'],
    firstAcceptance: null,
    firstRefusal: null,
    guardian: null,
  };
  cases.set(CASE, inReview);
  const ports: SendRemindersPorts & WantReminderPorts = {
    now: world.clock.now,
    today: world.clock.today,
    templates: { card_ends: 'template-of-ends', case_decided: 'template-of-decided' },
    loadIdentityOfAccount: world.ports.loadIdentityOfAccount,
    loadCase: (id, account) => {
      const found = cases.get(id);
      return Promise.resolve(found?.account === account ? found : null);
    },
    keepReminder: (reminder) => Promise.resolve(void kept.set(keyOf(reminder), reminder)),
    listReminders: (account) =>
      Promise.resolve([...kept.values()].filter((one) => one.account === account).map(({ kind }) => kind)),
    forgetReminder: (account, kind) => Promise.resolve(void kept.delete(keyOf({ account, kind }))),
    finishReminder: (reminder) => {
      if (kept.get(keyOf(reminder))?.dueAt === reminder.dueAt) kept.delete(keyOf(reminder));
      return Promise.resolve();
    },
    loadDueReminders: (at, limit) =>
      Promise.resolve([...kept.values()].filter(({ dueAt }) => dueAt <= at).slice(0, limit)),
    moveReminder: (reminder, next) => {
      const found = kept.get(keyOf(reminder));
      if (found?.dueAt !== reminder.dueAt) return Promise.resolve(false);
      kept.set(keyOf(reminder), { ...found, ...next });
      return Promise.resolve(true);
    },
    sendReminder: ({ kind }) => {
      asked.push(kind);
      const answer = answers.shift() ?? 'sent';
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  };
  const setCard = (more: Partial<Identity['card']>): void => {
    world.change((found) => ({ ...found, card: { ...found.card, ...more } }));
  };
  setCard({ validTo: calendarDate('2027-03-10') });
  return {
    ...world,
    ports,
    asked,
    answers,
    cases,
    setCard,
    kept: () => [...kept.values()],
    review: () => void cases.set(CASE, inReview),
    decide: () => void cases.set(CASE, { ...inReview, state: 'refused', reason: 'not_live' }),
    run: () => sendReminders(ports),
    want: (kind: ReminderKind, account: AccountKey = holder) =>
      wantReminder(ports, account, {
        action: 'wantReminder',
        kind,
        ...(kind === 'case_decided' && { caseId: CASE }),
      }),
    /** Lets the time pass until the card ends soon. */
    advanceToEnd: () => world.clock.advance(endsSoonAt(calendarDate('2027-03-10')) - world.clock.now()),
  };
};

const wantedOf = (reply: { reminders: readonly { kind: string; isWanted: boolean }[] }): string[] =>
  reply.reminders.filter(({ isWanted }) => isWanted).map(({ kind }) => kind);

describe('wanting to be reminded', () => {
  it('is told with the super-app’s names of the messages, and can be taken back', async () => {
    const { ports, want, kept } = createWorld();
    expect(valueOf(await getReminders(ports, holder)).reminders).toEqual([
      { kind: 'card_ends', template: 'template-of-ends', isWanted: false },
      { kind: 'case_decided', template: 'template-of-decided', isWanted: false },
    ]);
    expect(wantedOf(valueOf(await want('card_ends')))).toEqual(['card_ends']);
    expect(wantedOf(valueOf(await want('case_decided')))).toEqual(['card_ends', 'case_decided']);
    const drop = { action: 'dropReminder', kind: 'card_ends' } as const;
    expect(wantedOf(valueOf(await dropReminder(ports, accountOf(9), drop)))).toEqual([]);
    expect(kept()).toHaveLength(2);
    expect(wantedOf(valueOf(await dropReminder(ports, holder, drop)))).toEqual(['case_decided']);
  });

  it('is refused for a card or a case of nobody’s or somebody else’s', async () => {
    const { want, kept } = createWorld();
    const refusal = { ok: false, error: { code: 'not_found' } };
    expect(await want('card_ends', accountOf(9))).toEqual(refusal);
    expect(await want('case_decided', accountOf(9))).toEqual(refusal);
    expect(kept()).toEqual([]);
  });

  it('is refused for a case that is decided, and for a card that has ended', async () => {
    const { want, decide, setCard, kept } = createWorld();
    const refusal = { ok: false, error: { code: 'wrong_step' } };
    decide();
    expect(await want('case_decided')).toEqual(refusal);
    setCard(inStanding.revoked);
    expect(await want('card_ends')).toEqual(refusal);
    setCard({ ...inStanding.valid, validTo: calendarDate('2026-03-09') });
    expect(await want('card_ends')).toEqual(refusal);
    expect(kept()).toEqual([]);
  });
});

describe('the message that a card ends', () => {
  it('is sent once, nine in the morning in China thirty days before, and forgotten', async () => {
    const { want, run, advanceToEnd, clock, asked, kept } = createWorld();
    await want('card_ends');
    advanceToEnd();
    expect(new Date(clock.now()).toISOString()).toBe('2027-02-08T01:00:00.000Z');
    clock.advance(-1);
    expect(await run()).toBe(0);
    clock.advance(1);
    expect(await run()).toBe(1);
    clock.advance(DAY);
    expect(await run()).toBe(0);
    expect([asked, kept()]).toEqual([['card_ends'], []]);
  });

  it('waits for the new end of a card that was renewed meanwhile', async () => {
    const { want, run, advanceToEnd, setCard, kept, asked } = createWorld();
    await want('card_ends');
    setCard({ validTo: calendarDate('2028-03-10') });
    advanceToEnd();
    expect(await run()).toBe(0);
    expect(kept()).toMatchObject([{ dueAt: endsSoonAt(calendarDate('2028-03-10')), tries: 0 }]);
    expect(asked).toEqual([]);
  });

  it.each<[string, Partial<Identity['card']>]>([
    ['revoked', inStanding.revoked],
    ['at its end already', { validTo: calendarDate('2027-02-01') }],
  ])('is not sent for a card that is %s', async (_, change) => {
    const { want, run, advanceToEnd, setCard, kept, asked } = createWorld();
    await want('card_ends');
    setCard(change);
    advanceToEnd();
    expect([await run(), asked, kept()]).toEqual([0, [], []]);
  });

  it('is not sent where the card is gone', async () => {
    const { ports, want, advanceToEnd, kept, asked } = createWorld();
    await want('card_ends');
    advanceToEnd();
    expect(await sendReminders({ ...ports, loadIdentityOfAccount: () => Promise.resolve(null) })).toBe(0);
    expect([asked, kept()]).toEqual([[], []]);
  });
});

describe('the message that a case is decided', () => {
  it('waits as long as it is in review', async () => {
    const { want, run, decide, clock, asked, kept } = createWorld();
    await want('case_decided');
    for (let looks = 0; looks < 3; looks += 1) {
      clock.advance(CASE_LOOK_MS);
      expect(await run()).toBe(0);
    }
    decide();
    clock.advance(CASE_LOOK_MS);
    expect(await run()).toBe(1);
    expect([asked, kept()]).toEqual([['case_decided'], []]);
  });

  it('is not sent for a case that is gone', async () => {
    const { want, run, cases, clock, asked, kept } = createWorld();
    await want('case_decided');
    cases.clear();
    clock.advance(CASE_LOOK_MS);
    expect([await run(), asked, kept()]).toEqual([0, [], []]);
  });
});

describe('sending', () => {
  const decided = async () => {
    const world = createWorld();
    await world.want('case_decided');
    world.decide();
    world.clock.advance(CASE_LOOK_MS);
    return world;
  };

  it('is given up where the user takes no such message any more', async () => {
    const { run, answers, kept } = await decided();
    answers.push('declined');
    expect([await run(), kept()]).toEqual([0, []]);
  });

  it('is tried again later where the super-app does not answer, and not at once', async () => {
    const { run, answers, clock, asked, kept } = await decided();
    answers.push('unavailable', 'unavailable', 'sent');
    expect([await run(), await run()]).toEqual([0, 0]);
    expect(asked).toHaveLength(1);
    clock.advance(HOUR);
    expect([await run(), kept()[0]?.tries]).toEqual([0, 2]);
    clock.advance(HOUR);
    expect([await run(), kept()]).toEqual([1, []]);
  });

  it('is given up in the end', async () => {
    const { run, answers, clock, asked, kept } = await decided();
    answers.push(...Array<Sent>(100).fill('unavailable'));
    for (let hours = 0; hours < 100; hours += 1) {
      await run();
      clock.advance(HOUR);
    }
    expect([asked.length, kept()]).toEqual([20, []]);
  });

  it('is done by one of two runs at the same time', async () => {
    const { run, asked } = await decided();
    expect((await Promise.all([run(), run()])).sort()).toEqual([0, 1]);
    expect(asked).toHaveLength(1);
  });

  it('is taken up again after a crash, by WeChat’s word that the permission is used up', async () => {
    const { run, answers, clock, kept, asked } = await decided();
    answers.push(new Error('crashed after it was sent'), 'declined');
    await expect(run()).rejects.toThrow('crashed');
    expect(await run()).toBe(0);
    clock.advance(HOUR);
    expect([await run(), asked.length, kept()]).toEqual([0, 2, []]);
  });

  it('leaves what the user has asked for anew meanwhile', async () => {
    const { ports, want, review, clock, kept } = await decided();
    const again = async (): Promise<Sent> => {
      review();
      clock.advance(1);
      await want('case_decided');
      return 'sent';
    };
    expect(await sendReminders({ ...ports, sendReminder: again })).toBe(1);
    expect(kept()).toMatchObject([{ kind: 'case_decided', tries: 0 }]);
  });
});
