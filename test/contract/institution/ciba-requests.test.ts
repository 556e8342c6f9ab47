import { ClaimsRequest, ToldClaims } from '../../../protocol';
import type { TakeTurn } from '../../../cloudfunctions/_core/rate-limit';
import { askBy, faultOf } from '../../support/institution/asking';
import { assertionOf, type ServerKey } from '../../support/institution/credentials';
import { createProviderWorld, ISSUER, type ProviderWorld, type Server } from '../../support/institution/provider-world';

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
});

const ask = (more: Readonly<Record<string, string>> = {}) => askBy(world.bank, more);

describe('a request of CIBA', () => {
  it('asks for what the parameters say, by the names of OpenID Connect', async () => {
    const verification = { trust_framework: null };
    const claims = { gender: null, name: { essential: true }, address: null };
    await ask({
      claims: JSON.stringify({ id_token: { verified_claims: { verification, claims }, acr: null } }),
      acr_values: 'urn:of:others full light',
      presentation_nonce: 'n'.repeat(16),
      requested_expiry: '60',
    });
    expect(world.asks.last().order).toMatchObject({
      claims: ['name', 'sex', 'address'],
      tier: 'full',
      presentationNonce: 'n'.repeat(16),
      lifeMs: 60_000,
    });
    await ask({ acr_values: 'urn:wechat-id:tier:light' });
    expect(world.asks.last().order).toMatchObject({ tier: 'light' });
    const level = { trust_framework: { value: 'cn_resident_identity_card' }, assurance_level: { value: 'full' } };
    const wanted = { id_token: { verified_claims: { verification: level, claims: { number: null } } } };
    await ask({ claims: JSON.stringify(wanted), acr_values: 'light' });
    expect(world.asks.last().order).toMatchObject({ claims: ['number'], tier: 'full' });
    await ask({ acr_values: 'urn:of:others' });
    expect(world.asks.last().order).not.toHaveProperty('tier');
  });

  const verified = (content: object): string => JSON.stringify({ id_token: { verified_claims: content } });
  const framework = { trust_framework: null };
  it.each<[string, Readonly<Record<string, string>>, string, RegExp]>([
    ['no purpose', { purpose: '' }, 'invalid_request', /^send purpose, one of: age-check/],
    ['another purpose', { purpose: 'curiosity' }, 'invalid_request', /^send purpose/],
    ['a name for the holder', { login_hint: 'lin' }, 'invalid_request', /^send login_hint/],
    ['ten digits', { login_hint: '1234567890' }, 'invalid_request', /^send login_hint/],
    ['an ID token of before', { id_token_hint: 'a.b.c' }, 'invalid_request', /^leave id_token_hint out/],
    ['a hint that is a token', { login_hint_token: 'a.b.c' }, 'invalid_request', /^leave login_hint_token out/],
    ['words that cannot be shown', { binding_message: 'a\u202eb' }, 'invalid_binding_message', /at most 40/],
    ['too many words', { binding_message: 'x'.repeat(41) }, 'invalid_binding_message', /at most 40/],
    ['a short nonce', { presentation_nonce: 'n'.repeat(15) }, 'invalid_request', /^presentation_nonce has 16/],
    [
      'six minutes',
      { requested_expiry: '360' },
      'invalid_request',
      /^requested_expiry is a whole number from 1 to 300/,
    ],
    ['less than no time', { requested_expiry: '-1' }, 'invalid_request', /requested_expiry/],
    ['claims that are none', { claims: '{' }, 'invalid_request', /claims/],
    ['claims for elsewhere', { claims: '{"userinfo":{"name":null}}' }, 'invalid_request', /^claims/],
    ['unverified claims', { claims: '{"id_token":{"name":null}}' }, 'invalid_request', /^claims asks at '\/id_token'/],
    ['no claim at all', { claims: verified({ verification: framework, claims: {} }) }, 'invalid_request', /names none/],
    [
      'a claim that there is not',
      { claims: verified({ verification: framework, claims: { shoe_size: null } }) },
      'invalid_request',
      /\/id_token\/verified_claims\/claims/,
    ],
    [
      'a claim by our own name',
      { claims: verified({ verification: framework, claims: { sex: null } }) },
      'invalid_request',
      /\/id_token\/verified_claims\/claims/,
    ],
    [
      'a name that is known already',
      { claims: verified({ verification: framework, claims: { name: { value: '林晓梅' } } }) },
      'invalid_request',
      /\/claims\/name/,
    ],
    [
      'another framework',
      { claims: verified({ verification: { trust_framework: { value: 'de_aml' } }, claims: { name: null } }) },
      'invalid_request',
      /trust_framework/,
    ],
    [
      'the rules of test persons',
      {
        claims: verified({
          verification: { trust_framework: { value: 'cn_resident_identity_card_sandbox' } },
          claims: { name: null },
        }),
      },
      'invalid_request',
      /trust_framework/,
    ],
    ['another API', { resource: 'https://api.example/' }, 'invalid_target', /./],
    ['a token for our API', { resource: `${ISSUER}/institution` }, 'invalid_target', /./],
  ])('is refused for %s, with what to do', async (_what, more, error, text) => {
    const fault = await faultOf(ask(more));
    expect(fault).toMatchObject({ status: 400, error });
    expect(fault.text).toMatch(text);
    expect(fault.text).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
    expect(world.asks.opened).toEqual([]);
  });

  it.each(['purpose_not_registered', 'claims_not_granted', 'quota_used'] as const)(
    'is denied as %s, the code first',
    async (code) => {
      world.asks.refuseWith(code);
      const fault = await faultOf(ask());
      expect(fault).toMatchObject({ status: 400, error: 'access_denied' });
      expect(fault.text).toMatch(new RegExp(`^${code}: `));
    },
  );

  it('waits where too much is asked at once', async () => {
    world.asks.refuseWith('too_many_requests');
    expect(await faultOf(ask())).toMatchObject({ status: 429, error: 'slow_down' });
  });
});

describe('how often a server may call', () => {
  const refuseAll: TakeTurn = ({ name }, subject) =>
    Promise.resolve(name !== 'client calls' || !(subject.kind === 'client' && subject.client === 'bank-server'));
  const form = (parameters: Readonly<Record<string, string>>): RequestInit => ({
    method: 'POST',
    body: new URLSearchParams(parameters),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const assertedBy = async (clientId: string, key: ServerKey) => ({
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await assertionOf(clientId, ISSUER, key),
  });

  it.each(['token', 'backchannel', 'par', 'introspect'])(
    'is answered at %s with how long to wait',
    async (endpoint) => {
      world = await createProviderWorld({ takeTurn: refuseAll });
      const send = async ({ clientId, key }: Server) =>
        world.fetch(`/institution/${endpoint}`, form(await assertedBy(clientId, key)));
      const refused = await send(world.bank);
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
      expect(await refused.json()).toMatchObject({
        error: 'slow_down',
        error_description: expect.stringMatching(/^too_many_requests: /) as unknown,
      });
      expect((await send(world.bankApp)).status).toBe(400);
    },
  );

  it('is not counted by what somebody else has signed in its name', async () => {
    const send = async ({ key }: Server) =>
      world.fetch('/institution/token', form(await assertedBy('bank-server', key)));
    const before = world.turns.length;
    expect((await send(world.railway)).status).toBe(401);
    expect(world.turns).toHaveLength(before);
    await send(world.bank);
    expect(world.turns.slice(before)).toEqual([
      expect.objectContaining({ name: 'client calls', subject: { kind: 'client', client: 'bank-server' } }),
    ]);
  });
});

describe('what the metadata says', () => {
  it('is what can be asked, and how', async () => {
    const metadata = (await (await world.fetch('/.well-known/openid-configuration')).json()) as object;
    expect(metadata).toMatchObject({
      acr_values_supported: ['urn:wechat-id:tier:light', 'urn:wechat-id:tier:full'],
      backchannel_authentication_endpoint: `${ISSUER}/institution/backchannel`,
      backchannel_token_delivery_modes_supported: ['poll'],
      backchannel_user_code_parameter_supported: false,
      claims_parameter_supported: true,
      grant_types_supported: ['authorization_code', 'client_credentials', 'urn:openid:params:grant-type:ciba'],
      response_modes_supported: ['query'],
      response_types_supported: ['code'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['ES256'],
      verified_claims_supported: true,
      trust_frameworks_supported: ['cn_resident_identity_card'],
      evidence_supported: ['document'],
      documents_supported: ['idcard'],
      documents_check_methods_supported: ['data', 'vri', 'vpip', 'pvp'],
    });
    const { claims_in_verified_claims_supported: claims } = metadata as Record<string, unknown>;
    expect(claims).toEqual(expect.arrayContaining(Object.keys(ToldClaims.properties)));
    expect(claims).toHaveLength(Object.keys(ToldClaims.properties).length);
    const asked = ClaimsRequest.properties.id_token.properties.verified_claims.properties.claims.properties;
    expect(Object.keys(asked).sort()).toEqual(Object.keys(ToldClaims.properties).sort());
  });
});
