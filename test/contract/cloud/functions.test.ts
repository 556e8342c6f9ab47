import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning, refusal, until, type CloudUnderTest } from './cloud-under-test';
import { callBySdk, callByWechat, startProbes } from './probe-functions';

interface PoolStates {
  readonly functions: Readonly<
    Record<string, { readonly idle: number; readonly busy: number; readonly queued: number }>
  >;
}

let under: CloudUnderTest;

beforeAll(async () => {
  process.env['OF_THE_SERVER'] = 'private';
  under = await startProbes();
});
afterAll(async () => {
  delete process.env['OF_THE_SERVER'];
  await under.close();
});

const call = (name: string, data: object) => callBySdk(under, name, data);
const wechat = (name: string, data: unknown, openId?: string | null) => callByWechat(under, name, data, openId);

describe('an instance', () => {
  it('is reused while it is warm', async () => {
    const first = await call('probe', { do: 'who' });
    const second = await call('probe', { do: 'who' });
    expect(second['pid']).toBe(first['pid']);
    expect(second['calls']).toBe(Number(first['calls']) + 1);
    expect(first['pid']).not.toBe(process.pid);
  });

  it('takes one call at a time; more calls get more instances, up to eight, and the rest wait', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hold-'));
    const file = join(folder, 'released');
    const calls = Promise.all(Array.from({ length: 12 }, () => call('probe', { do: 'hold', file })));
    const state = async () => (await (await fetch(`${under.cloud.url}/_local/state`)).json()) as PoolStates;
    await until(async () => (await state()).functions['probe']?.queued === 4);
    const { probe } = (await state()).functions;
    writeFileSync(file, '');
    const results = await calls;
    rmSync(folder, { recursive: true });
    expect(probe).toMatchObject({ idle: 0, busy: 8, queued: 4 });
    expect(results.map(({ running }) => running)).toEqual(results.map(() => 1));
    expect(new Set(results.map(({ pid }) => pid)).size).toBe(8);
  });

  it('has an environment of its own: what the cloud gives and what is declared', async () => {
    const { env, argv } = (await call('probe', { do: 'who' })) as { env: Record<string, string>; argv: string[] };
    expect(env).toMatchObject({
      DECLARED: 'declared',
      TENCENTCLOUD_RUNENV: 'SCF',
      SCF_NAMESPACE: 'local-test',
      SCF_FUNCTIONNAME: 'probe',
      TCB_CONTEXT_CNFG: JSON.stringify({ URL: `${under.cloud.url}/admin` }),
    });
    const allowed = /^(DECLARED|PATH|HOME|LD_LIBRARY_PATH|(TENCENTCLOUD|SCF|TCB|WX)_[A-Z_]+)$/;
    expect(Object.keys(env).filter((name) => !allowed.test(name))).toEqual([]);
    expect(argv).toEqual(['--max-old-space-size=256']);
  });

  it('reaches the database with the unmodified SDK and nothing but its environment', async () => {
    expect(await call('probe', { do: 'database', id: 'from-a-function' })).toMatchObject({ id: 'from-a-function' });
  });

  it('can be started ahead', async () => {
    await under.cloud.warm('private');
    const state = await (await fetch(`${under.cloud.url}/_local/state`)).json();
    expect(state).toMatchObject({
      functions: { private: { idle: 1, busy: 0, queued: 0 } },
      collections: { plain: expect.any(Number) as number },
    });
  });

  it('writes lines that are told by their request', async () => {
    under.logs.length = 0;
    const said = await Promise.all(
      ['one', 'two', 'three'].map(async (text) => ({ text, ...(await wechat('probe', { do: 'speak', text })) })),
    );
    await until(() => under.logs.length === 6);
    for (const { text, requestID } of said) {
      const lines = under.logs.filter(({ requestId }) => requestId === requestID);
      expect(lines.map(({ stream, line }) => `${stream} ${line}`).sort()).toEqual([
        `stderr to stderr: ${text}`,
        `stdout ${text}`,
      ]);
      expect(lines[0]).toMatchObject({ function: 'probe', at: expect.any(Number) as number });
    }
    const served = (await (await fetch(`${under.cloud.url}/_local/logs`)).json()) as {
      next: number;
      lines: { stream: string }[];
    };
    expect(served.lines.filter(({ stream }) => stream !== 'platform').slice(-6)).toEqual(under.logs);
    expect(await (await fetch(`${under.cloud.url}/_local/logs?since=${String(served.next)}`)).json()).toEqual({
      next: served.next,
      lines: [],
    });
  });
});

describe('a call fails alone', () => {
  it.each([
    ['exits', 'exit', 'FUNCTIONS_EXECUTE_FAIL', 'exit code 7'],
    ['is killed', 'killed', 'FUNCTIONS_EXECUTE_FAIL', 'SIGKILL'],
    ['leaves a rejection unhandled', 'late', 'FUNCTIONS_EXECUTE_FAIL', 'exit code 1'],
    ['throws', 'fail', 'FUNCTIONS_EXECUTE_FAIL', 'the reason'],
    ['answers with a circle', 'circular', 'FUNCTIONS_EXECUTE_FAIL', 'circular'],
  ])('when the function %s', async (_name, act, code, text) => {
    const beside = call('probe', { do: 'work', ms: 200 });
    const failure = await refusal(call('probe', { do: act }));
    expect(failure).toMatchObject({ code, message: expect.stringContaining(text) as string });
    expect(await beside).toMatchObject({ running: 1 });
    expect(await call('probe', { do: 'who' })).toMatchObject({ pid: expect.any(Number) as number });
  });

  it('when its time is over: the instance is killed, even in an endless loop', async () => {
    const { pid } = (await call('hasty', { do: 'who' })) as { pid: number };
    expect(await refusal(call('hasty', { do: 'spin' }))).toMatchObject({
      code: 'FUNCTIONS_TIME_LIMIT_EXCEEDED',
      message: expect.stringContaining('1 seconds') as string,
    });
    await until(() => !isRunning(pid));
    expect((await call('hasty', { do: 'who' }))['pid']).not.toBe(pid);
  });

  it('when its memory is over, memory outside of the heap too', async () => {
    const { pid } = (await call('small', { do: 'who' })) as { pid: number };
    expect(await refusal(call('small', { do: 'eat' }))).toMatchObject({ code: 'FUNCTIONS_MEMORY_LIMIT_EXCEEDED' });
    await until(() => !isRunning(pid));
    expect(await call('small', { do: 'who' })).toMatchObject({ calls: 1 });
  });

  it('when its result is larger than 6 MB, and not below', async () => {
    const limit = 6 * 1024 * 1024;
    expect(await refusal(call('probe', { do: 'large', bytes: limit }))).toMatchObject({
      code: 'FUNCTIONS_EXECUTE_FAIL',
    });
    expect(
      (await under.app.callFunction({ name: 'probe', data: { do: 'large', bytes: limit - 2 } })).result,
    ).toHaveLength(limit - 2);
  });

  it('with a clear reason when it cannot start', async () => {
    expect(await refusal(call('unset', {}))).toEqual({
      code: 'FUNCTIONS_EXECUTE_FAIL',
      message: expect.stringContaining('without SECOND') as string,
    });
    expect(await refusal(call('unbuilt', {}))).toMatchObject({ code: 'FUNCTION_NOT_FOUND' });
    expect(await refusal(call('absent', {}))).toMatchObject({ code: 'FUNCTION_NOT_FOUND' });
    expect(await refusal(call('../probe', {}))).toMatchObject({ code: 'FUNCTION_NOT_FOUND' });
    expect(await refusal(call('broken', {}))).toMatchObject({
      message: expect.stringContaining('does not load') as string,
    });
    expect(await refusal(call('mainless', {}))).toMatchObject({
      message: expect.stringContaining('no function main') as string,
    });
    await expect(under.cloud.warm('broken')).rejects.toThrow('does not load');
  });

  it('answers null where the function returns nothing', async () => {
    expect((await under.app.callFunction({ name: 'probe', data: { do: 'nothing' } })).result).toBeNull();
  });

  it('refuses another version than the latest', async () => {
    const older = under.app.callFunction({ name: 'probe', qualifier: '3', data: {} });
    expect(await refusal(older)).toMatchObject({
      code: 'INVALID_PARAM',
      message: expect.stringContaining('qualifier') as string,
    });
  });
});

it('ends its instances when it closes', async () => {
  const { pid } = (await call('probe', { do: 'who' })) as { pid: number };
  const working = refusal(call('probe', { do: 'work', ms: 5000 })).catch((error: unknown) => error);
  await under.restart();
  await working;
  await until(() => !isRunning(pid));
});
