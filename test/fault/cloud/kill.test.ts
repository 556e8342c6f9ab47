import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { until } from '../../contract/cloud/cloud-under-test';
import { ledgerResources, newLedger } from './kill-ledger';
import { bundleServer, killedServer, type KilledServer } from './killed-server';

/** How many times servers are killed, over all of them. */
const KILLS = Number(process.env['KILLS'] ?? 50);
const SERVERS = 2;
/** Every so many kills, one comes while the server starts on what an earlier death has left. */
const STARTING = 5;
/** How many writes a server acknowledges before it is killed, at the most. */
const MOST_WRITES = 40;
const LONGEST_START_MS = 300;

let bundled: ReturnType<typeof bundleServer>;
const servers: KilledServer[] = [];

beforeAll(() => {
  bundled = bundleServer();
});
afterAll(() => {
  for (const server of servers) server.remove();
  bundled.remove();
});

/** Repeats writes until the server does not answer any more. */
const writeUntilDeath = async (writers: readonly (() => Promise<void>)[], isDead: () => boolean): Promise<void> => {
  const repeated = writers.map(async (write) => {
    while (!isDead()) {
      try {
        await write();
      } catch (error) {
        // While it lives it refuses nothing of this; only a cut connection ends a writer.
        if (!isDead()) throw error;
      }
    }
  });
  await Promise.all(repeated);
};

const killAgainAndAgain = async (kills: number): Promise<ReturnType<ReturnType<typeof newLedger>['figures']>> => {
  const server = killedServer(bundled.file, ledgerResources);
  servers.push(server);
  const ledger = newLedger();
  await ledger.begin(await server.start());
  await server.kill();

  for (let kill = 1; kill < kills; kill += 1) {
    if (kill % STARTING === 0) {
      await server.killWhileStarting(randomInt(LONGEST_START_MS));
      continue;
    }
    const app = await server.start();
    await ledger.check(app);
    let dead = false;
    const goal = ledger.acknowledged() + randomInt(MOST_WRITES);
    const writing = writeUntilDeath(ledger.writers(app), () => dead);
    await until(() => ledger.acknowledged() >= goal);
    await wait(randomInt(10));
    dead = true;
    await server.kill();
    await writing;
  }
  const app = await server.start();
  await ledger.check(app);
  await ledger.checkWhole(app);
  await server.kill();
  return ledger.figures();
};

it('keeps every acknowledged write and nothing by halves, however often it is killed at any moment', async () => {
  const each = Math.ceil(KILLS / SERVERS);
  const figures = await Promise.all(Array.from({ length: SERVERS }, () => killAgainAndAgain(each)));
  for (const kind of ['notes', 'increments', 'transfers', 'files'] as const) {
    expect(figures.reduce((sum, figure) => sum + figure[kind], 0)).toBeGreaterThan(0);
  }
  const longest = Math.max(...servers.map((server) => server.longestStart));
  process.stdout.write(`longest start after a kill: ${(longest / 1000).toFixed(2)} s\n`);
}, 300_000);
