import { CloudError } from './cloud-error';
import type { JsonObject } from './database/ejson';

/**
 * The environment's time: this machine's, moved by an offset that a developer sets, and running on from there. Whatever this server
 * says about time, it says by this clock; README.md names what cannot be moved.
 */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds ahead of this machine; negative behind. */
  readonly offsetMs: () => number;
  readonly move: (offsetMs: number) => void;
  /** Hears of every move, once the clock has moved. */
  readonly onMove: (listener: () => void) => void;
}

const MAX_OFFSET_MS = 100 * 365 * 24 * 60 * 60 * 1000;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

/** Makes a clock that agrees with this machine. */
export function openClock(): Clock {
  const listeners: (() => void)[] = [];
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    offsetMs: () => offset,
    move(offsetMs) {
      offset = offsetMs;
      for (const listener of listeners) listener();
    },
    onMove(listener) {
      listeners.push(listener);
    },
  };
}

/**
 * The offset that a request asks for: `{offsetMs}`, or `{at}` as RFC 3339 with its zone.
 *
 * @throws CloudError INVALID_PARAM
 */
export function readOffset(body: JsonObject): number {
  const { offsetMs, at, ...others } = body;
  if (Object.keys(others).length > 0 || (offsetMs === undefined) === (at === undefined)) {
    throw new CloudError('INVALID_PARAM', 'give either offsetMs or at, and nothing else');
  }
  const offset = at === undefined ? offsetMs : instantOf(at) - Date.now();
  if (typeof offset !== 'number' || !Number.isSafeInteger(offset) || Math.abs(offset) > MAX_OFFSET_MS) {
    throw new CloudError('INVALID_PARAM', 'the clock moves by whole milliseconds, at most 100 years');
  }
  return offset;
}

function instantOf(at: unknown): number {
  const instant = typeof at === 'string' && INSTANT.test(at) ? Date.parse(at) : NaN;
  if (Number.isNaN(instant)) throw new CloudError('INVALID_PARAM', 'at must be a time such as 2030-01-31T12:00:00Z');
  return instant;
}
