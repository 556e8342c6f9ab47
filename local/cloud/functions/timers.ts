import type { Resources, Timer } from '../../../cloudfunctions/resources';
import { CloudError } from '../cloud-error';
import type { Functions } from './invoker';

/** The timers of the manifest, each in its own rhythm. */
export interface Timers {
  /**
   * Runs one now.
   *
   * @throws CloudError
   */
  readonly run: (name: string) => Promise<void>;
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
  const fire = async (timer: Timer): Promise<void> => {
    const event = { Type: 'Timer', TriggerName: timer.name, Time: new Date(clock()).toISOString(), Message: '' };
    const environment = { TRIGGER_SRC: 'timer' };
    await functions.invoke({ name: timer.function, source: 'timer', event, environment });
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
    close: () => {
      for (const rhythm of rhythms) clearInterval(rhythm);
    },
  };
}
