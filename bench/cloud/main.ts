import { heading } from '../report';
import { cardLines, cardResources, CARDS } from './cards';
import { measure, type Figures } from './load';
import { sdkOperations } from './sdk-operations';
import { startServer } from './server';
import { wireOperations } from './wire-operations';

const CALLERS = [1, 16];

/** Prints what the local CloudBase takes for its operations: through the SDK, and of requests that were signed ahead. */
export const benchCloud = async (): Promise<void> => {
  const server = await startServer({ resources: cardResources, seed: cardLines() });
  const wire = wireOperations(server, Math.max(...CALLERS));
  try {
    const clients = [
      ['The wire alone; all but transactions are signed ahead of the time', wire.operations],
      ['Through @cloudbase/node-sdk', sdkOperations(server)],
    ] as const;
    for (const [words, operations] of clients) {
      heading(`${words} (${CARDS.toLocaleString('en')} documents of 500 bytes, durable)`);
      line(['', 'callers', '/s', 'median ms', 'p99 ms', 'server µs', 'client µs', 'server/client']);
      for (const { name, callers } of operations) {
        for (const count of CALLERS) show(name, count, await measure(callers(count), server));
      }
    }
  } finally {
    wire.close();
    await server.close();
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
  process.stdout.write(`${first.padEnd(22)}${others.map((text) => text.padStart(11)).join('')}\n`);
};
