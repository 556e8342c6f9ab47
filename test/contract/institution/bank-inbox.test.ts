import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, SignJWT, type JWK } from 'jose';
import { startBank, type PartnerServer } from '../../../local/partners/bank';
import { freshKeys } from '../../support/fresh-key';
import { startReceiver, type Receiver } from '../../support/receiver';

const BANK = 'bank-of-the-test';
const KID = 'provider-1';

type Keys = ReturnType<typeof freshKeys>;

const folder = mkdtempSync(join(tmpdir(), 'bank-inbox-'));
let keys: Keys;
let published: JWK;
let provider: Receiver;
let bank: PartnerServer;
let issuer: string;
/** What is answered to who asks for the provider's keys. */
let answerKeys: (response: ServerResponse) => void;

const json = (response: ServerResponse, value: unknown): void => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
};

beforeAll(async () => {
  keys = freshKeys();
  published = { ...(await exportJWK(keys.publicKey)), kid: KID, alg: 'ES256', use: 'sig' };
  provider = await startReceiver('http', (request, response) => {
    if (request.url === '/keys') answerKeys(response);
    else json(response, { issuer, jwks_uri: `${issuer}/keys` });
  });
  issuer = `http://127.0.0.1:${provider.port}`;
  const own = await exportJWK(freshKeys().privateKey);
  const keyFile = join(folder, 'key.json');
  writeFileSync(keyFile, JSON.stringify({ ...own, kid: 'bank-1' }));
  bank = await startBank({ issuer, clientId: BANK, keyFile, port: 0 });
});
afterAll(async () => {
  await bank.close();
  await provider.close();
  rmSync(folder, { recursive: true });
});

const tokenOf = (claims: Readonly<Record<string, unknown>> = {}, key = keys.privateKey): Promise<string> =>
  new SignJWT({
    ...{ iss: issuer, aud: BANK, iat: Math.floor(Date.now() / 1000), jti: 'a'.repeat(32) },
    sub_id: { format: 'iss_sub', iss: issuer, sub: 'nobody' },
    events: { [`${issuer}/public/events/consent-withdrawn`]: { card_reference: 'none' } },
    ...claims,
  })
    .setProtectedHeader({ alg: 'ES256', typ: 'secevent+jwt', kid: KID })
    .sign(key);

const hand = async (token: string): Promise<readonly [number, string]> => {
  const headers = { 'content-type': 'application/secevent+jwt' };
  const reply = await fetch(`${bank.url}/events`, { method: 'POST', body: token, headers });
  return [reply.status, await reply.text()];
};

describe('the inbox of the sample bank', () => {
  it.each<[string, (response: ServerResponse) => void]>([
    ['are not there', (response) => response.writeHead(503).end()],
    ['are somewhere else', (response) => response.writeHead(302, { location: '/elsewhere' }).end()],
    ['are no JSON', (response) => response.writeHead(200).end('<html></html>')],
    ['are no keys', (response) => json(response, { maintenance: true })],
    ['are cut off', (response) => response.destroy()],
  ])('asks for a token again where the provider’s keys %s', async (_, answer) => {
    answerKeys = answer;
    expect(await hand(await tokenOf())).toEqual([503, '']);
  });

  it('refuses for good what is the token’s own fault, and takes what it could not verify before', async () => {
    answerKeys = (response) => json(response, { keys: [published] });
    const old = Math.floor(Date.now() / 1000) - 5 * 24 * 60 * 60;
    const { privateKey: stranger } = freshKeys();
    const refused: readonly (readonly [string, string])[] = [
      [await tokenOf({ iss: 'https://another.example.cn' }), 'invalid_issuer'],
      [await tokenOf({ aud: 'another-bank' }), 'invalid_audience'],
      [await tokenOf({ iat: old }), 'invalid_request'],
      [await tokenOf({ events: {} }), 'invalid_request'],
      [await tokenOf({}, stranger), 'invalid_key'],
      ['nonsense', 'invalid_request'],
    ];
    for (const [token, err] of refused) expect(await hand(token)).toEqual([400, JSON.stringify({ err })]);
    expect(await hand(await tokenOf())).toEqual([202, '']);
  });
});
