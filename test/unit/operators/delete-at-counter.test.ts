import { deletionId } from '../../../protocol';
import { deleteAtCounter } from '../../../cloudfunctions/_core/card/delete-account';
import { issueKillCode, killCard } from '../../../cloudfunctions/_core/card/kill-card';
import { finishErasures } from '../../../cloudfunctions/_core/jobs/finish-erasures';
import { createCarryOut } from '../../../cloudfunctions/_core/operators/carry-out';
import { confirmAct, listActs, withdrawAct } from '../../../cloudfunctions/_core/operators/propose';
import { VISIT_LIFE_MS } from '../../../cloudfunctions/_core/operators/visit';
import { raiseVisitor } from '../../../cloudfunctions/_core/operators/visitor-acts';
import { failing, InjectedFault } from '../../support/asynchronous';
import { atCounter, first, holder, second, seen } from '../../support/at-counter';
import { valueOf } from '../../support/enrolment-steps';
import { laterDeletionPorts } from '../../support/life-world';
import { operatorIdOf, operatorOf } from '../../support/operator-world';
import type { ServicePorts } from '../../support/service-world';

const refused = (code: string, more: object = {}) => ({ ok: false, error: { code, ...more } });

describe('a visitor who wants everything deleted', () => {
  it('reads a number out, and two operators have it done by a job', async () => {
    const { world, ports, identity, callNumber, receive, propose, confirm, runJob, outcomes } = await atCounter();
    const number = await callNumber();
    expect(valueOf(await receive(number))).toMatchObject({ number, may: ['raise', 'delete'] });
    const { proposal, hash, proofAddress } = valueOf(await propose(number));
    expect(proofAddress).toBe(`https://issuer.example/proofs/${proposal}`);
    expect(valueOf(await listActs(ports, second)).acts).toMatchObject([
      {
        proposal,
        kind: 'delete_at_counter',
        target: identity()?.card.id,
        reason: 'number_and_card_seen',
        isOwn: false,
      },
    ]);

    await runJob();
    expect(await confirm(proposal, hash, first)).toEqual(refused('second_person_needed'));
    expect(await confirm(proposal, hash, operatorOf('security'))).toEqual(refused('not_permitted'));
    expect(identity()).not.toBeNull();
    valueOf(await confirm(proposal, hash));
    expect([identity() === null, outcomes()]).toEqual([false, ['confirmed']]);
    await runJob();
    expect([world.identities.all(), outcomes()]).toEqual([[], [null]]);
    expect(world.deletions()).toMatchObject([{ id: proposal, proof: expect.stringContaining('.') as string }]);
    expect(world.events.ofKind('account_deleted')).toMatchObject([{ deletion: proposal }]);
    // Asked again by who confirmed it, and by the job, it is done.
    valueOf(await confirm(proposal, hash));
    await runJob();
    expect(world.events.ofKind('account_deleted')).toHaveLength(1);
  });

  it('without a phone brings the kill code, has nothing raised by it, and is seen all the same', async () => {
    const { ports, world, code, identity, bring, propose, confirm, runJob } = await atCounter();
    valueOf(await killCard(world.ports, null, code));
    const { number, may, portrait } = valueOf(await bring(code));
    expect([may, portrait.length > 0]).toEqual([['delete'], true]);
    expect(world.events.ofKind('card_looked_up')).toMatchObject([{ role: 'counter' }]);
    expect(await raiseVisitor(ports, first, { action: 'raiseVisitor', number, ...seen })).toEqual(
      refused('wrong_step'),
    );
    // The number that was drawn is this operator's.
    expect(await propose(number, undefined, second)).toEqual(refused('not_found'));
    const { proposal, hash } = valueOf(await propose(number));
    expect(valueOf(await listActs(ports, second)).acts).toMatchObject([{ reason: 'kill_code_and_card_seen' }]);
    valueOf(await confirm(proposal, hash));
    await runJob();
    expect(identity()).toBeNull();
  });

  it('has a card that nobody reported raised by no kill code', async () => {
    const { ports, code, identity, bring } = await atCounter();
    const { number, may } = valueOf(await bring(code));
    expect(may).toEqual(['delete']);
    expect(await raiseVisitor(ports, first, { action: 'raiseVisitor', number, ...seen })).toEqual(
      refused('wrong_step'),
    );
    expect(identity()?.card.tier).toBe('light');
  });

  it('is known by a code of this card alone', async () => {
    const { world, code, bring } = await atCounter();
    const wrong = code.replace(/^./, (letter) => (letter === '0' ? '1' : '0'));
    expect(await bring(wrong)).toEqual(refused('kill_code_mistyped'));
    expect(await bring(code, operatorOf('security'))).toEqual(refused('not_permitted'));
    const { replacedUntil } = valueOf(await issueKillCode(world.ports, holder));
    valueOf(await bring(code));
    world.clock.advance((replacedUntil ?? 0) - world.clock.now());
    expect(await bring(code)).toEqual(refused('not_found'));
  });

  it('is the one whose physical card was seen, in the time of the visit', async () => {
    const { world, identity, callNumber, receive, propose } = await atCounter();
    const number = await callNumber();
    valueOf(await receive(number));
    for (const triesLeft of [2, 1, 0])
      expect(await propose(number, '0000')).toEqual(refused('fields_disagree', { triesLeft }));
    expect(await propose(number)).toEqual(refused('too_many_tries'));
    const another = await callNumber();
    valueOf(await receive(another));
    world.clock.advance(VISIT_LIFE_MS);
    expect(await propose(another)).toEqual(refused('not_found'));
    expect([world.proposals(), identity() === null]).toEqual([[], false]);
  });

  it('may change their mind until it is confirmed', async () => {
    const { ports, identity, callNumber, receive, propose, confirm, runJob } = await atCounter();
    const number = await callNumber();
    valueOf(await receive(number));
    const { proposal, hash } = valueOf(await propose(number));
    valueOf(await withdrawAct(ports, first, { action: 'withdrawAct', proposal }));
    expect(await confirm(proposal, hash)).toEqual(refused('wrong_step'));
    await runJob();
    expect(identity()).not.toBeNull();
  });

  it.each(['inquiry', 'document_lost', 'obtained_by_fraud'] as const)(
    'is refused while the card is stopped for what must not be forgotten, also where that came last: %s',
    async (reason) => {
      const before = await atCounter();
      await before.stopFor(reason);
      const { number, may } = valueOf(await before.bring(before.code));
      expect(may).toEqual([]);
      expect(await before.propose(number)).toEqual(refused('card_not_active'));

      const after = await atCounter();
      const called = await after.callNumber();
      valueOf(await after.receive(called));
      const { proposal, hash } = valueOf(await after.propose(called));
      valueOf(await after.confirm(proposal, hash));
      await after.stopFor(reason);
      await after.runJob();
      expect([after.identity() === null, after.outcomes()]).toEqual([false, ['card_not_active']]);
      expect(await after.confirm(proposal, hash)).toEqual(refused('card_not_active'));
      expect(after.world.deletions()).toEqual([]);
    },
  );

  it('leaves who proposed, who confirmed and what came of it in the log, and no word of the person', async () => {
    const { world, ports, callNumber, receive, propose, confirm, runJob } = await atCounter();
    const entries: unknown[] = [];
    const keeping: ServicePorts['recordOperatorAct'] = async (act) => {
      entries.push(act.happening);
      await world.ports.recordOperatorAct(act);
    };
    const number = await callNumber();
    valueOf(await receive(number));
    const { proposal, hash } = valueOf(await propose(number));
    valueOf(
      await confirmAct({ ...ports, recordOperatorAct: keeping }, second, { action: 'confirmAct', proposal, hash }),
    );
    valueOf(await confirm(proposal, hash));
    await runJob({ ...world.ports, recordOperatorAct: keeping });
    expect(entries).toEqual([
      { kind: 'act_confirmed', proposal, operator: operatorIdOf('counter', 1) },
      { kind: 'act_carried_out', proposal, outcome: null, operator: operatorIdOf('counter', 1) },
    ]);
  });
});

it('a job that was interrupted anywhere in a deletion leaves it to the next one, which comes to the same', async () => {
  const play = async (at: number | null, when: 'before' | 'after') => {
    const { world, callNumber, receive, propose, confirm, runJob, outcomes } = await atCounter();
    const number = await callNumber();
    valueOf(await receive(number));
    const { proposal, hash } = valueOf(await propose(number));
    valueOf(await confirm(proposal, hash));
    const asked = [...laterDeletionPorts, 'loadIdentityByCard', 'replaceProposal'] as const;
    const { ports: faulty, calls } = failing<ServicePorts>(world.ports, asked, at === null ? null : { at, when });
    const carryOut = createCarryOut({ ...faulty, deleteCard: (card, id) => deleteAtCounter(faulty, card, id) });
    const job = runJob({ ...faulty, carryOut });
    if (at === null) await job;
    else await expect(job).rejects.toThrow(InjectedFault);
    await runJob();
    await finishErasures({ ...world.ports, forgetDeletions: () => Promise.resolve(0) });
    expect([world.identities.all(), world.erasures(), outcomes()]).toEqual([[], [], [null]]);
    expect(world.deletions().map(({ id }) => id)).toEqual([deletionId(proposal)]);
    expect(world.events.ofKind('account_deleted')).toHaveLength(1);
    return calls();
  };
  const calls = await play(null, 'before');
  expect(calls).toBeGreaterThanOrEqual(10);
  for (let at = 1; at <= calls; at += 1) for (const when of ['before', 'after'] as const) await play(at, when);
});
