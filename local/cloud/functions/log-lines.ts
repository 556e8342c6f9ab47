import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { REQUEST_MARK } from './messages';

/** One line that a function wrote. */
export interface FunctionLogLine {
  /** By the environment's clock, in milliseconds since 1970. */
  readonly at: number;
  readonly function: string;
  /** The call during which it was written; empty for what was written while the function loaded. */
  readonly requestId: string;
  readonly stream: 'stdout' | 'stderr';
  readonly line: string;
}

const MAX_LINE_LENGTH = 16 * 1024;
const KEPT_LINES = 1000;

/**
 * Cuts an instance's output into lines. The instance marks in the stream itself where a request begins, so a line that
 * arrives late is still told from those of the next request.
 */
export function readLines(
  input: Readable,
  origin: Pick<FunctionLogLine, 'function' | 'stream'>,
  onLine: (line: FunctionLogLine) => void,
  now: () => number,
): void {
  let requestId = '';
  createInterface({ input, crlfDelay: Infinity }).on('line', (line) => {
    const mark = line.indexOf(REQUEST_MARK);
    const text = mark === -1 ? line : line.slice(0, mark);
    if (mark === -1 || text !== '') {
      onLine({ at: now(), ...origin, requestId, line: text.slice(0, MAX_LINE_LENGTH) });
    }
    if (mark !== -1) requestId = line.slice(mark + REQUEST_MARK.length);
  });
}

/** The last lines of all functions, numbered from 1. */
export interface LogBuffer {
  add(line: FunctionLogLine): void;
  /** The kept lines with a number above `since`, and the number to ask from next. */
  since(since: number): { readonly next: number; readonly lines: readonly FunctionLogLine[] };
}

/** Makes an empty log buffer. */
export function logBuffer(): LogBuffer {
  const lines: FunctionLogLine[] = [];
  let written = 0;
  return {
    add(line) {
      written += 1;
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
    },
    since: (since) => ({ next: written, lines: lines.slice(Math.max(0, lines.length - Math.max(0, written - since))) }),
  };
}
