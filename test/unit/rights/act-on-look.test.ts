import {
  DELETION_ANSWER_MS,
  eventId,
  keepingGrounds,
  reportReasons,
  validators,
  type ReportReason,
} from '../../../protocol';
import { suspendCard } from '../../../cloudfunctions/_core/card/holder-card';
import { openEntry } from '../../../cloudfunctions/_core/card/open-entry';
import { redeemCode } from '../../../cloudfunctions/_core/showing/redeem-code';
import { askDeletion } from '../../../cloudfunctions/_core/rights/ask-deletion';
import { reportPartner } from '../../../cloudfunctions/_core/rights/report-partner';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { check, historyOf } from '../../support/history';
import { createRightsWorld, type RightsWorld } from '../../support/rights-world';
import { firstTerminal, holder, scan, show } from '../../support/showing-world';

const NOT_FOUND = { ok: false, error: { code: 'not_found' } };

const report = ({ ports }: RightsWorld, number: number, account = holder, reason: ReportReason = reportReasons[0]) =>
  reportPartner(ports, account, { action: 'reportPartner', number, reason });
const ask = ({ ports }: RightsWorld, number: number, account = holder) =>
  askDeletion(ports, account, { action: 'askDeletion', number });
const standing = async ({ ports }: RightsWorld, number: number) =>
  valueOf(await openEntry(ports, holder, { number })).standing;
const kinds = async (world: RightsWorld): Promise<readonly string[]> =>
  (await historyOf(world)).map(({ kind }) => kind);

/** A world in which the first event is a check. */
const checked = async (): Promise<RightsWorld> => {
  const world = createRightsWorld();
  await check(world);
  return world;
};

describe('a report', () => {
  it('is an alarm without a person, an entry of the history, and done once', async () => {
    const world = await checked();
    const reply = valueOf(await report(world, 1));
    expect(validators.StandingReply(reply)).toBe(true);
    expect(reply.standing).toEqual({ isReported: true, mayAskDeletion: true, deletion: null, consent: null });
    expect(valueOf(await report(world, 1, holder, 'not_me'))).toEqual(reply);
    expect(world.alarms()).toMatchObject([
      { kind: 'partner_reported', partner: 'courier', purpose: 'parcel-pickup', reason: 'asked_too_much' },
    ]);
    expect(await kinds(world)).toEqual(['partner_reported', 'card_checked']);
    expect(world.turns()).toBe(1);
    // Whoever reads the alarm can tell neither who reported nor at which check.
    const [look] = await historyOf(world);
    const told = JSON.stringify(world.alarms());
    for (const secret of [holder, world.identity().key, ...world.events.all().map(({ id }) => id), look?.kind])
      if (secret !== 'partner_reported') expect(told).not.toContain(secret);
  });

  it('may follow a check that was refused', async () => {
    const world = createRightsWorld();
    const showing = await show(world);
    valueOf(await suspendCard(world.ports, holder));
    await redeemCode(world.ports, firstTerminal.key, scan(showing.code()));
    const refused = (await historyOf(world)).find(({ kind }) => kind === 'check_refused');
    expect(valueOf(await report(world, refused?.number ?? 0, holder, 'refused_unfairly')).standing).toMatchObject({
      isReported: true,
      mayAskDeletion: false,
    });
    // Nothing was told there that could be deleted.
    expect(await ask(world, refused?.number ?? 0)).toEqual(NOT_FOUND);
  });

  it('is counted, and a report beyond the limit leaves nothing', async () => {
    const world = await checked();
    world.exhaust();
    expect(await report(world, 1)).toEqual({ ok: false, error: { code: 'too_many_requests' } });
    expect(world.alarms()).toEqual([]);
    expect(await kinds(world)).toEqual(['card_checked']);
  });
});

describe('a request to delete', () => {
  it('tells the partner which check, by what it keeps of it itself, and nothing else', async () => {
    const world = await checked();
    const { deletion } = valueOf(await ask(world, 1)).standing;
    const at = world.clock.now();
    expect(deletion).toEqual({ askedAt: at, dueAt: at + DELETION_ANSWER_MS, isOverdue: false, answered: null });
    const [entry] = world.events.ofKind('card_checked');
    expect(world.requests.all()).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
        check: entry?.id,
        checkedAt: entry?.at,
        partner: 'courier',
        shop: 'yunqi',
        terminal: '1',
        purpose: 'parcel-pickup',
        claims: ['masked_name', 'masked_number'],
        receipt: `receipt.of.${entry?.id ?? ''}`,
        askedAt: at,
        answered: null,
      },
    ]);
    expect(await kinds(world)).toEqual(['deletion_asked', 'card_checked']);
  });

  it('is made once, and answered into the history at the holder’s next look', async () => {
    for (const answer of ['deleted', keepingGrounds[0]] as const) {
      const world = await checked();
      valueOf(await ask(world, 1));
      valueOf(await ask(world, 1));
      const [request] = world.requests.all();
      if (!request) throw new Error('no request');
      world.clock.advance(1000);
      const at = world.clock.now();
      await world.requests.ports.answerRequest(request.id, 'courier', { at, answer, member: 'm' });
      world.clock.advance(1000);
      // Two looks at once write it once.
      await Promise.all([historyOf(world), openEntry(world.ports, holder, { number: 1 })]);
      const history = await historyOf(world);
      expect(history.map(({ kind }) => kind)).toEqual(['deletion_answered', 'deletion_asked', 'card_checked']);
      expect(history[0]).toMatchObject({ check: 1, answer });
      expect(await standing(world, 1)).toMatchObject({ deletion: { answered: { at, answer } }, mayAskDeletion: false });
      // Asked again, it is the same answered request.
      valueOf(await ask(world, 1));
      expect(world.requests.all()).toHaveLength(1);
      expect(await historyOf(world)).toEqual(history);
    }
  });

  it('is overdue after fifteen days without an answer', async () => {
    const world = await checked();
    valueOf(await ask(world, 1));
    world.clock.advance(DELETION_ANSWER_MS);
    expect((await standing(world, 1))?.deletion?.isOverdue).toBe(false);
    world.clock.advance(1);
    expect((await standing(world, 1))?.deletion?.isOverdue).toBe(true);
  });

  it('is not lost where the call ends between the request and its entry', async () => {
    const world = await checked();
    const died = new Error('the call ended here');
    const ports = { ...world.ports, replaceIdentity: () => Promise.reject(died) };
    await expect(askDeletion(ports, holder, { action: 'askDeletion', number: 1 })).rejects.toBe(died);
    expect(world.requests.all()).toHaveLength(1);
    expect((await standing(world, 1))?.mayAskDeletion).toBe(true);
    valueOf(await ask(world, 1));
    expect(world.requests.all()).toHaveLength(1);
    expect(await kinds(world)).toEqual(['deletion_asked', 'card_checked']);
  });
});

describe.each([
  ['a report', report],
  ['a request to delete', ask],
] as const)('%s', (_, act) => {
  it('is refused for what is no look of the caller’s own', async () => {
    const world = await checked();
    valueOf(await suspendCard(world.ports, holder));
    // An event of another kind, one that there is not, and another's.
    for (const [number, account] of [
      [2, holder],
      [3, holder],
      [1_000_000_000, holder],
      [1, accountOf(2)],
    ] as const)
      expect(await act(world, number, account)).toEqual(NOT_FOUND);
    expect(world.alarms()).toEqual([]);
    expect(world.requests.all()).toEqual([]);
    expect(world.turns()).toBe(0);
  });

  it('is refused for a check that somebody took out of the log', async () => {
    const world = await checked();
    const [found] = world.events.ofKind('card_checked');
    world.change((identity) => ({ ...identity, outbox: [] }));
    world.events.remove(found?.id ?? eventId('0'.repeat(32)));
    expect(await act(world, 1)).toEqual(NOT_FOUND);
  });

  it('done twice at once is done once', async () => {
    const world = await checked();
    await Promise.all([act(world, 1), act(world, 1), act(world, 1)]);
    const happened = (await kinds(world)).filter((kind) => kind !== 'card_checked');
    expect(happened).toHaveLength(1);
    expect(world.alarms().length + world.requests.all().length).toBe(1);
  });

  it('of one check says nothing of another', async () => {
    const world = await checked();
    await check(world, 2);
    valueOf(await act(world, 1));
    expect(await standing(world, 2)).toEqual({
      isReported: false,
      mayAskDeletion: true,
      deletion: null,
      consent: null,
    });
  });
});
