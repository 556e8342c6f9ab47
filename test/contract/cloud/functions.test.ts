import tcb from '@cloudbase/node-sdk';
import { cloudFunction, collection, refusal, startCloudUnderTest, type CloudUnderTest } from './cloud-under-test';

const sdk = JSON.stringify(require.resolve('@cloudbase/node-sdk'));

/** A function that does what its event says. */
const probe = `
const tcb = require(${sdk});
let calls = 0;
let running = 0;
const acts = {
  who: (event, context) => ({ pid: process.pid, calls, event, context, env: { ...process.env }, argv: process.execArgv }),
  identity: (event, context) => ({
    pid: process.pid,
    sticky: process.env.WX_OPENID ?? null,
    parsed: tcb.parseContext(context).environment.WX_OPENID ?? null,
  }),
  work: async ({ ms }) => { await new Promise((done) => setTimeout(done, ms)); return { pid: process.pid, running }; },
  spin: () => { for (;;); },
  eat: async () => { const eaten = []; for (;;) { eaten.push(Buffer.alloc(8e6, 1)); await new Promise((done) => setTimeout(done, 5)); } },
  exit: () => process.exit(7),
  killed: () => process.kill(process.pid, 'SIGKILL'),
  late: () => { setTimeout(() => Promise.reject(new Error('late')), 1); return new Promise(() => {}); },
  fail: () => { throw new Error('the reason'); },
  large: ({ bytes }) => 'x'.repeat(bytes),
  circular: () => { const a = {}; a.a = a; return a; },
  nothing: () => undefined,
  speak: ({ text }) => { console.log(text); console.error('to stderr: ' + text); return null; },
  database: async ({ id }) => {
    const app = tcb.init({ env: tcb.SYMBOL_CURRENT_ENV });
    return app.database().collection('plain').add({ _id: id });
  },
  respond: ({ reply }) => reply,
};
exports.main = async (event, context) => {
  calls += 1;
  running += 1;
  const act = event.do ?? JSON.parse(event.body || '{"do":"who"}').do;
  try { return await acts[act](event.body ? { ...JSON.parse(event.body), ...event } : event, context); } finally { running -= 1; }
};`;

let under: CloudUnderTest;

beforeAll(async () => {
  process.env['OF_THE_SERVER'] = 'private';
  under = await startCloudUnderTest(
    {
      collections: [collection('plain')],
      functions: [
        cloudFunction('probe', { environment: ['DECLARED'] }),
        cloudFunction('hasty', { timeoutSeconds: 1 }),
        cloudFunction('small', { memoryMb: 128 }),
        cloudFunction('private', { invokedBy: ['function'] }),
        cloudFunction('wechat', { invokedBy: ['wechat'] }),
        cloudFunction('unset', { environment: ['FIRST', 'SECOND'] }),
        cloudFunction('unbuilt'),
        cloudFunction('broken'),
        cloudFunction('mainless'),
      ],
      routes: [
        { path: '/probe', function: 'probe' },
        { path: '/probe/private', function: 'private' },
        { path: '/hasty', function: 'hasty' },
      ],
    },
    {
      ...Object.fromEntries(['probe', 'hasty', 'small', 'private', 'wechat', 'unset'].map((name) => [name, probe])),
      broken: 'throw new Error("does not load")',
      mainless: 'exports.handler = () => 1',
    },
    () => ({ DECLARED: 'declared', UNDECLARED: 'undeclared', FIRST: '1' }),
  );
});
afterAll(async () => {
  delete process.env['OF_THE_SERVER'];
  await under.close();
});

const call = async (name: string, data: object): Promise<Record<string, unknown>> =>
  (await under.app.callFunction({ name, data })).result as Record<string, unknown>;

const wechat = async (name: string, data: unknown, openId: string | null = 'oAlice') => {
  const headers: Record<string, string> = openId === null ? {} : { 'x-local-openid': openId };
  const response = await fetch(`${under.cloud.url}/wx/call/${name}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(data),
  });
  return (await response.json()) as {
    errMsg: string;
    errCode?: number;
    result?: Record<string, unknown>;
    requestID?: string;
  };
};

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
};

describe('an instance', () => {
  it('is reused while it is warm', async () => {
    const first = await call('probe', { do: 'who' });
    const second = await call('probe', { do: 'who' });
    expect(second['pid']).toBe(first['pid']);
    expect(second['calls']).toBe(Number(first['calls']) + 1);
    expect(first['pid']).not.toBe(process.pid);
  });

  it('takes one call at a time; more calls get more instances, up to eight, and the rest wait', async () => {
    const results = await Promise.all(Array.from({ length: 12 }, () => call('probe', { do: 'work', ms: 400 })));
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
    const served = (await (await fetch(`${under.cloud.url}/_local/logs`)).json()) as { next: number; lines: unknown[] };
    expect(served.lines.slice(-6)).toEqual(under.logs);
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

describe('the caller', () => {
  it('is who logged in, whatever the event says', async () => {
    const { result, errMsg } = await wechat('probe', { do: 'who', userInfo: { openId: 'oMallory' } });
    expect(errMsg).toBe('cloud.callFunction:ok');
    expect(result).toMatchObject({ event: { userInfo: { openId: 'oAlice', appId: 'wx0000000000local0' } } });
  });

  it('stays in the environment of a warm instance but not in the context of the next call', async () => {
    await under.restart();
    expect((await wechat('probe', { do: 'identity' }, 'oAlice')).result).toMatchObject({
      sticky: 'oAlice',
      parsed: 'oAlice',
    });
    expect((await wechat('probe', { do: 'identity' }, 'oBob')).result).toMatchObject({
      sticky: 'oBob',
      parsed: 'oBob',
    });
    expect(await call('probe', { do: 'identity' })).toMatchObject({ sticky: 'oBob', parsed: null });
    const http = await fetch(`${under.cloud.url}/probe`, { method: 'POST', body: '{"do":"identity"}' });
    expect(await http.json()).toMatchObject({ sticky: 'oBob', parsed: null });
  });

  it('is parsed from the context by the SDK in the newer and the older form', async () => {
    const { result } = await wechat('probe', { do: 'who' });
    const { environment: newer, ...context } = result?.['context'] as { environment: string };
    const expected = { WX_OPENID: 'oAlice', WX_APPID: 'wx0000000000local0', TCB_SOURCE: 'wx_client' };
    expect(JSON.parse(newer)).toMatchObject(expected);
    expect(tcb.parseContext(context as never)).toMatchObject({
      functionName: 'probe',
      memoryLimitInMb: 256,
      environ: expected,
    });
  });

  it('must be logged in', async () => {
    for (const openId of [null, '', 'a b', 'x'.repeat(65)]) {
      expect(await wechat('probe', { do: 'who' }, openId)).toEqual({
        errCode: expect.any(Number) as number,
        errMsg: expect.stringContaining('x-local-openid') as string,
      });
    }
  });

  it('may come only as the manifest says', async () => {
    expect(await refusal(call('wechat', { do: 'who' }))).toMatchObject({ code: 'PERMISSION_DENIED' });
    expect(await wechat('private', { do: 'who' })).toMatchObject({
      errMsg: expect.stringContaining('PERMISSION_DENIED') as string,
    });
    expect((await fetch(`${under.cloud.url}/probe/private`)).status).toBe(403);
    expect(await call('private', { do: 'who' })).toMatchObject({ pid: expect.any(Number) as number });
    expect((await wechat('wechat', { do: 'who' })).result).toMatchObject({ pid: expect.any(Number) as number });
  });

  it('gets the number of a failure as the client library has it', async () => {
    expect(await wechat('absent', {})).toMatchObject({ errCode: -501000 });
    expect(await wechat('hasty', { do: 'spin' })).toMatchObject({ errCode: -504003 });
    expect(await wechat('probe', { do: 'fail' })).toMatchObject({ errCode: -504002 });
    expect(await wechat('probe', [])).toMatchObject({ errMsg: expect.stringContaining('INVALID_PARAM') as string });
  });
});

describe('an HTTP route', () => {
  const eventOf = async (path: string, init?: RequestInit) => {
    const response = await fetch(under.cloud.url + path, init);
    return ((await response.json()) as { event: Record<string, unknown> }).event;
  };

  it('gives the function the integration event', async () => {
    const event = await eventOf('/probe/v1/check?card=1&name=%E5%BC%A0', {
      method: 'PUT',
      headers: { 'X-Partner': 'bank' },
      body: '{"do":"who"}',
    });
    expect(event).toMatchObject({
      path: '/probe/v1/check',
      httpMethod: 'PUT',
      headers: { 'x-partner': 'bank' },
      queryStringParameters: { card: '1', name: '张' },
      requestContext: { envId: 'local-test', requestId: expect.any(String) as string },
      body: '{"do":"who"}',
      isBase64Encoded: false,
    });
    expect(event).not.toHaveProperty('userInfo');
  });

  it('answers with the status, headers and body of an integration response', async () => {
    const reply = {
      statusCode: 201,
      headers: { 'X-Own': 'a', 'Set-Cookie': ['a=1', 'b=2'], 'Content-Length': '9999' },
      body: Buffer.from([0, 255]).toString('base64'),
      isBase64Encoded: true,
    };
    const response = await fetch(`${under.cloud.url}/probe`, {
      method: 'POST',
      body: JSON.stringify({ do: 'respond', reply }),
    });
    expect(response.status).toBe(201);
    expect(response.headers.get('x-own')).toBe('a');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255]);
  });

  it.each([
    ['an object', { a: 1 }, 'application/json; charset=utf-8', '{"a":1}'],
    ['a text', 'plain', 'text/plain; charset=utf-8', 'plain'],
  ])('answers with %s as it is', async (_name, reply, type, text) => {
    const response = await fetch(`${under.cloud.url}/probe`, {
      method: 'POST',
      body: JSON.stringify({ do: 'respond', reply }),
    });
    expect(response.headers.get('content-type')).toBe(type);
    expect(await response.text()).toBe(text);
  });

  it.each([
    [{ statusCode: 99 }],
    [{ statusCode: '200' }],
    [{ statusCode: 200, headers: { 'a b': '1' } }],
    [{ statusCode: 200, headers: { a: '1\r\nb: 2' } }],
    [{ statusCode: 200, headers: [] }],
  ])('answers 502 to the malformed %j', async (reply) => {
    const response = await fetch(`${under.cloud.url}/probe`, {
      method: 'POST',
      body: JSON.stringify({ do: 'respond', reply }),
    });
    expect(response.status).toBe(502);
  });

  it('tells a stranger the code of a failure and nothing of its inside', async () => {
    const response = await fetch(`${under.cloud.url}/probe`, { method: 'POST', body: '{"do":"fail"}' });
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ code: 'FUNCTIONS_EXECUTE_FAIL', requestId: expect.any(String) as string });
  });

  it('refuses a repeated query parameter', async () => {
    expect((await fetch(`${under.cloud.url}/probe?a=1&a=2`)).status).toBe(400);
  });

  it('does not answer for its neighbours', async () => {
    expect((await fetch(`${under.cloud.url}/probes`)).status).toBe(404);
  });
});

it('ends its instances when it closes', async () => {
  const { pid } = (await call('probe', { do: 'who' })) as { pid: number };
  const working = refusal(call('probe', { do: 'work', ms: 5000 })).catch((error: unknown) => error);
  await under.restart();
  await working;
  await until(() => !isRunning(pid));
});
