import fc from 'fast-check';
import type { PassUseResult } from '../../../protocol';
import { failing, InjectedFault, interleaved, type FaultPlan } from '../../support/asynchronous';
import { acceptance, createPassWorld, fetchHeld, handIn, laterPassPorts } from '../../support/pass-world';
import { firstTerminal, secondTerminal } from '../../support/showing-world';

/** One handing-in of one pass: which pass, by which terminal, under which request id. */
const handing = fc.record({
  pass: fc.integer({ min: 0, max: 1 }),
  isFirst: fc.boolean(),
  request: fc.integer({ min: 1, max: 2 }),
});
type Handing = typeof handing extends fc.Arbitrary<infer Value> ? Value : never;

const nameOf = ({ pass, isFirst, request }: Handing): string => `${pass} ${isFirst} ${request}`;

describe('passes that several terminals hand in at a time', () => {
  it('were each used first by one of them, whoever comes first, and every other use is told once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(handing, { minLength: 2, maxLength: 5 }),
        async (scheduler, handings) => {
          const world = createPassWorld();
          const held = await fetchHeld(world, 2);
          const ports = interleaved(world.ports, laterPassPorts, scheduler);
          const results = await scheduler.waitFor(
            Promise.all(
              handings.map(async (one): Promise<[Handing, PassUseResult | null]> => {
                const pass = held[one.pass];
                if (!pass) throw new Error('two passes');
                const use = acceptance(world, pass, one.request);
                try {
                  const [result] = await handIn(world, [use], one.isFirst ? firstTerminal : secondTerminal, ports);
                  return [one, result ?? null];
                } catch {
                  // Overtaken too often; the terminal hands it in again.
                  return [one, null];
                }
              }),
            ),
          );
          for (const pass of [0, 1]) {
            const ofPass = results.filter(([one]) => one.pass === pass);
            const first = new Set(
              ofPass.filter(([, result]) => result?.outcome === 'first_use').map(([one]) => nameOf(one)),
            );
            const told = ofPass.filter(([, result]) => result !== null);
            expect(first.size).toBeLessThanOrEqual(1);
            if (told.length === ofPass.length && ofPass.length > 0) expect(first.size).toBe(1);
            for (const [one, result] of told) {
              expect(result?.outcome).toBe(first.has(nameOf(one)) ? 'first_use' : 'used_before');
            }
          }
          // Handed in once more, one after another, everything is settled.
          for (const [one, before] of results) {
            const pass = held[one.pass];
            if (!pass) continue;
            const use = acceptance(world, pass, one.request);
            const [after] = await handIn(world, [use], one.isFirst ? firstTerminal : secondTerminal);
            if (before) expect(after).toEqual(before);
          }
          const uses = new Set(handings.map(nameOf)).size;
          const passes = new Set(handings.map(({ pass }) => pass)).size;
          const [once, twice] = [world.events.ofKind('pass_used'), world.events.ofKind('pass_used_twice')];
          // Two calls of the very same use may both find it untold: it is told at least once.
          expect(once.length).toBeGreaterThanOrEqual(passes);
          expect(twice.length).toBeGreaterThanOrEqual(uses - passes);
          if (uses === handings.length) expect([once.length, twice.length]).toEqual([passes, uses - passes]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are told to the holder wherever a call is interrupted, once it is made again', async () => {
    const play = async (plan: FaultPlan | null): Promise<number> => {
      const world = createPassWorld();
      const [held] = await fetchHeld(world, 1);
      if (!held) throw new Error('no pass');
      const use = acceptance(world, held);
      const { ports, calls } = failing(world.ports, laterPassPorts, plan);
      const interrupted = handIn(world, [use], firstTerminal, ports);
      if (plan) await expect(interrupted).rejects.toThrow(InjectedFault);
      else await interrupted;
      expect(await handIn(world, [use])).toMatchObject([{ outcome: 'first_use' }]);
      expect(world.events.ofKind('pass_used').length).toBeGreaterThanOrEqual(1);
      expect(world.events.ofKind('pass_used_twice')).toEqual([]);
      expect([...world.store.uses().values()]).toMatchObject([{ told: true }]);
      return calls();
    };
    const calls = await play(null);
    expect(calls).toBe(11);
    for (let at = 1; at <= calls; at += 1) for (const when of ['before', 'after'] as const) await play({ at, when });
  });
});
