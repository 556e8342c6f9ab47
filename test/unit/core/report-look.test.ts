import fc from 'fast-check';
import { eventId, looks, type Look } from '../../../protocol';
import { suspendCard } from '../../../cloudfunctions/_core/card/holder-card';
import { describeTerminal } from '../../../cloudfunctions/_core/showing/describe-terminal';
import { lookIdOf } from '../../../cloudfunctions/_core/showing/look-id';
import { redeemCode } from '../../../cloudfunctions/_core/showing/redeem-code';
import { LOOK_MS, reportLook } from '../../../cloudfunctions/_core/showing/report-look';
import { failing, InjectedFault, interleaved, type FaultPlan } from '../../support/asynchronous';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import {
  courier,
  createShowingWorld,
  firstTerminal,
  holder,
  laterShowingPorts,
  scan,
  secondTerminal,
  show,
  unregistered,
  type ShowingPorts,
} from '../../support/showing-world';

/** A card that the first terminal has checked. */
const checked = async () => {
  const world = createShowingWorld();
  const code = (await show(world)).code();
  const { answer } = valueOf(await redeemCode(world.ports, firstTerminal.key, scan(code)));
  const report = (look: Look, by = firstTerminal.key, id: string = answer.eventId, ports: ShowingPorts = world.ports) =>
    reportLook(ports, by, { action: 'reportLook', eventId: id, look });
  const reported = (): readonly Look[] => world.events.ofKind('look_reported').map(({ look }) => look);
  return { world, answer, report, reported };
};
const refused = (code: string) => ({ ok: false, error: { code } });

describe('what staff say of a look', () => {
  it.each(looks)('is written down once: %s', async (look) => {
    const { world, answer, report, reported } = await checked();
    world.clock.advance(1000);
    expect(await report(look)).toEqual({ ok: true, value: { ok: true, look } });
    world.clock.advance(1000);
    expect(await report(look)).toEqual({ ok: true, value: { ok: true, look } });
    for (const other of looks.filter((one) => one !== look)) expect(await report(other)).toEqual(refused('wrong_step'));
    expect(reported()).toEqual([look]);
    expect(world.events.ofKind('look_reported')[0]).toEqual({
      id: lookIdOf(world.ports.sha256, eventId(answer.eventId)),
      at: answer.facts.redeemedAt + 1000,
      kind: 'look_reported',
      check: answer.eventId,
      look,
    });
  });

  it('is heard for ten minutes, and after them only again', async () => {
    const late = await checked();
    late.world.clock.advance(LOOK_MS);
    expect(await late.report('same')).toEqual(refused('wrong_step'));
    expect(late.reported()).toEqual([]);

    const { world, report, reported } = await checked();
    world.clock.advance(LOOK_MS - 1);
    valueOf(await report('same'));
    world.clock.advance(LOOK_MS);
    valueOf(await report('same'));
    expect(await report('unsure')).toEqual(refused('wrong_step'));
    expect(reported()).toEqual(['same']);
  });

  it('is heard from who is staff, about the own checks and nothing else', async () => {
    const { world, answer, report, reported } = await checked();
    valueOf(await suspendCard(world.ports, holder));
    expect(await report('same', accountOf(9))).toEqual(refused('not_permitted'));
    expect(await report('same', holder)).toEqual(refused('not_permitted'));
    expect(secondTerminal.partner).toBe(firstTerminal.partner);
    expect(await report('same', secondTerminal.key)).toEqual(refused('not_found'));
    const { card } = world.identity();
    const [suspended] = world.events.ofKind('card_suspended');
    const others = [
      'f'.repeat(32),
      card.id,
      String(suspended?.id),
      lookIdOf(world.ports.sha256, eventId(answer.eventId)),
    ];
    for (const id of others) expect(await report('same', firstTerminal.key, id)).toEqual(refused('not_found'));
    expect(reported()).toEqual([]);
    valueOf(await report('same'));
    expect(await report('same', firstTerminal.key, others[3])).toEqual(refused('not_found'));
  });

  it('is one answer, though many are given at once', async () => {
    const winners = new Set<Look>();
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.constantFrom(...looks), { minLength: 2, maxLength: 8 }),
        async (scheduler, given) => {
          const { world, answer, report, reported } = await checked();
          const ports = interleaved(world.ports, laterShowingPorts, scheduler);
          const replies = await scheduler.waitFor(
            Promise.all(given.map((look) => report(look, firstTerminal.key, answer.eventId, ports))),
          );
          const [kept, ...more] = reported();
          expect(more).toEqual([]);
          given.forEach((look, at) => {
            expect(replies[at]).toEqual(
              look === kept ? { ok: true, value: { ok: true, look } } : refused('wrong_step'),
            );
          });
          if (kept) winners.add(kept);
        },
      ),
      { numRuns: 100 },
    );
    expect([...winners].sort()).toEqual([...looks].sort());
  });

  it('is finished by the same words, wherever the call was interrupted', async () => {
    const play = async (plan: FaultPlan | null): Promise<number> => {
      const { world, answer, report, reported } = await checked();
      const { ports, calls } = failing(world.ports, laterShowingPorts, plan);
      const call = report('unsure', firstTerminal.key, answer.eventId, ports);
      if (plan) await expect(call).rejects.toThrow(InjectedFault);
      else await call;
      valueOf(await report('unsure'));
      expect(reported()).toEqual(['unsure']);
      return calls();
    };
    const calls = await play(null);
    // Staff, check, look.
    expect(calls).toBe(3);
    for (let at = 1; at <= calls; at += 1) for (const when of ['before', 'after'] as const) await play({ at, when });
  });
});

describe('a terminal', () => {
  it('hears where it stands', async () => {
    const { ports } = createShowingWorld();
    expect(valueOf(await describeTerminal(ports, secondTerminal.key))).toEqual({
      ok: true,
      partner: courier.names,
      shop: 'yunqi',
      terminal: '2',
      role: 'clerk',
      grants: secondTerminal.grants,
    });
  });

  it('is none without staff, without an active partner, and without a purpose', async () => {
    const { ports } = createShowingWorld();
    expect(await describeTerminal(ports, holder)).toEqual(refused('not_permitted'));
    expect(await describeTerminal(ports, unregistered.key)).toEqual(refused('purpose_not_registered'));
    const suspended = new Map([['courier', { ...courier, state: 'suspended' as const }]]);
    for (const partners of [new Map(), suspended]) {
      const changed: ShowingPorts = { ...ports, loadPartners: () => Promise.resolve(partners) };
      expect(await describeTerminal(changed, firstTerminal.key)).toEqual(refused('not_permitted'));
    }
  });
});
