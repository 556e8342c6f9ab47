import fc from 'fast-check';
import { instant } from '../../../protocol';
import { issueKillCode } from '../../../cloudfunctions/_core/card/kill-card';
import { receiveByCode, VISIT_LIFE_MS, type Visit } from '../../../cloudfunctions/_core/operators/visit';
import { interleaved } from '../../support/asynchronous';
import { atCounter, first, holder, second } from '../../support/at-counter';
import { valueOf } from '../../support/enrolment-steps';

const refused = (code: string, more: object = {}) => ({ ok: false, error: { code, ...more } });

describe('a visit by kill code', () => {
  it('goes on where the code is typed again, and begins no tries anew', async () => {
    const { world, code, bring, propose } = await atCounter();
    const begun = valueOf(await bring(code));
    expect(begun.number).toMatch(/^[0-9]{8}$/);
    for (const triesLeft of [2, 1, 0]) {
      expect(await propose(valueOf(await bring(code)).number, '0000')).toEqual(
        refused('fields_disagree', { triesLeft }),
      );
    }
    const again = valueOf(await bring(code));
    expect(again).toEqual(begun);
    expect(await propose(again.number)).toEqual(refused('too_many_tries'));
    world.clock.advance(VISIT_LIFE_MS - 1);
    expect(await propose(valueOf(await bring(code)).number)).toEqual(refused('too_many_tries'));
    expect(world.proposals()).toEqual([]);

    world.clock.advance(1);
    expect(await propose(begun.number)).toEqual(refused('not_found'));
    valueOf(await propose(valueOf(await bring(code)).number));
  });

  it('is one of the card, whichever of its codes was brought', async () => {
    const { world, code, bring, propose } = await atCounter();
    const { code: next } = valueOf(await issueKillCode(world.ports, holder));
    for (const [brought, triesLeft] of [
      [code, 2],
      [next, 1],
      [code, 0],
    ] as const)
      expect(await propose(valueOf(await bring(brought)).number, '0000')).toEqual(
        refused('fields_disagree', { triesLeft }),
      );
    expect(await propose(valueOf(await bring(next)).number)).toEqual(refused('too_many_tries'));
  });

  it('is each operator’s own', async () => {
    const { code, bring, propose } = await atCounter();
    const [mine, theirs] = [valueOf(await bring(code)).number, valueOf(await bring(code, second)).number];
    expect(mine).not.toBe(theirs);
    expect(await propose(theirs)).toEqual(refused('not_found'));
    for (let typed = 0; typed < 3; typed += 1) await propose(mine, '0000');
    expect(await propose(mine)).toEqual(refused('too_many_tries'));
    valueOf(await propose(theirs, undefined, second));
  });

  it('takes another number where its own is somebody else’s', async () => {
    const { world, ports, code, bring, propose, identity } = await atCounter();
    const { number } = valueOf(await bring(code));
    world.clock.advance(VISIT_LIFE_MS);
    const key = identity()?.key;
    if (!key) throw new Error('no card');
    const other: Visit = {
      ...{ id: ports.visitIdOf(number), subject: { kind: 'card', identity: key }, by: 'number' },
      ...{ expiresAt: instant(ports.now() + VISIT_LIFE_MS), operator: null, tries: 0 },
    };
    expect(await ports.createVisit(other, ports.now())).toBe(true);
    const next = valueOf(await bring(code));
    expect(next.number).not.toBe(number);
    valueOf(await propose(next.number));
  });

  it('has three tries, whatever comes at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { ports, code, propose } = await atCounter();
        const asked = interleaved(ports, ['createVisit', 'claimVisit', 'countTry'], scheduler);
        const killCode = code.replaceAll('-', '');
        const guess = async () => {
          const received = await receiveByCode(asked, first, { action: 'receiveByCode', killCode });
          return propose(valueOf(received).number, '0000', first, asked);
        };
        const replies = await scheduler.waitFor(Promise.all(Array.from({ length: 8 }, guess)));
        const compared = replies.filter((reply) => !reply.ok && reply.error.code === 'fields_disagree');
        expect(compared.length).toBeLessThanOrEqual(3);
      }),
      { numRuns: 40 },
    );
  });
});
