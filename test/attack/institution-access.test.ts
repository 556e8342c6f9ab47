import { databaseOf } from '../support/ecosystem/database';
import { START_TIMEOUT, type EcosystemUnderTest } from '../support/ecosystem/ecosystem-under-test';
import { assertionOf, freshServerKey, proofOf, seconds, type ServerKey } from '../support/institution/credentials';
import { BANK, startServers } from '../support/institution/servers';
import { answerOf, askToken, tokenOf, type Answer } from '../support/institution/token-endpoint';
import { createHash } from 'node:crypto';

let world: EcosystemUnderTest;
let url: string;
let bankKey: ServerKey;
/** The key that tokens are bound to. */
let binding: ServerKey;

beforeAll(async () => {
  ({ world, url, bankKey, binding } = await startServers());
}, START_TIMEOUT);
afterAll(() => world.close());

const tokenAddress = (): string => `${url}/institution/token`;
const selfAddress = (): string => `${url}/institution/self`;
const athOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

const assertion = (): Promise<string> => assertionOf(BANK, url, bankKey);
const freshToken = async (more: Readonly<Record<string, string>> = {}): Promise<string> =>
  tokenOf(tokenAddress(), await assertion(), binding, more);

/** Asks who it is. */
const ask = async (headers: Readonly<Record<string, string>>): Promise<Answer> =>
  answerOf(await fetch(selfAddress(), { headers }));

interface Proof {
  readonly htm: string;
  readonly htu: string;
  readonly key: ServerKey;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** A good proof, but for what is given otherwise. */
const proofFor = (token: string, { htm, htu, key, claims }: Partial<Proof> = {}): Promise<string> =>
  proofOf(htm ?? 'GET', htu ?? selfAddress(), key ?? binding, { ath: athOf(token), ...claims });

const askWith = async (token: string, proof: string): Promise<Answer> =>
  ask({ authorization: `DPoP ${token}`, dpop: proof });

const INVALID_TOKEN = { status: 401, error: 'token_invalid' };
const INVALID_PROOF = { status: 401, error: 'proof_invalid' };

describe('whoever asks with a token', () => {
  it('is who it says, for a token and a proof that hold', async () => {
    const token = await freshToken();
    expect(await askWith(token, await proofFor(token))).toMatchObject({ status: 200 });
    // RFC 9449, section 4.3: query and fragment are left out of the comparison.
    const longer = { htu: `${selfAddress()}?of=one#part` };
    expect(await askWith(token, await proofFor(token, longer))).toMatchObject({ status: 200 });
  });

  it('hears how to authenticate and no error, with no token of the scheme', async () => {
    const token = await freshToken();
    const dpop = await proofFor(token);
    for (const headers of [{}, { dpop }, { authorization: `Bearer ${token}`, dpop }, { authorization: 'DPoP', dpop }]) {
      const { status, error, challenge } = await ask(headers);
      expect({ status, error, challenge }).toEqual({
        ...{ status: 401, error: 'caller_unknown', challenge: 'DPoP algs="ES256"' },
      });
    }
  });

  it('is refused with a token of nobody’s', async () => {
    const { challenge, ...refused } = await askWith('x'.repeat(43), await proofFor('x'.repeat(43)));
    expect(refused).toMatchObject(INVALID_TOKEN);
    expect(challenge).toMatch(/^DPoP algs="ES256", error="invalid_token"/);
  });

  it.each<[string, () => Partial<Proof>]>([
    ['for another method', () => ({ htm: 'POST' })],
    ['for another address', () => ({ htu: tokenAddress() })],
    ['for another host', () => ({ htu: 'https://issuer.example/institution/self' })],
    ['for another token', () => ({ claims: { ath: athOf('another') } })],
    ['for no token', () => ({ claims: { ath: undefined } })],
    ['of five minutes ago', () => ({ claims: { iat: seconds() - 300 } })],
    ['of five minutes ahead', () => ({ claims: { iat: seconds() + 300 } })],
    ['of no time', () => ({ claims: { iat: undefined } })],
    ['without a name', () => ({ claims: { jti: undefined } })],
    ['that another key signed', () => ({ key: { ...bankKey, publicJwk: binding.publicJwk } })],
  ])('is refused with a proof %s', async (_how, otherwise) => {
    const token = await freshToken();
    const { challenge, ...refused } = await askWith(token, await proofFor(token, otherwise()));
    expect(refused).toMatchObject(INVALID_PROOF);
    expect(challenge).toContain('error="invalid_dpop_proof"');
    // The token has not suffered.
    expect(await askWith(token, await proofFor(token))).toMatchObject({ status: 200 });
  });

  it('is refused without a proof, and with what is none', async () => {
    const token = await freshToken();
    expect(await ask({ authorization: `DPoP ${token}` })).toMatchObject(INVALID_PROOF);
    expect(await askWith(token, 'no proof')).toMatchObject(INVALID_PROOF);
    const assertionAsProof = await assertion();
    expect(await askWith(token, assertionAsProof)).toMatchObject(INVALID_PROOF);
  });

  it('is refused with another key than the token’s', async () => {
    const token = await freshToken();
    const stolen = await proofFor(token, { key: await freshServerKey() });
    expect(await askWith(token, stolen)).toMatchObject(INVALID_TOKEN);
  });

  it('uses a proof once, also at the same time', async () => {
    const token = await freshToken();
    const proof = await proofFor(token);
    const answers = await Promise.all([1, 2, 3, 4].map(() => askWith(token, proof)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401]);
  });

  it('is refused with a token that is for nothing of the kind', async () => {
    const token = await freshToken({ scope: '' });
    const { challenge, ...refused } = await askWith(token, await proofFor(token));
    expect(refused).toMatchObject({ status: 403, error: 'scope_insufficient' });
    expect(challenge).toContain('scope="verifications"');
  });
});

describe('who may ask no longer', () => {
  const change = (collection: string, id: string, fields: object) =>
    databaseOf(world.cloud).collection(collection).doc(id).update(fields);

  it.each([
    ['a partner that is suspended', 'partners', 'sample-bank', 'suspended'],
    ['a server that is registered no more', 'institutions', BANK, 'ended'],
  ])('%s is refused at once, with the token that it has and with a new assertion', async (_who, where, id, state) => {
    const token = await freshToken();
    await change(where, id, { state });
    expect(await askWith(token, await proofFor(token))).toMatchObject(INVALID_TOKEN);
    const again = askToken(tokenAddress(), await assertion(), await proofOf('POST', tokenAddress(), binding));
    expect(await again).toMatchObject({ status: 401, error: 'invalid_client' });
    await change(where, id, { state: 'active' });
    expect(await askWith(token, await proofFor(token))).toMatchObject({ status: 200 });
  });
});
