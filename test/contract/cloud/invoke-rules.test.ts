import type { CloudFunction } from '../../../cloudfunctions/resources';
import { CloudError } from '../../../local/cloud/cloud-error';
import { cloudFunction, refusal, startCloudUnderTest, type CloudUnderTest } from './cloud-under-test';
import { callByWechat } from './probe-functions';
import { askTool, callsSince } from './tools-client';

type Source = CloudFunction['invokedBy'][number];
const sources: readonly Source[] = ['wechat', 'http', 'function', 'timer'];
const calls = sources.flatMap((source) => sources.map((declared) => ({ source, declared })));

/** What the platform says of a call: its variables beside those of the environment, and its event's fields. */
const teller = `exports.main = (event, context) => {
  if (event.fail) throw new Error('asked');
  const { TCB_ENV, SCF_NAMESPACE, ...variables } = JSON.parse(context.environment);
  return { variables, event };
};`;

let under: CloudUnderTest;
beforeAll(async () => {
  under = await startCloudUnderTest(
    {
      functions: sources.map((source) => cloudFunction(source, { invokedBy: [source] })),
      routes: sources.map((source) => ({ path: `/${source}`, function: source })),
      timers: sources.map((source) => ({ name: `${source}-timer`, function: source, everySeconds: 60 })),
    },
    Object.fromEntries(sources.map((source) => [source, teller])),
  );
});
afterAll(() => under.close());

interface Told {
  readonly variables: Record<string, string>;
  readonly event: Record<string, unknown>;
}

/** Calls a function by one way; gives what it told, or the code of the refusal. */
const callBy: Record<Source, (name: string) => Promise<Told | string>> = {
  wechat: async (name) => {
    const { result, errMsg } = await callByWechat(under, name, {});
    return (result as Told | undefined) ?? /fail (\w+)/.exec(errMsg)?.[1] ?? '';
  },
  http: async (name) => {
    const response = await fetch(`${under.cloud.url}/${name}`);
    const body = (await response.json()) as Told & { code: string };
    return response.ok ? body : `${String(response.status)} ${body.code}`;
  },
  function: async (name) => {
    const asked = under.app.callFunction({ name, data: {} });
    return asked.then(
      ({ result }) => result as Told,
      async () => String((await refusal(asked)).code),
    );
  },
  timer: async (name) => {
    const { status, body } = await askTool(under, `timers/${name}-timer`, { method: 'POST' });
    return status === 200 ? (body['result'] as Told) : String(body['code']);
  },
};

const expected: Record<Source, object> = {
  wechat: {
    variables: {
      WX_OPENID: 'oAlice',
      WX_APPID: 'wx0000000000local0',
      WX_CLIENTIP: '127.0.0.1',
      WX_CONTEXT_KEYS: 'WX_OPENID,WX_APPID,WX_CLIENTIP',
      TCB_SOURCE: 'wx_client',
    },
    event: { userInfo: { openId: 'oAlice', appId: 'wx0000000000local0' } },
  },
  http: { variables: { TCB_SOURCE: 'tcb_http' }, event: { path: '/http', httpMethod: 'GET', body: '' } },
  function: { variables: { TCB_SOURCE: 'scf' }, event: {} },
  timer: {
    variables: { TRIGGER_SRC: 'timer' },
    event: {
      Type: 'Timer',
      TriggerName: 'timer-timer',
      Time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
      Message: '',
    },
  },
};

describe.each(calls)('a call by $source of a function that takes calls by $declared', ({ source, declared }) => {
  if (source === declared) {
    it('runs as the platform shapes it', async () => {
      const told = (await callBy[source](declared)) as Told;
      expect(told).toMatchObject(expected[source]);
      // Nothing of another way: no caller in a call that has none.
      expect(Object.keys(told.variables)).toEqual(Object.keys((expected[source] as Told).variables));
    });
  } else {
    it('is refused, and no instance starts for it', async () => {
      const { next } = await callsSince(under, 0);
      const before = await askTool(under, 'state');
      expect(await callBy[source](declared)).toBe(source === 'http' ? '403 PERMISSION_DENIED' : 'PERMISSION_DENIED');
      expect((await askTool(under, 'state')).body['functions']).toEqual(before.body['functions']);
      const [noted] = (await callsSince(under, next)).calls;
      expect(noted).toMatchObject({ name: declared, outcome: 'PERMISSION_DENIED' });
    });
  }
});

describe('a timer', () => {
  const states = async () => (await askTool(under, 'state')).body['timers'] as { name: string; last: unknown }[];

  it('is shown with how it went last', async () => {
    for (const source of sources) await askTool(under, `timers/${source}-timer`, { method: 'POST' });
    expect(await states()).toEqual(
      sources.map((source) => ({
        name: `${source}-timer`,
        function: source,
        everySeconds: 60,
        last: { at: expect.any(Number) as number, outcome: source === 'timer' ? 'OK' : 'PERMISSION_DENIED' },
      })),
    );
  });

  it('is run from the program that started the server, too', async () => {
    await under.cloud.runTimer('timer-timer');
    await expect(under.cloud.runTimer('http-timer')).rejects.toThrow(CloudError);
    await expect(under.cloud.runTimer('none')).rejects.toThrow('has no timer none');
  });

  it.each([
    ['is unknown', 'timers/none', {}, 400],
    ['has no name', 'timers/', {}, 404],
    ['lies deeper', 'timers/timer-timer/x', {}, 404],
    ['is told something', 'timers/timer-timer', { at: 1 }, 400],
  ])('is refused when it %s', async (_name, path, body, status) => {
    expect((await askTool(under, path, { method: 'POST', body })).status).toBe(status);
  });

  it('is not run by a look at it, nor for a page of somebody else', async () => {
    const { next } = await callsSince(under, 0);
    expect((await askTool(under, 'timers/timer-timer')).status).toBe(400);
    const address = `${under.cloud.url}/_local/timers/timer-timer`;
    const foreign = await fetch(address, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' });
    expect(foreign.status).toBe(400);
    expect((await callsSince(under, next)).calls).toEqual([]);
  });
});
