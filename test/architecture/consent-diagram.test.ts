import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { instant } from '../../protocol';
import { openEntry } from '../../cloudfunctions/_core/card/open-entry';
import { CONSENTS_MOST } from '../../cloudfunctions/_core/consents/consent';
import { agreed, createAskWorld, phoneOf, type AskWorld } from '../support/ask-world';
import { lend, withdraw, type Lent } from '../support/consents';
import { drawnArrows } from '../support/drawn';
import { valueOf } from '../support/enrolment-steps';
import { holder } from '../support/showing-world';

const text = readFileSync(join(__dirname, '..', '..', 'docs', 'states.md'), 'utf8');
const DAY_MS = 24 * 60 * 60 * 1000;

const steps = {
  withdraw: (world, { number }) => withdraw(world.ports, number),
  wait: (world) => world.clock.advance(DAY_MS),
  end: (world, { until }) => world.clock.advance(Math.max(0, until - world.clock.now())),
  check: async (world) => {
    const { session, code } = await agreed(world);
    return phoneOf(world.ports).answer(session, code());
  },
  // As if the same partner had been answered all day; the next answer comes for itself.
  crowd: async (world, { number, until }) => {
    const [first] = world.identity().consents ?? [];
    if (first?.number !== number) return;
    const others = Array.from({ length: CONSENTS_MOST - 1 }, (_, at) => ({
      ...{ ...first, number: number + 1000 + at, withdrawnAt: null },
      until: instant(until + (at + 1) * 1000),
    }));
    world.change((found) => ({ ...found, consents: [first, ...others] }));
    await lend(world);
  },
} satisfies Record<string, (world: AskWorld, lent: Lent) => unknown>;

const stateOf = async ({ ports, events }: AskWorld, { number }: Lent): Promise<string> =>
  valueOf(await openEntry({ ...ports, ...events.ports }, holder, { number })).standing?.consent?.state ?? 'none';

describe('the diagram of a consent that lasts', () => {
  it('draws every arrow that calls in any order go, and no other', async () => {
    const gone = new Set(['[*] → given']);
    const step = fc.constantFrom(...(Object.keys(steps) as (keyof typeof steps)[]));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 5 }), async (taken) => {
        const world = createAskWorld();
        const lent = await lend(world);
        let state = await stateOf(world, lent);
        for (const name of taken) {
          await steps[name](world, lent);
          const after = await stateOf(world, lent);
          if (after !== state) gone.add(`${state} → ${after}`);
          state = after;
        }
      }),
      {
        numRuns: 50,
        examples: [[['withdraw', 'end']], [['wait', 'end', 'check', 'withdraw']], [['crowd', 'withdraw']]],
      },
    );
    expect([...gone].sort()).toEqual(drawnArrows(text, 'A consent that an institution may ask'));
  });
});
