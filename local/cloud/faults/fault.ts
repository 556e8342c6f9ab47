import { CloudError } from '../cloud-error';
import type { JsonObject } from '../database/ejson';
import { text, wholeNumber } from '../admin/parameters';

/** What can be made to go wrong with an action. */
export const FAULTS = ['conflict', 'busy', 'timeout', 'latency', 'disk-full', 'crash-after-commit'] as const;
export type FaultName = (typeof FAULTS)[number];

/** A fault that waits for its action. */
export type Fault = { readonly action: string; readonly times: number } & (
  { readonly fault: 'latency'; readonly latencyMs: number } | { readonly fault: Exclude<FaultName, 'latency'> }
);

/** What decides whether a fault is possible. */
export interface FaultWorld {
  readonly actions: { has(name: string): boolean; keys(): Iterable<string> };
  /** Ends this process at once; none where the server shares it with somebody. */
  readonly crash: (() => void) | undefined;
}

const MAX_TIMES = 1000;
const MAX_LATENCY_MS = 60_000;
const FIELDS = new Set(['action', 'fault', 'times', 'latencyMs']);

const isDatabase = (action: string): boolean => action.startsWith('database.');
const isFunction = (action: string): boolean => action === 'functions.invokeFunction';
const isWrite = (action: string): boolean =>
  /^(database\.(insert|modify|remove|commit)|storage\.batchDelete)/.test(action);

/** The actions that a fault can come to, as a refusal names them. */
const PLACES: Record<FaultName, { readonly of: (action: string) => boolean; readonly words: string }> = {
  conflict: { of: isDatabase, words: 'actions of the database' },
  busy: { of: isDatabase, words: 'actions of the database' },
  timeout: {
    of: (action) => isDatabase(action) || isFunction(action),
    words: 'actions of the database and functions.invokeFunction',
  },
  latency: { of: () => true, words: 'every action' },
  'disk-full': { of: isWrite, words: 'actions that write' },
  'crash-after-commit': {
    of: (action) => isWrite(action) || isFunction(action),
    words: 'actions that write and functions.invokeFunction',
  },
};

/**
 * Reads `{action, fault, times?, latencyMs?}`.
 *
 * @throws CloudError INVALID_PARAM for whatever could not come true
 */
export function readFault(body: JsonObject, { actions, crash }: FaultWorld): Fault {
  const stranger = Object.keys(body).find((name) => !FIELDS.has(name));
  if (stranger !== undefined) throw refused(`a fault has no ${stranger}`);
  const action = text(body, 'action');
  if (!actions.has(action)) throw refused(`no action ${action}; there are ${[...actions.keys()].join(', ')}`);
  const name = text(body, 'fault');
  const fault = FAULTS.find((one) => one === name);
  if (fault === undefined) throw refused(`no fault ${name}; there are ${FAULTS.join(', ')}`);
  const { of, words } = PLACES[fault];
  if (!of(action)) throw refused(`${fault} comes to ${words}, not to ${action}`);
  const times = wholeNumber(body, 'times', { min: 1, max: MAX_TIMES, fallback: 1 });
  if (fault === 'latency') {
    const latencyMs = wholeNumber(body, 'latencyMs', { min: 1, max: MAX_LATENCY_MS, fallback: 0 });
    return { action, times, fault, latencyMs };
  }
  if (body['latencyMs'] !== undefined) throw refused(`${fault} has no latencyMs`);
  if (fault === 'crash-after-commit' && crash === undefined) {
    throw refused('crash-after-commit needs a server that is a process of its own: it would end this one');
  }
  return { action, times, fault };
}

function refused(reason: string): CloudError {
  return new CloudError('INVALID_PARAM', reason);
}
