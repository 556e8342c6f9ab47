import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { SessionHandle } from '../../protocol';
import { ASK_LIFE_MS } from '../../cloudfunctions/_core/asks/ask';
import { FETCH_MS } from '../../cloudfunctions/_core/asks/read-ask';
import { ask, consent, createAskWorld, phoneOf, standingOf, type AskWorld } from '../support/ask-world';
import { drawnArrows } from '../support/drawn';
import { setCard } from '../support/showing-world';
import { inStanding } from '../support/stops';

const text = readFileSync(join(__dirname, '..', '..', 'docs', 'states.md'), 'utf8');

const steps = {
  claim: (world, session) => phoneOf(world.ports).claim(session),
  answer: async (world, session) => {
    const code = await consent(world, session).catch(() => null);
    return code && phoneOf(world.ports).answer(session, code());
  },
  decline: (world, session) => phoneOf(world.ports).decline(session),
  leave: (world, session) => world.ports.declineSession(session, world.clock.now()),
  fetch: (world, session) => world.ports.eraseRelease(session),
  suspend: (world) => setCard(world, inStanding.suspended),
  wait: (world) => world.clock.advance(FETCH_MS),
  end: (world) => world.clock.advance(ASK_LIFE_MS),
} satisfies Record<string, (world: AskWorld, session: SessionHandle) => unknown>;

const stateOf = async (world: AskWorld, session: SessionHandle): Promise<string> => {
  const standing = await standingOf(world, session);
  return standing.kind === 'waiting' && standing.isClaimed ? 'claimed' : standing.kind;
};

describe('the diagram of an ask', () => {
  it('draws every arrow that calls in any order go, and no other', async () => {
    const gone = new Set(['[*] → waiting']);
    const step = fc.constantFrom(...(Object.keys(steps) as (keyof typeof steps)[]));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (taken) => {
        const world = createAskWorld();
        const { session } = await ask(world);
        let state = await stateOf(world, session);
        for (const name of taken) {
          await steps[name](world, session);
          const after = await stateOf(world, session);
          if (after !== state) gone.add(`${state} → ${after}`);
          state = after;
        }
      }),
      {
        numRuns: 200,
        examples: [
          [['claim', 'suspend', 'claim', 'leave', 'end', 'wait']],
          [['claim', 'answer', 'fetch']],
          [['claim', 'end', 'wait']],
        ],
      },
    );
    expect([...gone].sort()).toEqual(drawnArrows(text, 'An ask of an institution'));
  });
});
