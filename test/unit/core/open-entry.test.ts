import fc from 'fast-check';
import { validators } from '../../../protocol';
import { openEntry } from '../../../cloudfunctions/_core/card/open-entry';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { check, historyOf } from '../../support/history';
import { createShowingWorld, holder, type ShowingWorld } from '../../support/showing-world';

const open = ({ ports, events }: ShowingWorld, number: number, account = holder) =>
  openEntry({ ...ports, ...events.ports }, account, { number });

describe('one entry', () => {
  it('says what the history says of it, with what its leaf is computed from', async () => {
    const world = createShowingWorld();
    for (let request = 1; request <= 3; request += 1) await check(world, request);
    const history = await historyOf(world);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...history), async (entry) => {
        const reply = valueOf(await open(world, entry.number));
        expect(validators.OpenEntryReply(reply)).toBe(true);
        expect(reply.entry).toEqual(entry);
        expect(JSON.parse(reply.opening?.content ?? '')).toMatchObject({ kind: entry.kind });
      }),
    );
  });

  it('is nobody’s but its holder’s, and none where there is no such number', async () => {
    const world = createShowingWorld();
    await check(world);
    const { eventCount } = world.identity();
    for (const [number, account] of [
      [1, accountOf(2)],
      [eventCount + 1, holder],
      [1_000_000_000, holder],
    ] as const)
      expect(await open(world, number, account)).toEqual({ ok: false, error: { code: 'not_found' } });
  });

  it('is told as missing where somebody removed it, and then proves nothing', async () => {
    const world = createShowingWorld();
    await check(world);
    const [entry] = await historyOf(world);
    if (!entry || entry.kind === 'entry_missing') throw new Error('no entry');
    world.change((found) => ({ ...found, outbox: [] }));
    world.events.remove(world.ports.eventIdOf(world.identity(), entry.number));
    expect(valueOf(await open(world, entry.number))).toEqual({
      ok: true,
      entry: { kind: 'entry_missing', number: entry.number },
      opening: null,
      standing: null,
    });
  });

  it('is there although the call that made it was interrupted before it was appended', async () => {
    const world = createShowingWorld();
    await check(world);
    const { outbox, eventCount } = world.identity();
    const waiting = outbox.at(-1);
    if (!waiting) throw new Error('nothing waits');
    world.events.remove(waiting.id);
    expect(valueOf(await open(world, eventCount)).entry.kind).toBe('card_checked');
  });
});
