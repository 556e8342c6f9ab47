import fc from 'fast-check';
import { deletionId } from '../../../protocol';
import { PROPOSAL_LIFE_MS } from '../../../cloudfunctions/_core/operators/critical-act';
import { withdrawAct } from '../../../cloudfunctions/_core/operators/propose';
import { interleaved } from '../../support/asynchronous';
import { atCounter, first, second } from '../../support/at-counter';
import { valueOf } from '../../support/enrolment-steps';
import { operatorOf } from '../../support/operator-world';

const third = operatorOf('counter', 2);

/** A visitor, and how an operator proposes the deletion in a new visit of theirs. */
const visiting = async () => {
  const counter = await atCounter();
  const visit = async (who = first) => {
    const number = await counter.callNumber();
    valueOf(await counter.receive(number, who));
    return number;
  };
  const proposeAnew = async (who = first) => valueOf(await counter.propose(await visit(who), undefined, who));
  return { ...counter, visit, proposeAnew };
};

describe('a deletion at a counter', () => {
  it('is one proposal with one address, however often it is asked for', async () => {
    const { world, code, bring, visit, propose, proposeAnew, confirm, runJob, identity } = await visiting();
    const number = await visit();
    const told = valueOf(await propose(number));
    world.clock.advance(1000);
    expect(valueOf(await propose(number))).toEqual(told);
    expect(await proposeAnew()).toEqual(told);
    expect(await proposeAnew(second)).toEqual(told);
    const { number: ofCode } = valueOf(await bring(code));
    expect(valueOf(await propose(ofCode))).toEqual(told);
    const deeds = world.operatorLog().map(({ happening }) => happening.kind);
    expect(deeds.filter((kind) => kind === 'act_proposed')).toHaveLength(1);

    valueOf(await confirm(told.proposal, told.hash));
    const last = await proposeAnew();
    expect(last).toEqual(told);
    await runJob();
    expect(identity()).toBeNull();
    expect(world.deletions().map(({ id }) => id)).toEqual([deletionId(last.proposal)]);
    expect(last.proofAddress).toBe(`https://issuer.example/proofs/${last.proposal}`);
  });

  it('that was withdrawn or ran out is proposed anew, by whoever receives the visitor then', async () => {
    const { ports, world, proposeAnew, confirm, runJob } = await visiting();
    const withdrawn = await proposeAnew();
    valueOf(await withdrawAct(ports, first, { action: 'withdrawAct', proposal: withdrawn.proposal }));
    const over = await proposeAnew(second);
    world.clock.advance(PROPOSAL_LIFE_MS);
    const last = await proposeAnew(third);
    expect(new Set([withdrawn, over, last].map(({ proposal }) => proposal)).size).toBe(3);
    expect(await proposeAnew()).toEqual(last);
    for (const { proposal, hash } of [withdrawn, over])
      expect(await confirm(proposal, hash, third)).toEqual({ ok: false, error: { code: 'wrong_step' } });
    expect(await confirm(last.proposal, last.hash, third)).toMatchObject({ error: { code: 'second_person_needed' } });
    valueOf(await confirm(last.proposal, last.hash));
    await runJob();
    expect(world.deletions().map(({ id }) => id)).toEqual([deletionId(last.proposal)]);
  });

  it('that a stop had kept from being done is proposed anew once the stop is gone', async () => {
    const { world, identity, stopFor, proposeAnew, confirm, runJob, outcomes } = await visiting();
    const before = await proposeAnew();
    valueOf(await confirm(before.proposal, before.hash));
    await stopFor('inquiry');
    await runJob();
    expect(outcomes()).toEqual(['card_not_active']);
    const found = identity();
    if (!found) throw new Error('no card');
    world.identities.put({ ...found, card: { ...found.card, stops: [] } });
    const next = await proposeAnew();
    valueOf(await confirm(next.proposal, next.hash));
    await runJob();
    expect(outcomes()).toEqual(['card_not_active', null]);
    expect(world.deletions().map(({ id }) => id)).toEqual([deletionId(next.proposal)]);
  });

  it('is one proposal, whatever comes at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { ports, world, visit, propose } = await visiting();
        const operators = [first, second, third];
        const numbers = await Promise.all(operators.map(visit));
        const asked = interleaved(ports, ['createProposal', 'loadProposal', 'clearProposalOutbox'], scheduler);
        const told = await scheduler.waitFor(
          Promise.all(operators.map((who, at) => propose(numbers[at] ?? '', undefined, who, asked))),
        );
        expect(new Set(told.map((reply) => valueOf(reply).proofAddress)).size).toBe(1);
        expect(world.proposals()).toHaveLength(1);
      }),
      { numRuns: 40 },
    );
  });
});
