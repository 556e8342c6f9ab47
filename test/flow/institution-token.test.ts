import tcb from '@cloudbase/node-sdk';
import * as oauth from 'openid-client';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { BANK, startBankServer } from '../support/institution/servers';

let world: EcosystemUnderTest;

beforeAll(async () => {
  world = await startEcosystemUnderTest();
}, START_TIMEOUT);
afterAll(() => world.close());

/** A fetch that invokes the function as a partner's own function does: the event of a route, and its answer. */
const byInvocation: oauth.CustomFetch = async (address, { method, headers, body }) => {
  const { envId, secretId, secretKey, serviceUrl } = world.cloud.credentials;
  const app = tcb.init({ env: envId, secretId, secretKey, serviceUrl });
  const { pathname, searchParams } = new URL(address);
  const data = {
    httpMethod: method,
    path: pathname,
    headers,
    queryStringParameters: Object.fromEntries(searchParams),
    body: body instanceof URLSearchParams ? body.toString() : '',
    isBase64Encoded: false,
  };
  const { result } = (await app.callFunction({ name: 'institution', data })) as {
    result: { statusCode: number; headers: Record<string, string>; body: string };
  };
  return new Response(result.body, { status: result.statusCode, headers: result.headers });
};

describe('a bank’s server', () => {
  it('finds the provider where the issuer is, with what it takes and nothing else', async () => {
    const { config } = await startBankServer(world);
    const metadata = config.serverMetadata();
    expect(metadata).toMatchObject({
      issuer: world.cloud.url,
      token_endpoint: `${world.cloud.url}/institution/token`,
      jwks_uri: `${world.cloud.url}/institution/jwks`,
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: ['ES256'],
      dpop_signing_alg_values_supported: ['ES256'],
      require_pushed_authorization_requests: true,
      subject_types_supported: ['pairwise'],
      response_types_supported: ['code'],
    });
    expect(metadata.registration_endpoint).toBeUndefined();
    expect(metadata.userinfo_endpoint).toBeUndefined();
  });

  it.each([
    ['by HTTP', () => undefined],
    ['by invoking the function', () => byInvocation],
  ])('gets a token bound to its key and asks with it, %s', async (_way, fetchBy) => {
    const { config, DPoP } = await startBankServer(world, fetchBy());
    const token = await oauth.clientCredentialsGrant(config, { scope: 'verifications' }, { DPoP });
    expect(token).toMatchObject({ token_type: 'dpop', scope: 'verifications', expires_in: 300 });
    const address = new URL('/institution/self', world.cloud.url);
    const reply = await oauth.fetchProtectedResource(config, token.access_token, address, 'GET', null, undefined, {
      DPoP,
    });
    expect(reply.status).toBe(200);
    expect(await reply.json()).toMatchObject({ client_id: BANK, grants: [{ purpose: 'bank-account-opening' }] });
    expect(await oauth.tokenIntrospection(config, token.access_token)).toMatchObject({
      active: true,
      client_id: BANK,
      aud: `${world.cloud.url}/institution`,
    });
    await oauth.tokenRevocation(config, token.access_token);
    expect(await oauth.tokenIntrospection(config, token.access_token)).toEqual({ active: false });
    const late = oauth.fetchProtectedResource(config, token.access_token, address, 'GET', null, undefined, { DPoP });
    await expect(late).rejects.toMatchObject({ code: 'OAUTH_WWW_AUTHENTICATE_CHALLENGE' });
  });
});
