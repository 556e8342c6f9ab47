import { heading } from '../report';
import { startBareServer } from './bare-server';
import { cardLines, cardResources, CARDS } from './cards';
import type { Measured } from './cpu-time';
import { measure, type Figures } from './load';
import { sdkOperations } from './sdk-operations';
import { startServer } from './server';
import { bareOperation, wireOperations, type Operation } from './wire-operations';

const CALLERS = [1, 16];

/** Prints what the local CloudBase takes for its operations: of requests that were signed ahead, and through the SDK. */
export const benchCloud = async (): Promise<void> => {
  const bare = await startBareServer();
  const server = await startServer({ resources: cardResources, seed: cardLines() });
  const most = Math.max(...CALLERS);
  const wire = wireOperations(server, most);
  const bareWire = bareOperation(bare.url, server, most);
  const wires = [{ ...bareWire, server: bare }, ...wire.operations.map((operation) => ({ ...operation, server }))];
  try {
    await table('The wire alone; all but transactions are signed ahead of the time', wires);
    const throughSdk = sdkOperations(server).map((operation) => ({ ...operation, server }));
    await table('Through @cloudbase/node-sdk', throughSdk);
  } finally {
    wire.close();
    bareWire.close();
    bare.close();
    await server.close();
  }
};

const table = async (words: string, operations: readonly (Operation & { server: Measured })[]): Promise<void> => {
  heading(`${words} (${CARDS.toLocaleString('en')} documents of 500 bytes, every write on the disk)`);
  line(['', 'callers', '/s', 'median ms', 'p99 ms', 'server µs', 'client µs', 'server/client']);
  for (const { name, callers, server } of operations) {
    for (const count of CALLERS) show(name, count, await measure(callers(count), server));
  }
};

const show = (name: string, callers: number, figures: Figures): void => {
  const { perSecond, medianMs, p99Ms, serverCpu, clientCpu } = figures;
  line([
    name,
    String(callers),
    Math.round(perSecond).toLocaleString('en'),
    medianMs.toFixed(2),
    p99Ms.toFixed(2),
    serverCpu.toFixed(0),
    clientCpu.toFixed(0),
    `${(serverCpu / clientCpu).toFixed(2)} ×`,
  ]);
};

const line = ([first = '', ...others]: readonly string[]): void => {
  process.stdout.write(`${first.padEnd(22)}${others.map((text) => text.padStart(14)).join('')}\n`);
};
