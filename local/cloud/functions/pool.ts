import { performance } from 'node:perf_hooks';
import { CloudError } from '../cloud-error';
import type { Instance } from './instance-process';
import type { CallMessage } from './messages';

/** How many instances of one function run at once, and how many calls wait beyond them. */
export interface PoolLimits {
  readonly instances: number;
  readonly queue: number;
  readonly idleMs: number;
}

const POOL_LIMITS: PoolLimits = { instances: 8, queue: 1000, idleMs: 5 * 60_000 };

/** Where a call runs. */
export interface Run {
  readonly instance: Pick<Instance, 'peakBytes'>;
  /** What the instance took to start, in milliseconds, where it was started for this call. */
  readonly coldStartMs: number | undefined;
}

/** The instances of one function. */
export interface Pool {
  /**
   * Runs a call on an idle instance, else on a new one, else when one becomes free; gives the result's JSON.
   *
   * @param onRun hears where it runs, when it begins to; nothing where no instance could be had
   */
  call(message: CallMessage, onRun?: (run: Run) => void): Promise<string>;
  /** Starts one instance ahead unless one is there. */
  warm(): Promise<void>;
  state(): { readonly idle: number; readonly busy: number; readonly queued: number };
  /** Ends idle instances now, and those that are starting or busy after their call. */
  retire(): void;
  close(): void;
}

/** Makes an empty pool; `start` makes an instance. */
export function instancePool(start: () => Promise<Instance>, limits: PoolLimits = POOL_LIMITS): Pool {
  const idle: { readonly instance: Instance; readonly timer: NodeJS.Timeout }[] = [];
  const running = new Set<Instance>();
  const queue: ((slot: Instance | 'vacant' | CloudError) => void)[] = [];
  const retired = new WeakSet<Instance>();
  let generation = 0;
  let places = 0;
  let closed = false;

  const park = (instance: Instance): void => {
    const timer = setTimeout(() => {
      const at = idle.findIndex((entry) => entry.instance === instance);
      if (at === -1) return;
      idle.splice(at, 1);
      vacate(instance);
    }, limits.idleMs);
    timer.unref();
    idle.push({ instance, timer });
  };

  const vacate = (instance: Instance | undefined): void => {
    instance?.kill();
    if (instance !== undefined) running.delete(instance);
    places -= 1;
    const next = queue.shift();
    if (next === undefined) return;
    places += 1;
    next('vacant');
  };

  const release = (instance: Instance): void => {
    if (!instance.alive() || closed || retired.has(instance)) {
      vacate(instance);
      return;
    }
    const next = queue.shift();
    if (next === undefined) park(instance);
    else next(instance);
  };

  const takeIdle = (): Instance | undefined => {
    for (let entry = idle.pop(); entry !== undefined; entry = idle.pop()) {
      clearTimeout(entry.timer);
      if (entry.instance.alive()) return entry.instance;
      vacate(entry.instance);
    }
    return undefined;
  };

  /** An instance, or a place for one that is already counted. */
  const slot = async (): Promise<Instance | 'vacant'> => {
    if (closed) throw stopping();
    const warm = takeIdle();
    if (warm !== undefined) return warm;
    if (places < limits.instances) {
      places += 1;
      return 'vacant';
    }
    if (queue.length >= limits.queue) {
      throw new CloudError('EXCEED_CONCURRENT_REQUEST_LIMIT', 'too many calls of this function wait');
    }
    const granted = await new Promise<Instance | 'vacant' | CloudError>((resolve) => {
      queue.push(resolve);
    });
    if (granted instanceof CloudError) throw granted;
    return granted;
  };

  const acquire = async (): Promise<{ instance: Instance; coldStartMs: number | undefined }> => {
    const granted = await slot();
    if (granted !== 'vacant') return { instance: granted, coldStartMs: undefined };
    try {
      const born = generation;
      const began = performance.now();
      const instance = await start();
      running.add(instance);
      if (born !== generation) retired.add(instance);
      if (!closed) return { instance, coldStartMs: performance.now() - began };
      instance.kill();
      throw stopping();
    } catch (error) {
      vacate(undefined);
      throw error;
    }
  };

  return {
    async call(message, onRun) {
      const { instance, coldStartMs } = await acquire();
      try {
        onRun?.({ instance, coldStartMs });
        return await instance.call(message);
      } finally {
        release(instance);
      }
    },
    async warm() {
      if (places === 0) release((await acquire()).instance);
    },
    state: () => ({ idle: idle.length, busy: places - idle.length, queued: queue.length }),
    retire() {
      generation += 1;
      for (const { instance, timer } of idle.splice(0)) {
        clearTimeout(timer);
        vacate(instance);
      }
      for (const instance of running) retired.add(instance);
    },
    close() {
      closed = true;
      for (const next of queue.splice(0)) next(stopping());
      for (const { timer } of idle.splice(0)) clearTimeout(timer);
      for (const instance of running) instance.kill();
    },
  };
}

function stopping(): CloudError {
  return new CloudError('SYS_ERR', 'the local CloudBase is stopping');
}
