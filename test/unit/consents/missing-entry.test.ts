import { eventId, validators } from '../../../protocol';
import { openEntry } from '../../../cloudfunctions/_core/card/open-entry';
import { createAskWorld, type AskWorld } from '../../support/ask-world';
import { lend, statusOf, withdraw } from '../../support/consents';
import { valueOf } from '../../support/enrolment-steps';
import { holder } from '../../support/showing-world';

/** Takes the check with which a consent was given out of the log. */
const removeCheck = (world: AskWorld): void => {
  world.change((found) => ({ ...found, outbox: [] }));
  const [check] = world.events.ofKind('card_checked');
  world.events.remove(check?.id ?? eventId('0'.repeat(32)));
};

const opened = async ({ ports, events }: AskWorld, number: number) =>
  valueOf(await openEntry({ ...ports, ...events.ports }, holder, { number }));

describe('a consent whose entry somebody removed', () => {
  it('is told with the missing entry, and is withdrawn there', async () => {
    const world = createAskWorld();
    const { number, reference, until } = await lend(world);
    removeCheck(world);
    const left = { isReported: false, mayAskDeletion: false, deletion: null };
    const before = await opened(world, number);
    expect(validators.OpenEntryReply(before)).toBe(true);
    expect(before).toMatchObject({
      entry: { kind: 'entry_missing', number },
      standing: { ...left, consent: { state: 'given', until } },
    });
    const at = world.clock.now();
    const { standing } = valueOf(await withdraw(world.ports, number));
    expect(standing).toEqual({ ...left, consent: { state: 'withdrawn', at } });
    expect(await statusOf(world, reference)).toBe('unknown');
    expect(world.events.ofKind('consent_withdrawn')).toMatchObject([{ check: number }]);
    expect((await opened(world, number)).standing).toEqual(standing);
  });

  it('is withdrawn also where nothing can be read of the log', async () => {
    const world = createAskWorld();
    const { number, reference } = await lend(world);
    const loadEvents = () => Promise.reject(new Error('a seal does not open'));
    await expect(withdraw({ ...world.ports, loadEvents }, number)).rejects.toThrow('a seal does not open');
    expect(await statusOf(world, reference)).toBe('unknown');
  });

  it('is no more once it has ended: then nothing tells that there was one', async () => {
    const world = createAskWorld();
    const { number, until } = await lend(world);
    removeCheck(world);
    world.clock.advance(until - world.clock.now());
    expect((await opened(world, number)).standing).toBeNull();
    expect(await withdraw(world.ports, number)).toEqual({ ok: false, error: { code: 'not_found' } });
  });
});
