import fc from 'fast-check';
import { publishStatus } from '../../../cloudfunctions/_core/status/publish-status';
import { allocatePlace } from '../../../cloudfunctions/_core/status/allocate-place';
import type { StatusPlace } from '../../../cloudfunctions/_core/status/status-list';
import { failing, InjectedFault, interleaved } from '../../support/asynchronous';
import { placeName } from '../../support/status-store';
import { createStatusWorld, laterStatusPorts, type StatusWorld } from '../../support/status-world';

const HOUR = 60 * 60 * 1000;

const worldWith = async (cards: number): Promise<StatusWorld> => {
  const world = createStatusWorld();
  for (let name = 0; name < cards; name += 1) await world.mint(name);
  return world;
};

describe('publishing', () => {
  it('carries each change of a card to whoever fetches its list, and no other list is signed', async () => {
    const world = await worldWith(2);
    const [one, other] = [world.store.card(0), world.store.card(1)];
    world.store.change(0, { status: 'suspended' });
    expect(world.publishedAt(one.place).status).toBe('valid');
    expect(await publishStatus(world.ports)).toEqual({ carried: 1, published: 1 });
    expect(world.publishedAt(one.place).status).toBe('suspended');
    expect(world.publishedAt(other.place).status).toBe('valid');
    expect(await publishStatus(world.ports)).toEqual({ carried: 0, published: 0 });
    world.store.change(0, { status: 'valid' });
    await publishStatus(world.ports);
    expect(world.publishedAt(one.place).status).toBe('valid');
  });

  it('revokes for good what a new credential took the place of, whatever becomes of the card', async () => {
    const world = await worldWith(1);
    const old = world.store.card(0).place;
    const next = await allocatePlace(world.ports);
    world.store.change(0, { place: next });
    await publishStatus(world.ports);
    expect(world.publishedAt(old).status).toBe('revoked');
    expect(world.publishedAt(next).status).toBe('valid');
    for (const status of ['suspended', 'valid'] as const) {
      world.store.change(0, { status });
      await publishStatus(world.ports);
      expect(world.publishedAt(old).status).toBe('revoked');
      expect(world.publishedAt(next).status).toBe(status);
    }
  });

  it('signs a list anew once half of its life is over, and not before; unsigned, it is never valid again', async () => {
    const world = await worldWith(1);
    const { place } = world.store.card(0);
    world.clock.advance(12 * HOUR - 1);
    expect((await publishStatus(world.ports)).published).toBe(0);
    world.clock.advance(1);
    expect((await publishStatus(world.ports)).published).toBe(1);
    expect(world.publishedAt(place)).toEqual({ status: 'valid', asOf: world.clock.now() });
    world.clock.advance(24 * HOUR);
    expect(world.publishedAt(place)).toEqual({ status: 'undetermined', reason: 'expired' });
    await publishStatus(world.ports);
    expect(world.publishedAt(place).status).toBe('valid');
  });

  it('signs every list anew with the next key, once the first is compromised', async () => {
    const world = await worldWith(1);
    const { place } = world.store.card(0);
    world.rotate(['key-a', 'key-b']);
    expect(world.publishedAt(place)).toEqual({ status: 'undetermined', reason: 'unknown_key' });
    expect((await publishStatus(world.ports)).published).toBe(1);
    expect(world.publishedAt(place).status).toBe('valid');
    expect((await publishStatus(world.ports)).published).toBe(0);
  });

  it('takes off the queue who has ended or has a new credential, and nobody else', async () => {
    const world = createStatusWorld();
    for (const name of [0, 1, 2, 3]) {
      world.store.add(name, await allocatePlace(world.ports));
      world.store.queue.add(name);
    }
    world.store.change(0, { status: 'revoked' });
    world.store.change(1, { place: await allocatePlace(world.ports) });
    world.store.change(2, { status: 'suspended' });
    await publishStatus(world.ports);
    expect([...world.store.queue]).toEqual([2, 3]);
  });

  it('carries more changes than one page', async () => {
    const world = await worldWith(230);
    for (let name = 0; name < 230; name += 1) world.store.change(name, { status: 'suspended' });
    expect(await publishStatus(world.ports)).toEqual({ carried: 230, published: 1 });
    for (let name = 0; name < 230; name += 1) {
      expect(world.publishedAt(world.store.card(name).place).status).toBe('suspended');
    }
  });
});

type Step =
  | { readonly kind: 'mint' }
  | { readonly kind: 'change'; readonly card: number; readonly status: 'valid' | 'suspended' | 'revoked' }
  | { readonly kind: 'renew'; readonly card: number }
  | { readonly kind: 'wait'; readonly hours: number }
  | { readonly kind: 'publish'; readonly fault: { readonly at: number; readonly when: 'before' | 'after' } | null };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constant<Step>({ kind: 'mint' }),
  fc.record({
    kind: fc.constant('change' as const),
    card: fc.nat({ max: 9 }),
    status: fc.constantFrom('valid' as const, 'suspended' as const, 'revoked' as const),
  }),
  fc.record({ kind: fc.constant('renew' as const), card: fc.nat({ max: 9 }) }),
  fc.record({ kind: fc.constant('wait' as const), hours: fc.nat({ max: 20 }) }),
  fc.record({
    kind: fc.constant('publish' as const),
    fault: fc.option(
      fc.record({ at: fc.integer({ min: 1, max: 14 }), when: fc.constantFrom('before' as const, 'after' as const) }),
    ),
  }),
);

/** What every place must come to: the status of the card whose it is, and revoked where it was one's. */
const modelOf = ({ store }: StatusWorld, cards: number, retired: readonly StatusPlace[]) =>
  new Map([
    ...retired.map((place) => [placeName(place), { place, status: 'revoked' }] as const),
    ...Array.from({ length: cards }, (_, name) => store.card(name)).map(
      ({ place, status }) => [placeName(place), { place, status }] as const,
    ),
  ]);

const expectPublished = (world: StatusWorld, cards: number, retired: readonly StatusPlace[]): void => {
  expect(world.store.pending()).toBe(0);
  for (const { place, status } of modelOf(world, cards, retired).values()) {
    expect(world.publishedAt(place).status).toBe(status);
  }
};

describe('the published lists', () => {
  it('equal the cards after the last run, whatever happened before and wherever runs were interrupted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const world = await worldWith(1);
        const retired: StatusPlace[] = [];
        let cards = 1;
        for (const taken of steps) {
          if (taken.kind === 'mint') await world.mint(cards++);
          if (taken.kind === 'wait') world.clock.advance(taken.hours * HOUR);
          if (taken.kind === 'change' || taken.kind === 'renew') {
            const name = taken.card % cards;
            const { status, place } = world.store.card(name);
            // Nothing brings back what is revoked.
            if (status === 'revoked') continue;
            if (taken.kind === 'change') world.store.change(name, { status: taken.status });
            else {
              retired.push(place);
              world.store.change(name, { place: await allocatePlace(world.ports) });
            }
          }
          if (taken.kind === 'publish') {
            const run = publishStatus(failing(world.ports, laterStatusPorts, taken.fault).ports);
            await run.catch((error: unknown) => expect(error).toBeInstanceOf(InjectedFault));
          }
        }
        await publishStatus(world.ports);
        expectPublished(world, cards, retired);
      }),
      { numRuns: 150 },
    );
  });

  it('do not end with an older state, in whatever order runs and changes meet', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.constantFrom('suspended' as const, 'valid' as const), { minLength: 2, maxLength: 5 }),
        async (scheduler, changes) => {
          const world = await worldWith(1);
          const ports = interleaved(world.ports, laterStatusPorts, scheduler);
          const made = changes.map((status) =>
            scheduler.schedule(Promise.resolve(), status).then(() => world.store.change(0, { status })),
          );
          const runs = Array.from({ length: 3 }, () => publishStatus(ports));
          await scheduler.waitFor(Promise.all([...made, ...runs]));
          await publishStatus(world.ports);
          expectPublished(world, 1, []);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('never have a run that is late put back what a later one has published', async () => {
    const world = await worldWith(1);
    const { place } = world.store.card(0);
    world.store.change(0, { status: 'suspended' });
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const late = publishStatus({
      ...world.ports,
      loadPending: async (limit) => {
        const pending = await world.ports.loadPending(limit);
        await held;
        return pending;
      },
    });
    world.store.change(0, { status: 'valid' });
    await publishStatus(world.ports);
    release();
    await late;
    expect(world.publishedAt(place).status).toBe('valid');
    expectPublished(world, 1, []);
  });
});
