import { setTimeout as wait } from 'node:timers/promises';
import { CloudError } from '../cloud-error';
import type { JsonObject } from '../database/ejson';
import { busy, conflict } from '../database/transaction-refusals';
import type { Fault, FaultWorld } from './fault';
import { readFault } from './fault';

/** The faults that wait for their actions. */
export interface Faults {
  /** @throws CloudError INVALID_PARAM for whatever could not come true */
  add(body: JsonObject): void;
  /** Those that wait, with the times that are left, in the order in which they were added. */
  list(): readonly Fault[];
  clear(): void;
  /** Performs an action, or lets the first fault that waits for it happen instead of, before or after it. */
  perform(action: string, work: () => Promise<JsonObject>): Promise<JsonObject>;
}

/** Makes an empty list of faults. */
export function openFaults(world: FaultWorld): Faults {
  let waiting: readonly Fault[] = [];

  const take = (action: string): Fault | undefined => {
    const taken = waiting.find((fault) => fault.action === action);
    if (taken === undefined) return undefined;
    waiting = waiting.flatMap((fault) => {
      if (fault !== taken) return [fault];
      return fault.times > 1 ? [{ ...fault, times: fault.times - 1 }] : [];
    });
    return taken;
  };

  return {
    add(body) {
      waiting = [...waiting, readFault(body, world)];
    },
    list: () => waiting,
    clear() {
      waiting = [];
    },
    async perform(action, work) {
      const fault = take(action);
      if (fault === undefined) return work();
      switch (fault.fault) {
        case 'conflict':
          throw conflict();
        case 'busy':
          throw busy();
        case 'timeout':
          throw action.startsWith('database.')
            ? new CloudError('DATABASE_TIMEOUT', 'the database did not answer in time')
            : new CloudError('FUNCTIONS_TIME_LIMIT_EXCEEDED', 'Invoking task timed out');
        case 'latency':
          await wait(fault.latencyMs);
          return work();
        case 'disk-full':
          // What a caller hears when SQLite cannot write: nothing was stored, and the server does not say why.
          throw new CloudError('SYS_ERR', 'system error');
        case 'crash-after-commit': {
          // An action's answer exists only once its commit is durable.
          const answer = await work();
          world.crash?.();
          return answer;
        }
      }
    },
  };
}
