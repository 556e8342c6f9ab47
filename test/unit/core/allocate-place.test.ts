import fc from 'fast-check';
import { allocatePlace } from '../../../cloudfunctions/_core/status/allocate-place';
import { LIST_FILL, LIST_SIZE } from '../../../cloudfunctions/_core/status/status-list';
import { failing, InjectedFault, interleaved } from '../../support/asynchronous';
import { createRandomBytes } from '../../support/random-bytes';
import { placeName } from '../../support/status-store';
import { createStatusWorld, laterStatusPorts, type StatusWorld } from '../../support/status-world';

/** Makes the newest list look as if so many places were left. */
const leave = ({ store }: StatusWorld, left: number): void => {
  const [list, state] = [...store.lists].at(-1) ?? [];
  if (list === undefined || !state) throw new Error('no list');
  store.lists.set(list, { ...state, filled: LIST_FILL - left });
};

describe('a place in a status list', () => {
  it('is in a list that is published, and valid there', async () => {
    const world = createStatusWorld();
    const place = await world.mint(1);
    expect(place.list).toBe(1);
    expect(world.publishedAt(place)).toEqual({ status: 'valid', asOf: world.clock.now() });
  });

  it('is any of the list’s, each as likely as the other', async () => {
    const world = createStatusWorld();
    const places = await Promise.all(Array.from({ length: 2000 }, () => allocatePlace(world.ports)));
    expect(new Set(places.map(placeName)).size).toBe(2000);
    for (const { index } of places) expect(index).toBeLessThan(LIST_SIZE);
    const inGroup = (group: number): number =>
      places.filter(({ index }) => Math.floor((index / LIST_SIZE) * 16) === group).length;
    const groups = Array.from({ length: 16 }, (_, group) => inGroup(group));
    // Chi-square with 15 degrees of freedom: beyond 44 once in 10,000 times, and the draws are the same in every run.
    expect(groups.reduce((sum, count) => sum + (count - 125) ** 2 / 125, 0)).toBeLessThan(44);
  });

  it('is drawn again where it is taken', async () => {
    const fresh = createRandomBytes('other');
    const draws = [new Uint8Array([0, 0, 0, 7]), new Uint8Array([0, 0, 0, 7]), new Uint8Array([255, 255, 255, 255])];
    const world = createStatusWorld((length) => draws.shift() ?? fresh(length));
    expect(await world.mint(1)).toEqual({ list: 1, index: 7 });
    expect(await world.mint(2)).toEqual({ list: 1, index: LIST_SIZE - 1 });
  });

  it('is in the next list where the newest is full, and lists never get fuller', async () => {
    const world = createStatusWorld();
    await world.mint(1);
    leave(world, 2);
    const places = [await world.mint(2), await world.mint(3), await world.mint(4)];
    expect(places.map(({ list }) => list)).toEqual([1, 1, 2]);
    expect([...world.store.lists.values()].map(({ filled }) => filled)).toEqual([LIST_FILL, 1]);
  });

  it('is nobody else’s, however many ask at once and whoever opens the list', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.nat({ max: 3 }), async (scheduler, left) => {
        const world = createStatusWorld();
        await world.mint(0);
        leave(world, left);
        const ports = interleaved(world.ports, laterStatusPorts, scheduler);
        const asked = Promise.all(Array.from({ length: 6 }, () => allocatePlace(ports)));
        const places = await scheduler.waitFor(asked);
        expect(new Set(places.map(placeName)).size).toBe(6);
        expect(places.filter(({ list }) => list === 1)).toHaveLength(left);
        expect([...world.store.lists.keys()]).toEqual([1, 2]);
        expect(world.store.lists.get(2)?.filled).toBe(6 - left);
      }),
      { numRuns: 60 },
    );
  });

  it('is lost at the most where a call fails, and never given out twice', async () => {
    const whole = createStatusWorld();
    const counted = failing(whole.ports, laterStatusPorts, null);
    await allocatePlace(counted.ports);
    expect(counted.calls()).toBeGreaterThan(3);
    for (let at = 1; at <= counted.calls(); at += 1) {
      for (const when of ['before', 'after'] as const) {
        const world = createStatusWorld();
        await expect(allocatePlace(failing(world.ports, laterStatusPorts, { at, when }).ports)).rejects.toThrow(
          InjectedFault,
        );
        const [one, other] = [await allocatePlace(world.ports), await allocatePlace(world.ports)];
        expect(placeName(one)).not.toBe(placeName(other));
        expect(world.publishedAt(one).status).toBe('valid');
      }
    }
  });
});
