import type { Resources, Timer } from '../../../cloudfunctions/resources';
import { refusalOf } from '../admin/handler';
import { CloudError } from '../cloud-error';
import type { Json } from '../database/ejson';
import type { Functions } from './invoker';

/** A timer, and how it went last. */
export interface TimerState extends Timer {
  /** Null before the first run. */
  readonly last: { readonly at: number; readonly outcome: string } | null;
}

/** The timers of the manifest, each in its own rhythm. */
export interface Timers {
  /**
   * Runs one now, and gives what its function gave.
   *
   * @throws CloudError
   */
  readonly run: (name: string) => Promise<{ readonly requestId: string; readonly result: Json }>;
  readonly state: () => readonly TimerState[];
  readonly close: () => void;
}

/**
 * Calls functions by timer, as the cloud does: the event names the timer and the environment's time. A moved clock runs none of them.
 * A call that is still running is not called again; a call that fails is in the function's log, and the next one comes in its turn.
 */
export function startTimers(
  functions: Functions,
  { timers }: Resources,
  mode: 'running' | 'by hand',
  clock: () => number,
): Timers {
  const lasts = new Map<string, NonNullable<TimerState['last']>>();
  const fire: (timer: Timer) => ReturnType<Timers['run']> = async (timer) => {
    const at = clock();
    const note = (outcome: string): void => {
      lasts.set(timer.name, { at, outcome });
    };
    // Whole seconds, as the cloud writes it.
    const time = new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
    const event = { Type: 'Timer', TriggerName: timer.name, Time: time, Message: '' };
    const environment = { TRIGGER_SRC: 'timer' };
    try {
      const answer = await functions.invoke({ name: timer.function, source: 'timer', event, environment });
      note('OK');
      return answer;
    } catch (error) {
      note(refusalOf(error).code);
      throw error;
    }
  };
  const rhythms = (mode === 'running' ? timers : []).map((timer) => {
    let isRunning = false;
    const rhythm = setInterval(() => {
      if (isRunning) return;
      isRunning = true;
      fire(timer)
        .catch(() => undefined)
        .finally(() => {
          isRunning = false;
        });
    }, timer.everySeconds * 1000);
    rhythm.unref();
    return rhythm;
  });
  return {
    run: (name) => {
      const timer = timers.find((one) => one.name === name);
      if (!timer) throw new CloudError('INVALID_PARAM', `the manifest has no timer ${name}`);
      return fire(timer);
    },
    state: () => timers.map((timer) => ({ ...timer, last: lasts.get(timer.name) ?? null })),
    close: () => {
      for (const rhythm of rhythms) clearInterval(rhythm);
    },
  };
}
