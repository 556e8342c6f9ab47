import fc from 'fast-check';
import {
  callCounter,
  receiveVisitor,
  VISIT_LIFE_MS,
  VISITS_OF_ACCOUNT,
} from '../../../cloudfunctions/_core/operators/visit';
import { raiseVisitor } from '../../../cloudfunctions/_core/operators/visitor-acts';
import { createCardActsWorld } from '../../support/card-acts-world';
import { interleaved } from '../../support/asynchronous';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { operatorOf } from '../../support/operator-world';
import { holder, setCard } from '../../support/showing-world';
import { stoppedFor } from '../../support/stops';

const [counter, colleague] = [operatorOf('counter'), operatorOf('counter', 1)];
const refused = (code: string, more: object = {}) => ({ ok: false, error: { code, ...more } });

const called = async () => {
  const world = createCardActsWorld();
  const { number } = valueOf(await callCounter(world.ports, holder, { action: 'callCounter' }));
  const lastFour = world.identity().person.number.slice(-4);
  const seen = { personSeen: true, documentSeen: true } as const;
  return {
    world,
    number,
    receive: (by = counter, given = number) =>
      receiveVisitor(world.ports, by, { action: 'receiveVisitor', number: given }),
    raise: (typed = lastFour, by = counter, ports = world.ports) =>
      raiseVisitor(ports, by, { action: 'raiseVisitor', number, lastFour: typed, ...seen }),
  };
};

describe('a visit to a counter', () => {
  it('begins with the number that the holder reads out, and raises the card', async () => {
    const { world, number, receive, raise } = await called();
    expect(number).toMatch(/^[0-9]{8}$/);
    const received = valueOf(await receive());
    expect(received).toMatchObject({ about: 'card', tier: 'light', reference: world.identity().card.id });
    expect(JSON.stringify(received)).not.toContain(world.identity().person.number);
    valueOf(await raise());
    expect(world.identity().card.tier).toBe('full');
    expect(world.events.all()).toMatchObject([{ kind: 'card_looked_up', role: 'counter' }, { kind: 'tier_raised' }]);
    expect(world.acts().map(({ happening }) => happening.kind)).toEqual(['visitor_received', 'visitor_raised']);
    expect(await receive()).toEqual(refused('not_found'));
  });

  it('is one operator’s, for five minutes', async () => {
    const { world, receive, raise } = await called();
    valueOf(await receive());
    expect(await receive(colleague)).toEqual(refused('not_found'));
    expect(await raise(undefined, colleague)).toEqual(refused('not_found'));
    world.clock.advance(VISIT_LIFE_MS);
    expect(await raise()).toEqual(refused('not_found'));
    expect(await receive(counter, '00000000')).toEqual(refused('not_found'));
    for (const by of [operatorOf('security'), holder]) expect(await receive(by)).toEqual(refused('not_permitted'));
    expect(world.identity().card.tier).toBe('light');
  });

  it('is nobody’s own: an operator raises no card of theirs', async () => {
    const { world, receive, raise } = await called();
    valueOf(await receive());
    world.change((found) => ({ ...found, account: counter }));
    expect(await raise()).toEqual(refused('second_person_needed'));
    expect(world.identity().card.tier).toBe('light');
  });

  it('leaves three tries at the last four characters, also where they come at once', async () => {
    const { world, receive, raise } = await called();
    valueOf(await receive());
    for (const triesLeft of [2, 1, 0]) expect(await raise('0000')).toEqual(refused('fields_disagree', { triesLeft }));
    expect(await raise()).toEqual(refused('too_many_tries'));
    expect(world.identity().card.tier).toBe('light');

    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const other = await called();
        valueOf(await other.receive());
        const ports = interleaved(other.world.ports, ['claimVisit', 'countTry', 'loadIdentity'], scheduler);
        const typed = Array.from({ length: 8 }, () => other.raise('0000', counter, ports));
        const outcomes = await scheduler.waitFor(Promise.all(typed));
        const compared = outcomes.filter((one) => !one.ok && one.error.code === 'fields_disagree');
        expect(compared.length).toBeLessThanOrEqual(3);
      }),
      { numRuns: 40 },
    );
  });

  it('has so many numbers in an hour and no more, of calls at the same time, too', async () => {
    const { most, windowMs } = VISITS_OF_ACCOUNT;
    const { world } = await called();
    const call = () => callCounter(world.ports, holder, { action: 'callCounter' });
    const answers = await Promise.all(Array.from({ length: most + 5 }, call));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(most - 1);
    expect(await call()).toEqual(refused('too_many_requests'));
    expect(world.visits()).toHaveLength(most);
    world.clock.advance(windowMs);
    valueOf(await call());
  });

  it('that is none takes no turn', async () => {
    const world = createCardActsWorld();
    let taken = 0;
    const ports = { ...world.ports, takeTurn: () => Promise.resolve((taken += 1) > 0) };
    expect(await callCounter(ports, accountOf(7), { action: 'callCounter' })).toEqual(refused('not_found'));
    expect(taken).toBe(0);
  });

  it('is nobody’s without a card for which a counter can do something', async () => {
    const world = createCardActsWorld();
    expect(await callCounter(world.ports, accountOf(7), { action: 'callCounter' })).toEqual(refused('not_found'));
    for (const reason of ['inquiry', 'document_lost', 'person_died'] as const) {
      setCard(world, stoppedFor(reason));
      expect(await callCounter(world.ports, holder, { action: 'callCounter' })).toEqual(refused('card_not_active'));
    }
  });

  it('is told what can be done about the card as it stands, and raises none that is stopped', async () => {
    const { world, receive, raise } = await called();
    expect(valueOf(await receive()).may).toEqual(['raise', 'delete']);
    setCard(world, stoppedFor('phone_lost'));
    expect(valueOf(await receive()).may).toEqual(['delete']);
    expect(await raise()).toEqual(refused('card_not_active'));
    setCard(world, stoppedFor('inquiry'));
    expect(valueOf(await receive()).may).toEqual([]);
  });
});
