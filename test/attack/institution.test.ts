import { START_TIMEOUT, type EcosystemUnderTest } from '../support/ecosystem/ecosystem-under-test';
import { databaseOf } from '../support/ecosystem/database';
import { assertionOf, freshServerKey, proofOf, seconds, type ServerKey } from '../support/institution/credentials';
import { BANK, RAILWAY, startServers } from '../support/institution/servers';
import { answerOf, askToken, tokenOf, type Answer } from '../support/institution/token-endpoint';

let world: EcosystemUnderTest;
let url: string;
let bankKey: ServerKey;
let railwayKey: ServerKey;
/** The key that tokens are bound to. */
let binding: ServerKey;

beforeAll(async () => {
  ({ world, url, bankKey, railwayKey, binding } = await startServers());
}, START_TIMEOUT);
afterAll(() => world.close());

const tokenAddress = (): string => `${url}/institution/token`;
const selfAddress = (): string => `${url}/institution/self`;

/** Asks for a token. @param proof null for none; a good one where it is absent */
const ask = async (said: string, proof?: string | null, more: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  askToken(tokenAddress(), said, proof === undefined ? await proofOf('POST', tokenAddress(), binding) : proof, more);

const assertion = (otherwise: Readonly<Record<string, unknown>> = {}): Promise<string> =>
  assertionOf(BANK, url, bankKey, otherwise);

const INVALID_CLIENT = { status: 401, error: 'invalid_client' };

describe('a client’s assertion', () => {
  it('is taken once', async () => {
    const once = await assertion();
    expect(await ask(once)).toMatchObject({ status: 200 });
    expect(await ask(once)).toMatchObject(INVALID_CLIENT);
  });

  it('is taken once by instances that have it at the same time', async () => {
    const once = await assertion();
    const proofs = await Promise.all([1, 2, 3, 4].map(() => proofOf('POST', tokenAddress(), binding)));
    const answers = await Promise.all(proofs.map((proof) => ask(once, proof)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status, error } of answers.filter(({ status }) => status !== 200))
      expect([`${status} ${error}`]).toEqual([expect.stringMatching(/^(401 invalid_client|400 invalid_request)$/)]);
  });

  it.each<[string, () => Readonly<Record<string, unknown>>]>([
    ['the token endpoint', () => ({ aud: tokenAddress() })],
    ['another issuer', () => ({ aud: 'https://issuer.example' })],
    ['the issuer among others', () => ({ aud: [url, 'https://issuer.example'] })],
    ['nobody', () => ({ aud: undefined })],
  ])('is refused for %s', async (_whom, claims) => {
    expect(await ask(await assertion(claims()))).toMatchObject(INVALID_CLIENT);
  });

  it.each<[string, number]>([
    ['five minutes slow', -300],
    ['five minutes fast', 300],
    ['a minute fast', 60],
    ['two minutes slow', -120],
  ])('is refused of a clock that is %s', async (_how, skew) => {
    const claims = { iat: seconds() + skew, exp: seconds() + skew + 60 };
    expect(await ask(await assertion(claims))).toMatchObject(INVALID_CLIENT);
  });

  it.each<[string, number]>([
    ['twenty seconds fast', 20],
    ['twenty seconds slow', -20],
  ])('is taken of a clock that is %s', async (_how, skew) => {
    const claims = { iat: seconds() + skew, nbf: seconds() + skew, exp: seconds() + skew + 60 };
    expect(await ask(await assertion(claims))).toMatchObject({ status: 200 });
  });

  it.each<[string, () => Readonly<Record<string, unknown>>]>([
    ['not before later', () => ({ nbf: seconds() + 60 })],
    ['good for an hour', () => ({ exp: seconds() + 3600 })],
    ['without an end', () => ({ exp: undefined })],
    ['without a name', () => ({ jti: undefined })],
    ['that says not when it was signed', () => ({ iat: undefined })],
    ['issued by another', () => ({ iss: RAILWAY })],
    ['of an unknown client', () => ({ iss: 'nobody', sub: 'nobody' })],
  ])('is refused %s', async (_how, claims) => {
    expect(await ask(await assertion(claims()))).toMatchObject(INVALID_CLIENT);
  });

  it('says nothing of whether the client is known', async () => {
    const unknown = await ask(await assertionOf('nobody', url, bankKey));
    const known = await ask(await assertionOf(BANK, url, await freshServerKey()));
    expect(unknown.body).toBe(known.body);
    expect(known).toMatchObject(INVALID_CLIENT);
  });

  it('is refused by another client’s key, and for another client’s name', async () => {
    expect(await ask(await assertionOf(BANK, url, railwayKey))).toMatchObject(INVALID_CLIENT);
    expect(await ask(await assertion({ sub: RAILWAY }))).toMatchObject(INVALID_CLIENT);
    const mixed = await ask(await assertion(), undefined, { client_id: RAILWAY });
    expect(mixed).toMatchObject({ status: 400, error: 'invalid_request' });
  });

  it('is the only way to say who asks', async () => {
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: BANK });
    const dpop = await proofOf('POST', tokenAddress(), binding);
    const basic = { authorization: `Basic ${Buffer.from(`${BANK}:secret`).toString('base64')}` };
    for (const headers of [{ dpop }, { dpop, ...basic }])
      expect(await answerOf(await fetch(tokenAddress(), { method: 'POST', body, headers }))).toMatchObject(
        INVALID_CLIENT,
      );
  });
});

describe('a client’s keys', () => {
  const keep = (keys: readonly ServerKey[]) =>
    databaseOf(world.cloud)
      .collection('institutions')
      .doc(RAILWAY)
      .update({ keys: keys.map(({ publicJwk, kid }) => ({ ...publicJwk, kid })) });
  const statusBy = async (key: ServerKey) => (await ask(await assertionOf(RAILWAY, url, key))).status;

  it('change without a pause: both work, then the new one alone', async () => {
    const next = await freshServerKey();
    expect([await statusBy(railwayKey), await statusBy(next)]).toEqual([200, 401]);
    await keep([railwayKey, next]);
    expect([await statusBy(railwayKey), await statusBy(next)]).toEqual([200, 200]);
    await keep([next]);
    expect([await statusBy(railwayKey), await statusBy(next)]).toEqual([401, 200]);
    await keep([railwayKey]);
  });
});

describe('a token', () => {
  it('is given with a proof of possession alone', async () => {
    expect(await ask(await assertion(), null)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  it.each<[string, () => Promise<string>]>([
    ['for another address', () => proofOf('POST', selfAddress(), binding)],
    ['for another host', () => proofOf('POST', 'https://issuer.example/institution/token', binding)],
    ['for another method', () => proofOf('GET', tokenAddress(), binding)],
    ['of ten minutes ago', () => proofOf('POST', tokenAddress(), binding, { iat: seconds() - 600 })],
    ['of the future', () => proofOf('POST', tokenAddress(), binding, { iat: seconds() + 600 })],
    [
      'signed by another key',
      async () => proofOf('POST', tokenAddress(), { ...bankKey, publicJwk: binding.publicJwk }),
    ],
    ['that is no proof', () => Promise.resolve('not.a.jwt')],
  ])('is not given with one %s', async (_how, proof) => {
    expect(await ask(await assertion(), await proof())).toMatchObject({
      status: 400,
      error: 'invalid_dpop_proof',
    });
  });

  it('is not given with one that was used', async () => {
    const proof = await proofOf('POST', tokenAddress(), binding);
    expect(await ask(await assertion(), proof)).toMatchObject({ status: 200 });
    expect(await ask(await assertion(), proof)).toMatchObject({ status: 400 });
  });

  it('is for no other API', async () => {
    const asked = ask(await assertion(), undefined, { resource: 'https://api.example/' });
    expect(await asked).toMatchObject({ status: 400, error: 'invalid_target' });
  });

  it('lies in the database neither in clear nor with whose it is', async () => {
    const token = await tokenOf(tokenAddress(), await assertion(), binding);
    const { data } = (await databaseOf(world.cloud).collection('oauth_records').limit(1000).get()) as {
      data: unknown[];
    };
    expect(data.length).toBeGreaterThan(0);
    expect(JSON.stringify(data)).not.toContain(token);
    expect(JSON.stringify(data)).not.toContain(BANK);
  });
});
