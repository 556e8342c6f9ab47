import fc from 'fast-check';
import { appendLeaves, emptyFrontier, growTiles, leafHash, rootOf, verifyCheckpoint } from '../../../protocol';
import { keepLog } from '../../../cloudfunctions/_core/log/keep-log';
import { proveConsistency, proveInclusion } from '../../../cloudfunctions/_core/log/prove';
import { failing, InjectedFault, interleaved } from '../../support/asynchronous';
import {
  commitmentOf,
  createLogWorld,
  eventIdOf,
  laterLogPorts,
  LOG_ISSUER,
  markingOneByOne,
} from '../../support/log-world';
import { verifySignature } from '../protocol/support';
import { definedRoot, sha256, toHex } from './trees';

type World = ReturnType<typeof createLogWorld>;
const few = { events: 3, batches: 2 };
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, at) => from + at);

/** Runs on until nothing waits, as a timer does. */
const drain = async ({ ports }: World): Promise<void> => {
  await keepLog(ports, { events: 5, batches: 100 });
  await keepLog(ports, few);
};

/** What must hold of a log that has come to rest. */
const expectWhole = ({ store, key, said }: World, numbers: readonly number[]): void => {
  const batches = [...store.batches.values()].sort((one, other) => one.first - other.first);
  const sequenced = batches.flatMap(({ events }) => events);
  // Each event has exactly one leaf, batches join without a gap, and every event knows its own place.
  expect([...sequenced].sort()).toEqual(numbers.map(eventIdOf).sort());
  batches.forEach(({ first, events }, at) => {
    expect(batches[at + 1]?.first ?? sequenced.length).toBe(first + events.length);
  });
  sequenced.forEach((id, leaf) => expect(store.events.get(id)?.leaf).toBe(leaf));

  const content = new Map(numbers.map((number) => [eventIdOf(number), commitmentOf(number)]));
  const leaves = sequenced.map((id) => leafHash(sha256, content.get(id) ?? new Uint8Array()));
  expect(store.leaves().map(toHex)).toEqual(leaves.map(toHex));
  const tiles = growTiles(sha256, 0, leaves, () => []);
  expect([...store.tiles.values()].map(({ hashes }) => hashes.length)).toEqual(
    tiles.map(({ hashes }) => hashes.length),
  );
  for (const { text } of store.checkpoints) {
    const keys = new Map([['log-1', key.publicKey]]);
    const verified = verifyCheckpoint(text, { expectedIssuer: LOG_ISSUER, keys, verify: verifySignature });
    const checkpoint = verified.ok ? verified.checkpoint : null;
    expect(toHex(checkpoint?.root ?? leaves[0] ?? sha256(new Uint8Array()))).toBe(
      toHex(definedRoot(leaves.slice(0, checkpoint?.size))),
    );
  }
  expect(Math.max(0, ...store.checkpoints.map(({ checkpoint }) => checkpoint.size))).toBe(numbers.length);
  expect(said.filter(({ event }) => event === 'LOG_INCONSISTENT')).toEqual([]);
};

describe('the log', () => {
  it('gives leaves to the oldest first, at most so many a run, and signs what it has become', async () => {
    const world = createLogWorld();
    world.append(...range(0, 8));
    expect(await keepLog(world.ports, few)).toBe('signed');
    expect(world.store.leaves()).toHaveLength(6);
    expect(await keepLog(world.ports, few)).toBe('signed');
    expect(await keepLog(world.ports, few)).toBe('unchanged');
    expectWhole(world, range(0, 8));
    expect(world.store.checkpoints.map(({ checkpoint }) => checkpoint.size)).toEqual([6, 8]);
  });

  it('has nothing to sign while it is empty', async () => {
    const world = createLogWorld();
    expect(await keepLog(world.ports, few)).toBe('unchanged');
    expect(world.store.checkpoints).toEqual([]);
  });

  it('is signed anew each hour while it does not grow', async () => {
    const world = createLogWorld();
    world.append(1);
    expect(await keepLog(world.ports)).toBe('signed');
    world.passSeconds(3599);
    expect(await keepLog(world.ports)).toBe('unchanged');
    world.passSeconds(1);
    expect(await keepLog(world.ports)).toBe('signed');
    const [one, other] = world.store.checkpoints.map(({ checkpoint }) => checkpoint);
    expect(other).toEqual({ ...one, issuedAt: (one?.issuedAt ?? 0) + 3600 });
  });

  it('gives every event one leaf, whatever runs meet, die and come again, and whatever is appended meanwhile', async () => {
    const outcomes = { killed: 0, survived: 0 };
    const run = fc.record({
      at: fc.integer({ min: 1, max: 30 }),
      when: fc.constantFrom('before' as const, 'after' as const),
      isKilled: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(run, { minLength: 2, maxLength: 4 }),
        fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 5 }),
        async (scheduler, runs, appended) => {
          const world = createLogWorld();
          let count = 4;
          world.append(...range(0, count));
          const append = async (more: number): Promise<void> => {
            await scheduler.schedule(Promise.resolve(), 'appended');
            world.append(...range(count, count + more));
            count += more;
          };
          const job = async ({ isKilled, ...plan }: (typeof runs)[number]): Promise<void> => {
            const mortal = failing(world.ports, laterLogPorts, isKilled ? plan : null).ports;
            const ports = markingOneByOne(interleaved(mortal, laterLogPorts, scheduler));
            try {
              await keepLog(ports, few);
              outcomes.survived += 1;
            } catch (error) {
              if (!(error instanceof InjectedFault)) throw error;
              outcomes.killed += 1;
            }
          };
          await scheduler.waitFor(Promise.all([...runs.map(job), ...appended.map(append)]));
          const settled = world.store.leaves().map(toHex);
          await drain(world);
          expectWhole(world, range(0, count));
          expect(world.store.leaves().map(toHex).slice(0, settled.length)).toEqual(settled);
        },
      ),
      { numRuns: 250 },
    );
    expect(outcomes.killed).toBeGreaterThan(50);
    expect(outcomes.survived).toBeGreaterThan(50);
  });

  it('is finished by the next run, wherever the one before it died', async () => {
    const play = async (at: number, when: 'before' | 'after'): Promise<boolean> => {
      const world = createLogWorld();
      world.append(...range(0, 300));
      const { ports } = failing(world.ports, laterLogPorts, { at, when });
      const isOver = await keepLog(markingOneByOne(ports), { events: 290, batches: 2 }).then(
        () => true,
        () => false,
      );
      await drain(world);
      expectWhole(world, range(0, 300));
      return isOver;
    };
    let isOver = false;
    let at = 0;
    // Of the many equal steps in which events are marked, some.
    for (; !isOver; at += at > 8 && at < 280 ? 67 : 1) {
      for (const when of ['before', 'after'] as const) isOver = await play(at + 1, when);
    }
    expect(at).toBeGreaterThan(300);
  });

  it('proves every leaf and every earlier tree out of its tiles, and nothing that it is not', async () => {
    const world = createLogWorld();
    world.append(...range(0, 300));
    for (let left = 5; left > 0; left -= 1) await keepLog(world.ports, { events: 70, batches: 1 });
    expect(world.store.leaves()).toHaveLength(300);
    const root = (size: number) =>
      rootOf(sha256, appendLeaves(sha256, emptyFrontier, world.store.leaves().slice(0, size)));
    for (const [leaf, size] of [
      [0, 1],
      [0, 300],
      [255, 256],
      [256, 300],
      [299, 300],
    ] as const) {
      expect(await proveInclusion(world.ports, leaf, size)).not.toBeNull();
    }
    for (const { checkpoint } of world.store.checkpoints) {
      expect(toHex(checkpoint.root)).toBe(toHex(root(checkpoint.size)));
      expect(await proveConsistency(world.ports, checkpoint.size, 300)).not.toBeNull();
    }
    for (const [leaf, size] of [
      [0, 0],
      [300, 300],
      [0, 301],
      [0, 2 ** 40],
    ] as const) {
      expect(await proveInclusion(world.ports, leaf, size)).toBeNull();
    }
    for (const [from, to] of [
      [0, 3],
      [4, 3],
      [301, 301],
      [1, 301],
    ] as const) {
      expect(await proveConsistency(world.ports, from, to)).toBeNull();
    }
  });
});

describe('a log that somebody changed', () => {
  const start = async (): Promise<World> => {
    const world = createLogWorld();
    world.append(...range(0, 300));
    expect(await keepLog(world.ports)).toBe('signed');
    world.append(...range(300, 310));
    return world;
  };
  const expectUnsigned = async (world: World): Promise<void> => {
    expect(await keepLog(world.ports)).toBe('inconsistent');
    expect(world.store.checkpoints).toHaveLength(1);
    expect(world.said.at(-1)).toEqual({ event: 'LOG_INCONSISTENT', from: 300, to: 310 });
  };
  const other = leafHash(sha256, Buffer.from('another event'));

  // An older leaf is seen by whoever reads all leaves: the auditor.
  it.each(['0/1', '1/0'])('is not signed any more with another hash in tile %s', async (name) => {
    const world = await start();
    const tile = world.store.tiles.get(name);
    if (!tile) throw new Error('no such tile');
    world.store.tiles.set(name, { ...tile, hashes: [...tile.hashes.slice(0, -1), other] });
    await expectUnsigned(world);
  });

  it('is not signed any more with another tree in the batch that it goes on from', async () => {
    const world = await start();
    const batch = world.store.batches.get(0);
    if (!batch) throw new Error('no such batch');
    const hashes = [other, ...batch.frontier.hashes.slice(1)];
    world.store.batches.set(0, { ...batch, frontier: { ...batch.frontier, hashes } });
    await expectUnsigned(world);
  });

  it('is not signed for a first time with another hash in a tile than in its batch', async () => {
    const world = await start();
    world.store.events.clear();
    world.store.checkpoints.length = 0;
    const tile = world.store.tiles.get('0/1');
    if (!tile) throw new Error('no such tile');
    world.store.tiles.set('0/1', { ...tile, hashes: [other, ...tile.hashes.slice(1)] });
    expect(await keepLog(world.ports)).toBe('inconsistent');
    expect(world.store.checkpoints).toEqual([]);
  });

  it('is not signed any more after another checkpoint of the same size', async () => {
    const world = await start();
    world.store.events.clear();
    const [signed] = world.store.checkpoints;
    if (!signed) throw new Error('nothing was signed');
    world.store.checkpoints[0] = { ...signed, checkpoint: { ...signed.checkpoint, root: other } };
    expect(await keepLog(world.ports)).toBe('inconsistent');
  });

  it('is not signed in a shorter form', async () => {
    for (const keep of [0, 200]) {
      const world = await start();
      world.store.tiles.clear();
      world.store.batches.clear();
      world.store.events.clear();
      world.append(...range(0, keep));
      expect(await keepLog(world.ports)).toBe('inconsistent');
      expect(world.store.checkpoints).toHaveLength(1);
    }
  });
});
