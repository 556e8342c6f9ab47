import { CloudError } from '../../../local/cloud/cloud-error';
import type { Instance } from '../../../local/cloud/functions/instance-process';
import type { CallMessage } from '../../../local/cloud/functions/messages';
import { instancePool, type PoolLimits } from '../../../local/cloud/functions/pool';

/** An instance whose calls end when the test says so. */
const fakes = (failStarts = 0) => {
  const started: { alive: boolean; ends: ((outcome: string | Error) => void)[] }[] = [];
  let failures = failStarts;
  const start = (): Promise<Instance> => {
    if (failures > 0) {
      failures -= 1;
      return Promise.reject(new CloudError('FUNCTIONS_EXECUTE_FAIL', 'does not load'));
    }
    const fake: (typeof started)[number] = { alive: true, ends: [] };
    started.push(fake);
    return Promise.resolve({
      pid: started.length,
      alive: () => fake.alive,
      peakBytes: () => undefined,
      kill: () => {
        fake.alive = false;
        for (const end of fake.ends.splice(0)) end(new Error('killed'));
      },
      call: () =>
        new Promise<string>((resolve, reject) => {
          fake.ends.push((outcome) => {
            if (outcome instanceof Error) reject(outcome);
            else resolve(outcome);
          });
        }),
    });
  };
  return { started, start };
};

const message: CallMessage = {
  requestId: 'r',
  event: {},
  environment: {},
  environmentMode: 'sticky',
  context: {},
  maxReplyBytes: 1,
};
const limits = (more: Partial<PoolLimits> = {}): PoolLimits => ({ instances: 2, queue: 2, idleMs: 60_000, ...more });
const settled = () =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

it('never runs two calls on one instance, and hands a free one to whoever waits longest', async () => {
  const { started, start } = fakes();
  const pool = instancePool(start, limits());
  const calls = ['a', 'b', 'c', 'd'].map(() => pool.call(message));
  await settled();
  expect(started.map(({ ends }) => ends.length)).toEqual([1, 1]);
  expect(pool.state()).toEqual({ idle: 0, busy: 2, queued: 2 });
  started[1]?.ends.shift()?.('second');
  await settled();
  expect(await calls[1]).toBe('second');
  started[1]?.ends.shift()?.('third');
  expect(await calls[2]).toBe('third');
  await settled();
  started[0]?.ends.shift()?.('first');
  started[1]?.ends.shift()?.('fourth');
  expect(await Promise.all([calls[0], calls[3]])).toEqual(['first', 'fourth']);
  await settled();
  expect(pool.state()).toEqual({ idle: 2, busy: 0, queued: 0 });
  expect(started).toHaveLength(2);
  pool.close();
});

it('refuses a call when too many wait', async () => {
  const { start } = fakes();
  const pool = instancePool(start, limits({ queue: 0, instances: 1 }));
  const running = pool.call(message).catch((error: unknown) => error);
  await expect(pool.call(message)).rejects.toMatchObject({ code: 'EXCEED_CONCURRENT_REQUEST_LIMIT' });
  pool.close();
  await running;
});

it('gives a dead instance’s place to the next call', async () => {
  const { started, start } = fakes();
  const pool = instancePool(start, limits({ instances: 1 }));
  const first = pool.call(message);
  const second = pool.call(message);
  await settled();
  const [dying] = started;
  if (dying) dying.alive = false;
  dying?.ends.shift()?.(new Error('died'));
  await expect(first).rejects.toThrow('died');
  await settled();
  started[1]?.ends.shift()?.('second');
  expect(await second).toBe('second');
  pool.close();
});

it('does not lose a place when a start fails', async () => {
  const { started, start } = fakes(2);
  const pool = instancePool(start, limits({ instances: 1 }));
  const calls = [pool.call(message), pool.call(message), pool.call(message)];
  await expect(calls[0]).rejects.toThrow('does not load');
  await expect(calls[1]).rejects.toThrow('does not load');
  await settled();
  started[0]?.ends.shift()?.('third');
  expect(await calls[2]).toBe('third');
  pool.close();
});

it('ends an instance that has been idle for long, and starts a new one for the next call', async () => {
  jest.useFakeTimers({ doNotFake: ['setImmediate'] });
  const { started, start } = fakes();
  const pool = instancePool(start, limits({ idleMs: 1000 }));
  await pool.warm();
  await pool.warm();
  expect(started).toHaveLength(1);
  jest.advanceTimersByTime(1001);
  jest.useRealTimers();
  expect(started[0]?.alive).toBe(false);
  expect(pool.state()).toEqual({ idle: 0, busy: 0, queued: 0 });
  const next = pool.call(message);
  await settled();
  started[1]?.ends.shift()?.('next');
  expect(await next).toBe('next');
  pool.close();
});

it('ends idle instances when they are retired, and those that are busy after their call', async () => {
  const { started, start } = fakes();
  const pool = instancePool(start, limits());
  const running = pool.call(message);
  await settled();
  await pool.warm();
  const second = pool.call(message);
  await settled();
  started[1]?.ends.shift()?.('second');
  await second;
  expect(pool.state()).toEqual({ idle: 1, busy: 1, queued: 0 });
  pool.retire();
  expect(started.map(({ alive }) => alive)).toEqual([true, false]);
  started[0]?.ends.shift()?.('first');
  expect(await running).toBe('first');
  expect(started[0]?.alive).toBe(false);
  expect(pool.state()).toEqual({ idle: 0, busy: 0, queued: 0 });
  pool.close();
});

it('retires an instance that was starting, after its call', async () => {
  const { started, start } = fakes();
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const pool = instancePool(async () => {
    await begun;
    return start();
  }, limits());
  const call = pool.call(message);
  await settled();
  pool.retire();
  begin();
  await settled();
  started[0]?.ends.shift()?.('done');
  expect(await call).toBe('done');
  expect(started[0]?.alive).toBe(false);
  pool.close();
});

it('fails what runs, waits and comes later when it closes', async () => {
  const { started, start } = fakes();
  const pool = instancePool(start, limits({ instances: 1 }));
  const running = pool.call(message);
  const waiting = pool.call(message);
  await settled();
  const outcomes = Promise.allSettled([running, waiting]);
  pool.close();
  expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(pool.call(message)).rejects.toMatchObject({ code: 'SYS_ERR' });
  expect(started.every(({ alive }) => !alive)).toBe(true);
});
