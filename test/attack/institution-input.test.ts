import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { assertionOf } from '../support/institution/credentials';
import { BANK, keyOfServer } from '../support/institution/servers';

let world: EcosystemUnderTest;

beforeAll(async () => {
  world = await startEcosystemUnderTest();
}, START_TIMEOUT);
afterAll(() => world.close());

const FORM = 'application/x-www-form-urlencoded';
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

const send = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(world.cloud.url + path, { redirect: 'manual', ...init });

const post = (path: string, body: string, contentType = FORM): Promise<Response> =>
  send(path, { method: 'POST', body, headers: { 'content-type': contentType } });

const assertion = async (): Promise<string> => assertionOf(BANK, world.cloud.url, await keyOfServer(world, BANK));

const pushed = async (more: Readonly<Record<string, string>>): Promise<Response> => {
  const asked = { client_assertion_type: ASSERTION_TYPE, client_assertion: await assertion(), ...more };
  return post('/institution/par', new URLSearchParams(asked).toString());
};

const requests: readonly (readonly [string, () => Promise<Response>, number, string])[] = [
  ['a token without anything', () => post('/institution/token', ''), 400, 'invalid_request'],
  ['JSON instead of a form', () => post('/institution/token', '{}', 'application/json'), 400, 'invalid_request'],
  [
    'a client id of operators',
    () => post('/institution/token', 'client_id[$gt]=&grant_type=client_credentials'),
    400,
    'invalid_request',
  ],
  ['a client id twice', () => post('/institution/token', 'client_id=a&client_id=b'), 400, 'invalid_request'],
  [
    'a client id of nothing printable',
    () => post('/institution/token', 'client_id=%00%0a&grant_type=x'),
    401,
    'invalid_client',
  ],
  ['a very long client id', () => post('/institution/token', `client_id=${'x'.repeat(40_000)}`), 401, 'invalid_client'],
  [
    'an assertion of no algorithm',
    () => {
      const part = (content: object): string => Buffer.from(JSON.stringify(content)).toString('base64url');
      const jwt = `${part({ alg: 'none' })}.${part({ iss: BANK, sub: BANK, aud: world.cloud.url, jti: '1', exp: 9e9 })}.`;
      const asked = { client_assertion_type: ASSERTION_TYPE, client_assertion: jwt, grant_type: 'client_credentials' };
      return post('/institution/token', new URLSearchParams(asked).toString());
    },
    401,
    'invalid_client',
  ],
  [
    'an authorization that was not pushed',
    () => send(`/institution/authorize?client_id=${BANK}&response_type=code`),
    400,
    'invalid_request',
  ],
  ['an authorization of nobody', () => send('/institution/authorize'), 400, 'invalid_request'],
  [
    'a pushed request of a client that has no such flow',
    () =>
      pushed({
        response_type: 'code',
        redirect_uri: 'https://bank.example/cb',
        scope: 'openid',
        code_challenge: 'x'.repeat(43),
        code_challenge_method: 'S256',
      }),
    400,
    'invalid_request',
  ],
  ['an introspection by nobody', () => post('/institution/introspect', 'token=abc'), 400, 'invalid_request'],
  ['a revocation by nobody', () => post('/institution/revoke', 'token=abc'), 400, 'invalid_request'],
];

describe('the function that institutions ask', () => {
  it.each(requests)('answers %s as RFC 6749 has it, and sets no cookie', async (_what, ask, status, error) => {
    const response = await ask();
    const body = (await response.json()) as { error: string };
    expect({ status: response.status, error: body.error }).toEqual({ status, error });
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  it.each([
    '/institution',
    '/institution/nothing',
    '/institution/reg',
    '/institution/me',
    '/institution/device',
    '/institution/interaction/x',
    '/institution/self/',
    '/institution/__proto__',
    '/institution/end',
    '/institution/authorizex',
    '/institution/token/',
  ])('has nothing at %s', async (path) => {
    for (const method of ['GET', 'POST']) {
      const response = await send(path, { method });
      expect([response.status, response.headers.get('content-type')]).toEqual([
        404,
        'application/problem+json; charset=utf-8',
      ]);
      expect(await response.json()).toMatchObject({ code: 'not_found' });
    }
  });

  it('believes no other host than its own', async () => {
    const forwarded = { host: 'issuer.example', 'x-forwarded-host': 'issuer.example', 'x-forwarded-proto': 'https' };
    const { url } = world.cloud;
    const response = await send('/.well-known/openid-configuration', { headers: forwarded });
    expect(await response.json()).toMatchObject({ issuer: url, token_endpoint: `${url}/institution/token` });
  });

  it('leaves the issuer’s other documents where they are', async () => {
    for (const path of ['/.well-known/jwt-vc-issuer', '/.well-known/jwks.json'])
      expect((await send(path)).status).toBe(200);
    const [cards, provider] = await Promise.all(
      ['/.well-known/jwks.json', '/institution/jwks'].map(
        async (path) => (await (await send(path)).json()) as { keys: { kid: string; d?: string }[] },
      ),
    );
    expect(provider?.keys).toHaveLength(1);
    expect(provider?.keys[0]?.d).toBeUndefined();
    expect(provider?.keys[0]?.kid).not.toBe(cards?.keys[0]?.kid);
  });

  it('has not failed once, nor written a line outside of its log', () => {
    expect(world.log.entries('CALL_FAILED')).toEqual([]);
    const lines = world.log.lines.filter((line) => line.function === 'institution');
    expect(lines.length).toBeGreaterThan(0);
    for (const { stream, line } of lines)
      expect({ stream, line: line.charAt(0) }).toEqual({ stream: 'stdout', line: '{' });
  });
});
