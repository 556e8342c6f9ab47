import type { Functions, Invocation } from '../../../local/cloud/functions/invoker';
import { startTimers } from '../../../local/cloud/functions/timers';

const timer = { name: 'tick', function: 'jobs', everySeconds: 10 };
const resources = { collections: [], functions: [], routes: [], timers: [timer], storage: [] };

/** Functions whose calls end when the test says so. */
const fakes = () => {
  const invoked: Invocation[] = [];
  const ends: ((outcome: Error | null) => void)[] = [];
  const functions = {
    invoke: (invocation: Invocation) =>
      new Promise((resolve, reject) => {
        invoked.push(invocation);
        ends.push((error) => {
          if (error) reject(error);
          else resolve({ requestId: 'r', result: null });
        });
      }),
  } as unknown as Functions;
  return { invoked, ends, functions };
};

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('runs in its rhythm, never twice at once, and goes on after a failure', async () => {
  const { invoked, ends, functions } = fakes();
  const timers = startTimers(functions, resources, 'running', () => 1_600_000_000_123);
  jest.advanceTimersByTime(9_999);
  expect(invoked).toHaveLength(0);
  jest.advanceTimersByTime(1);
  expect(invoked).toEqual([
    {
      name: 'jobs',
      source: 'timer',
      event: { Type: 'Timer', TriggerName: 'tick', Time: '2020-09-13T12:26:40Z', Message: '' },
      environment: { TRIGGER_SRC: 'timer' },
    },
  ]);
  jest.advanceTimersByTime(30_000);
  expect(invoked).toHaveLength(1);
  ends.shift()?.(new Error('no'));
  await settled();
  expect(timers.state()).toEqual([{ ...timer, last: { at: 1_600_000_000_123, outcome: 'SYS_ERR' } }]);
  jest.advanceTimersByTime(10_000);
  expect(invoked).toHaveLength(2);
  timers.close();
  jest.advanceTimersByTime(60_000);
  expect(invoked).toHaveLength(2);
});

it('runs by hand alone where it is told to', () => {
  const { invoked, functions } = fakes();
  const timers = startTimers(functions, resources, 'by hand', () => 0);
  jest.advanceTimersByTime(60_000);
  expect(invoked).toHaveLength(0);
  void timers.run('tick');
  expect(invoked).toHaveLength(1);
  expect(() => timers.run('tock')).toThrow('has no timer tock');
  timers.close();
});
