import type { Readable } from 'node:stream';
import { REQUEST_MARK } from './messages';

/** One line of the log of a function. */
export interface FunctionLogLine {
  /** By the environment's clock, in milliseconds since 1970. */
  readonly at: number;
  readonly function: string;
  /** The call during which it was written; empty for what was written while the function loaded. */
  readonly requestId: string;
  /** Where the function wrote it; `platform` for what this server says of the function. */
  readonly stream: 'stdout' | 'stderr' | 'platform';
  readonly line: string;
}

const MAX_LINE_LENGTH = 16 * 1024;
const MAX_ID_LENGTH = 64;
const KEPT_LINES = 1000;

/**
 * Cuts an instance's output into lines. The instance marks in the stream itself where a request begins, so a line that
 * arrives late is still told from those of the next request. Of a line without an end its beginning alone is held.
 */
export function readLines(
  input: Readable,
  origin: Pick<FunctionLogLine, 'function' | 'stream'>,
  onLine: (line: FunctionLogLine) => void,
  now: () => number,
): void {
  let requestId = '';
  const end = (whole: string): void => {
    const line = whole.endsWith('\r') ? whole.slice(0, -1) : whole;
    const mark = line.indexOf(REQUEST_MARK);
    const text = mark === -1 ? line : line.slice(0, mark);
    if (mark === -1 || text !== '') {
      onLine({ at: now(), ...origin, requestId, line: text.slice(0, MAX_LINE_LENGTH) });
    }
    if (mark !== -1) requestId = line.slice(mark + REQUEST_MARK.length, mark + REQUEST_MARK.length + MAX_ID_LENGTH);
  };
  const cutter = lineCutter(end);
  input.setEncoding('utf8');
  input.on('data', cutter.write);
  input.on('end', cutter.end);
}

/** Cuts a text that comes in parts into lines. */
export interface LineCutter {
  readonly write: (part: string) => void;
  /** The text is over: what has no line feed is the last line. */
  readonly end: () => void;
  /** How many characters wait for the end of their line. */
  readonly held: () => number;
}

/** Makes a cutter; of a line beyond 32 K characters it keeps the first 16 K, and a mark at its end. */
export function lineCutter(onLine: (line: string) => void): LineCutter {
  let unended = '';
  return {
    write(part) {
      const lines = (unended + part).split('\n');
      unended = shortened(lines.pop() ?? '');
      for (const line of lines) onLine(line);
    },
    end() {
      if (unended !== '') onLine(unended);
      unended = '';
    },
    held: () => unended.length,
  };
}

/** The beginning of a line, and its end as far as a mark may be in it. */
function shortened(line: string): string {
  if (line.length <= 2 * MAX_LINE_LENGTH) return line;
  const mark = line.indexOf(REQUEST_MARK, MAX_LINE_LENGTH - REQUEST_MARK.length);
  const rest = mark === -1 ? line.slice(1 - REQUEST_MARK.length) : line.slice(mark, mark + MAX_LINE_LENGTH);
  return line.slice(0, MAX_LINE_LENGTH) + rest;
}

/** The last lines of all functions, numbered from 1. */
export interface LogBuffer {
  add(line: FunctionLogLine): void;
  /** The kept lines with a number above `since`, and the number to ask from next. */
  since(since: number): { readonly next: number; readonly lines: readonly FunctionLogLine[] };
  /** The kept lines of one call: what the function wrote, in its order, and then what this server says of it. */
  of(requestId: string): readonly FunctionLogLine[];
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
    of(requestId) {
      const found = lines.filter((line) => line.requestId === requestId);
      // What a function wrote comes by a pipe, and may come after the end of its call.
      const isSaidOf = ({ stream }: FunctionLogLine): boolean => stream === 'platform';
      return [...found.filter((line) => !isSaidOf(line)), ...found.filter(isSaidOf)];
    },
  };
}
