import tcb from '@cloudbase/node-sdk';
import { refusal, type CloudUnderTest } from './cloud-under-test';
import { callBySdk, callByWechat, startProbes } from './probe-functions';

let under: CloudUnderTest;

beforeAll(async () => {
  under = await startProbes();
});
afterAll(() => under.close());

const call = (name: string, data: object) => callBySdk(under, name, data);
const wechat = (name: string, data: unknown, openId?: string | null) => callByWechat(under, name, data, openId);

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
      headers: { 'X-Own': 'a', 'Set-Cookie': ['a=1', 'b=2'], 'Content-Length': '9999', Trailer: 'x' },
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

  it.each([204, 304])('answers with the status %j without a body or a length', async (statusCode) => {
    const response = await fetch(`${under.cloud.url}/probe`, {
      method: 'POST',
      body: JSON.stringify({ do: 'respond', reply: { statusCode, body: 'text' } }),
    });
    expect(response.status).toBe(statusCode);
    expect(response.headers.get('content-length')).toBeNull();
    expect(await response.text()).toBe('');
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
