import { median } from '../timing';
import type { Measured } from './cpu-time';

/** One caller's way of doing an operation again and again; it throws where the answer is not what it must be, and ends where nothing is left to do. */
export type Caller = () => Promise<'done' | 'over'>;

/** What one operation took, under one number of callers. */
export interface Figures {
  readonly perSecond: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  /** CPU time for each operation, in microseconds. */
  readonly serverCpu: number;
  readonly clientCpu: number;
}

const WARM_UP_MS = 500;
const TIMED_MS = 2500;

/** Lets callers repeat their operation, each as soon as it is answered. */
export const measure = async (callers: readonly Caller[], server: Measured): Promise<Figures> => {
  await repeat(callers, WARM_UP_MS);
  const before = { server: server.cpuTime(), client: process.cpuUsage(), at: performance.now() };
  const times = await repeat(callers, TIMED_MS);
  const seconds = (performance.now() - before.at) / 1000;
  const client = process.cpuUsage(before.client);
  const sorted = Float64Array.from(times).sort();
  return {
    perSecond: times.length / seconds,
    medianMs: median(times),
    p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? NaN,
    serverCpu: (server.cpuTime() - before.server) / times.length,
    clientCpu: (client.user + client.system) / times.length,
  };
};

const repeat = async (callers: readonly Caller[], forMs: number): Promise<number[]> => {
  const times: number[] = [];
  const end = performance.now() + forMs;
  await Promise.all(
    callers.map(async (caller) => {
      for (let begun = performance.now(); begun < end;) {
        if ((await caller()) === 'over') return;
        const now = performance.now();
        times.push(now - begun);
        begun = now;
      }
    }),
  );
  return times;
};
