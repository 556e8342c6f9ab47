import { createHash, randomBytes } from 'node:crypto';
import type { Authenticate } from '../../../cloudfunctions/_adapters/oauth/access-guard';
import type { OauthRecords } from '../../../cloudfunctions/_adapters/cloudbase/oauth-records';
import { createSealing } from '../../../cloudfunctions/_adapters/crypto/sealing';
import { now } from '../../../cloudfunctions/_adapters/runtime/ambient';
import { readHttpEvent } from '../../../cloudfunctions/_adapters/runtime/http-event';
import type { Partner } from '../../../cloudfunctions/_core/partners/partner';
import { resources } from '../../../cloudfunctions/resources';
import { keySetOf } from '../../../local/ecosystem/secrets';
import { makeIssuerKey } from '../../../local/ecosystem/issuer-keys';
import { freshServerKey, proofOf, seconds, type ServerKey } from '../../support/institution/credentials';
import { startCloudUnderTest, type CloudUnderTest } from '../cloud/cloud-under-test';
import { noAsks } from '../../support/institution/no-asks';

const ISSUER = 'https://issuer.example';
const ADDRESS = `${ISSUER}/institution/verifications`;
const CLIENT = 'a-server';

const partner: Partner = {
  ...{ id: 'a-bank', revision: 1, carriedOut: [], pending: null, names: { zh: '银行', en: 'Bank' } },
  ...{ creditCode: '91330106MA2DEM0684', category: 'other', address: '某路1号', contactRole: 'manager' },
  ...{ state: 'active', reason: null, grants: [], shops: [], application: null },
};

let world: CloudUnderTest;
let records: OauthRecords;
let authenticate: Authenticate;
let binding: ServerKey;

/** What the guard has told of refusals. */
const refusals: string[] = [];

beforeAll(async () => {
  const collections = resources.collections.filter(({ name }) => name === 'oauth_records');
  world = await startCloudUnderTest({ collections });
  // The adapters' SDK finds the cloud by the environment that has just been set.
  const { createOauthRecords } = await import('../../../cloudfunctions/_adapters/cloudbase/oauth-records');
  const { createStorage } = await import('../../../cloudfunctions/_adapters/oauth/storage');
  const { createCurrentProvider } = await import('../../../cloudfunctions/_adapters/oauth/current-provider');
  const { readProviderKeys } = await import('../../../cloudfunctions/_adapters/oauth/provider-keys');
  const { createAuthenticate } = await import('../../../cloudfunctions/_adapters/oauth/access-guard');
  records = createOauthRecords(createSealing(randomBytes(32)));
  const storage = createStorage({ ...records, now, loadClient: () => Promise.resolve(null) });
  const unheard = { onFault: () => undefined, onRefused: () => undefined };
  const options = { issuer: ISSUER, pairwiseKey: randomBytes(32), storage, asks: noAsks, ...unheard };
  authenticate = createAuthenticate({
    ...records,
    now,
    issuer: ISSUER,
    problemsOf: ISSUER,
    provider: createCurrentProvider(options, readProviderKeys(keySetOf([makeIssuerKey()])), now),
    loadInstitution: (clientId) =>
      Promise.resolve(
        clientId === CLIENT ? { clientId, partner: partner.id, state: 'active', keys: [], ...noAddresses } : null,
      ),
    loadPartner: (id) => Promise.resolve(id === partner.id ? partner : null),
    onRefused: (error) => void refusals.push(error),
  });
  binding = await freshServerKey();
});
afterAll(() => world.close());

const noAddresses = { redirectUris: [], events: null };

/** A token as the provider keeps one, but for what is given otherwise. */
const keptToken = async (otherwise: Readonly<Record<string, unknown>> = {}): Promise<string> => {
  const id = randomBytes(32).toString('base64url');
  const payload = {
    ...{ iat: seconds(), exp: seconds() + 300, jti: id, kind: 'ClientCredentials', clientId: CLIENT },
    ...{ aud: `${ISSUER}/institution`, jkt: binding.kid, scope: 'verifications', ...otherwise },
  };
  await records.putRecord({ model: 'ClientCredentials', id, payload, expiresAt: now() + 300_000 });
  return id;
};

const ask = async (token: string) => {
  const ath = createHash('sha256').update(token).digest('base64url');
  const headers = { Authorization: `DPoP ${token}`, DPoP: await proofOf('POST', ADDRESS, binding, { ath }) };
  const event = { httpMethod: 'POST', path: new URL(ADDRESS).pathname, headers, body: '{}' };
  return authenticate(readHttpEvent(event), 'verifications');
};

describe('the guard of what institutions ask', () => {
  it('says which partner asks, through which client, for what', async () => {
    const value = { clientId: CLIENT, partner, scopes: new Set(['verifications']) };
    refusals.length = 0;
    expect(await ask(await keptToken())).toEqual({ ok: true, value });
    expect(refusals).toEqual([]);
  });

  it.each<[string, () => Readonly<Record<string, unknown>>]>([
    ['that is over, be it by a second', () => ({ exp: seconds() - 1 })],
    ['for another API', () => ({ aud: 'https://api.example' })],
    ['bound to no key', () => ({ jkt: undefined })],
    ['of a client that is registered no more', () => ({ clientId: 'another-server' })],
    ['of another kind', () => ({ kind: 'AccessToken' })],
  ])('refuses a token %s', async (_what, otherwise) => {
    refusals.length = 0;
    const answer = await ask(await keptToken(otherwise()));
    expect(answer).toMatchObject({ ok: false, reply: { statusCode: 401 } });
    expect(refusals).toEqual(['invalid_token']);
    if (!answer.ok) expect(answer.reply.headers['www-authenticate']).toContain('error="invalid_token"');
  });

  it('tells the two apart: a token for less than is asked is not invalid', async () => {
    const answer = await ask(await keptToken({ scope: 'verifications-of-another-kind' }));
    expect(answer).toMatchObject({ ok: false, reply: { statusCode: 403 } });
  });
});
