import { setTimeout as pause } from 'node:timers/promises';
import type { LogEntry } from '../../../cloudfunctions/_core/log-entry';
import type { FunctionLogLine } from '../../../local/cloud';

type Entry<Event extends LogEntry['event']> = Extract<LogEntry, { readonly event: Event }>;

/** What the functions write, as it comes in. */
export interface FunctionLog {
  readonly collect: (line: FunctionLogLine) => void;
  readonly lines: readonly FunctionLogLine[];
  readonly entries: <Event extends LogEntry['event']>(event: Event) => readonly Entry<Event>[];
  /**
   * Does the work and gives the entries of that kind that were written meanwhile. A line comes by a pipe and can arrive after the
   * reply, so it is waited for until there are `count`.
   */
  readonly during: <Event extends LogEntry['event']>(
    event: Event,
    work: () => Promise<unknown>,
    count?: number,
  ) => Promise<readonly Entry<Event>[]>;
}

const parse = (line: string): LogEntry | null => {
  try {
    return JSON.parse(line) as LogEntry;
  } catch {
    return null;
  }
};

const PATIENCE_MS = 5000;

export const createFunctionLog = (): FunctionLog => {
  const lines: FunctionLogLine[] = [];
  const entries: FunctionLog['entries'] = (event) =>
    lines.map(({ line }) => parse(line)).filter((entry): entry is Entry<typeof event> => entry?.event === event);
  return {
    collect: (line) => lines.push(line),
    lines,
    entries,
    during: async (event, work, count = 1) => {
      const before = entries(event).length;
      await work();
      const until = performance.now() + PATIENCE_MS;
      while (entries(event).length < before + count && performance.now() < until) await pause(10);
      return entries(event).slice(before);
    },
  };
};
