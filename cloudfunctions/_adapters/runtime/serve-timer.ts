import { now } from './ambient';
import { faultOf } from './fault';
import { log } from './log';

/** One job: what it does, and how many things it did it to. */
export type Job = () => Promise<number>;

const nameOf = (event: unknown): string =>
  typeof event === 'object' && event !== null && 'TriggerName' in event && typeof event.TriggerName === 'string'
    ? event.TriggerName
    : '';

/**
 * The entry of a function that timers call: the event names the timer, and each timer is one job.
 * @throws Error where a job failed, so that the platform counts it as failed; the next call finishes what this one began
 */
export const serveTimer =
  (name: string, jobs: Readonly<Record<string, Job>>) =>
  async (event: unknown): Promise<{ readonly ok: true; readonly count: number }> => {
    const startedAt = now();
    const asked = nameOf(event);
    const job = Object.hasOwn(jobs, asked) ? jobs[asked] : undefined;
    if (!job) throw new Error('no such timer');
    const called = { function: name, action: asked };
    try {
      const count = await job();
      // A timer that found nothing to do says nothing: the log would be full of it.
      if (count > 0) log({ event: 'JOB_COMPLETED', ...called, count, ms: now() - startedAt });
      return { ok: true, count };
    } catch (error) {
      log({ event: 'CALL_FAILED', ...called, fault: faultOf(error) });
      throw new Error(`the job ${asked} failed`, { cause: 'its fault is in the log, without its words' });
    }
  };
