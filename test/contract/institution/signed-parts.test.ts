import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose';
import { instant } from '../../../protocol';
import { createApiWorld, type ApiWorld } from '../../support/institution/api-world';
import { askBy, NUMBER, pollBy, PURPOSE } from '../../support/institution/asking';
import { assertionOf, freshServerKey, proofOf, seconds, type ServerKey } from '../../support/institution/credentials';
import { releaseOf } from '../../support/institution/fake-asks';
import { CALLBACK, createProviderWorld, ISSUER, type ProviderWorld } from '../../support/institution/provider-world';

let world: ProviderWorld;
let api: ApiWorld;
beforeAll(async () => {
  world = await createProviderWorld();
  api = await createApiWorld();
});

type Claims = Readonly<Record<string, unknown>>;
type Form = Readonly<Record<string, string>>;

/** A signed text with one part of it changed, each as little as can be: what it says is still well-formed. */
const tampered = (jws: string): readonly (readonly [part: string, text: string])[] => {
  const [head = '', body = '', signature = ''] = jws.split('.');
  const withMore = (part: string): string => {
    const content = JSON.parse(Buffer.from(part, 'base64url').toString()) as object;
    return Buffer.from(JSON.stringify({ ...content, more: 1 })).toString('base64url');
  };
  const flipped = Buffer.from(signature, 'base64url').map((byte, at) => (at === 40 ? byte ^ 1 : byte));
  return [
    ['header', [withMore(head), body, signature].join('.')],
    ['payload', [head, withMore(body), signature].join('.')],
    ['signature', [head, body, Buffer.from(flipped).toString('base64url')].join('.')],
    ['signature that is missing', [head, body, ''].join('.')],
  ];
};

/** Clocks that are five minutes wrong, as the times of a signed text show it. */
const wrongTimes: readonly (readonly [string, () => Claims])[] = [
  ['iat of five minutes ago', () => ({ iat: seconds() - 300 })],
  ['iat of five minutes ahead', () => ({ iat: seconds() + 300 })],
  ['exp of five minutes ago', () => ({ exp: seconds() - 300 })],
  ['nbf of five minutes ahead', () => ({ nbf: seconds() + 300 })],
];

/** What is sent to each endpoint that knows a server by its assertion, beside the assertion. */
const forms: Readonly<Record<string, Form>> = {
  token: { grant_type: 'client_credentials', scope: 'verifications' },
  backchannel: { scope: 'openid', purpose: PURPOSE, login_hint: NUMBER },
  par: {
    ...{ client_id: 'bank-server', scope: 'openid', purpose: PURPOSE, response_type: 'code', redirect_uri: CALLBACK },
    ...{ code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' },
  },
  introspect: { token: 'x' },
  revoke: { token: 'x' },
};
const endpoints = Object.keys(forms);
const provedEndpoints = ['token', 'par'];

const send = async (endpoint: string, client_assertion: string, dpop?: string, more: Form = {}) => {
  const address = `${ISSUER}/institution/${endpoint}`;
  const proof = dpop ?? (await proofOf('POST', address, await freshServerKey()));
  const reply = await world.fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', dpop: proof },
    body: new URLSearchParams({
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      ...{ client_assertion, ...forms[endpoint], ...more },
    }),
  });
  const text = await reply.text();
  return { status: reply.status, error: text === '' ? undefined : (JSON.parse(text) as { error?: string }).error };
};

const INVALID_CLIENT = { status: 401, error: 'invalid_client' };
const INVALID_PROOF = { status: 400, error: 'invalid_dpop_proof' };
const assertion = (claims: Claims = {}, key: ServerKey = world.bank.key, clientId = 'bank-server') =>
  assertionOf(clientId, ISSUER, key, claims);

describe.each(endpoints)('an assertion at %s', (endpoint) => {
  it('is taken as it was signed', async () => {
    expect((await send(endpoint, await assertion())).status).toBeLessThan(300);
  });

  it.each(wrongTimes)('is refused with %s', async (_what, claims) => {
    expect(await send(endpoint, await assertion(claims()))).toEqual(INVALID_CLIENT);
  });

  it('is refused for another audience, and of another server’s key', async () => {
    for (const aud of ['https://issuer.example/', `${ISSUER}/institution/${endpoint}`, [ISSUER]])
      expect([aud, await send(endpoint, await assertion({ aud }))]).toEqual([aud, INVALID_CLIENT]);
    const { bankApp, railway } = world;
    for (const { key } of [bankApp, railway, { key: { ...bankApp.key, kid: world.bank.key.kid } }])
      expect(await send(endpoint, await assertion({}, key))).toEqual(INVALID_CLIENT);
  });

  it('is refused with any part of it changed', async () => {
    for (const [part, text] of tampered(await assertion()))
      expect([part, await send(endpoint, text)]).toEqual([part, INVALID_CLIENT]);
  });
});

describe.each(provedEndpoints)('a proof at %s', (endpoint) => {
  const proof = async (claims: Claims = {}): Promise<string> =>
    proofOf('POST', `${ISSUER}/institution/${endpoint}`, await freshServerKey(), claims);

  it.each(wrongTimes)('is refused with %s', async (_what, claims) => {
    expect(await send(endpoint, await assertion(), await proof(claims()))).toEqual(INVALID_PROOF);
  });

  it('is refused with any part of it changed', async () => {
    for (const [part, text] of tampered(await proof()))
      expect([part, await send(endpoint, await assertion(), text)]).toEqual([part, INVALID_PROOF]);
  });
});

describe('a proof at the API', () => {
  const line = 'GET /self';
  const codeBy = async (token: string, proof: string) => {
    const { status, body } = await api.send(line, { token, proof });
    return { status, code: (JSON.parse(body) as { code?: string }).code };
  };

  it.each(wrongTimes)('is refused with %s', async (_what, claims) => {
    const token = await api.tokenOf();
    expect(await codeBy(token, await api.proofFor(line, token, claims()))).toEqual({
      status: 401,
      code: 'proof_invalid',
    });
  });

  it('is refused with any part of it changed', async () => {
    const token = await api.tokenOf();
    for (const [part, text] of tampered(await api.proofFor(line, token)))
      expect([part, await codeBy(token, text)]).toEqual([part, { status: 401, code: 'proof_invalid' }]);
    expect((await codeBy(token, await api.proofFor(line, token))).status).toBe(200);
  });

  it('is refused with a token that another server got', async () => {
    const other = await freshServerKey();
    const token = await api.tokenOf({ jkt: other.kid });
    expect(await codeBy(token, await api.proofFor(line, token))).toEqual({ status: 401, code: 'token_invalid' });
    expect((await codeBy(token, await api.proofFor(line, token, {}, other))).status).toBe(200);
  });
});

describe('what is signed otherwise', () => {
  it('is no request: neither a pushed one nor one of CIBA is taken as a JWT', async () => {
    const request = await assertionOf('bank-server', ISSUER, world.bank.key, {
      ...forms['par'],
      client_id: 'bank-server',
    });
    for (const endpoint of ['par', 'backchannel'])
      expect(await send(endpoint, await assertion(), undefined, { request })).toMatchObject({
        status: 400,
        error: expect.stringMatching(/^(request_not_supported|invalid_request)$/) as unknown,
      });
  });

  it('is an ID token that no library takes with any part of it changed', async () => {
    const opened = await askBy(world.bank);
    world.asks.last().standing = { kind: 'answered', release: releaseOf(), at: instant(Date.now()) };
    const { id_token = '' } = await pollBy(world.bank, opened);
    const keys = createRemoteJWKSet(new URL(`${ISSUER}/institution/jwks`), {
      [customFetch]: (address, init) => world.fetch(address, init),
    });
    const verify = (text: string) => jwtVerify(text, keys, { issuer: ISSUER, audience: 'bank-server' });
    await verify(id_token);
    for (const [, text] of tampered(id_token))
      await expect(verify(text)).rejects.toMatchObject({ code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
  });
});
