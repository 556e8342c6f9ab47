import { createHash, createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc';
import { decode, encode, Tag } from 'cbor2';
import { loadSecrets } from '../../local/ecosystem/secrets';
import { publicKeyToJwk, purposeIds } from '../../protocol';
import { decodeBase45 } from '../support/ecosystem/base45';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { enrol, type EnrolledHolder } from '../support/ecosystem/enrolment';
import { person, picturesOf } from '../support/ecosystem/pictures';
import { openShowing } from '../support/ecosystem/showing';

const PERSON = person('lin-zhiyuan');
const dsaEncoding = 'ieee-p1363';

let world: EcosystemUnderTest;
let holder: EnrolledHolder;

beforeAll(async () => {
  world = await startEcosystemUnderTest();
  holder = await enrol(world.client('oHolderOfThePublished'), picturesOf(PERSON.id));
}, START_TIMEOUT);
afterAll(() => world.close());

const get = (path: string, method = 'GET'): Promise<Response> => fetch(world.cloud.url + path, { method });
const read = async <Content>(path: string): Promise<Content> => (await get(path)).json() as Promise<Content>;

type PublishedKey = JsonWebKey & { readonly kid: string };
interface IssuerMetadata {
  readonly issuer: string;
  readonly jwks: { readonly keys: readonly PublishedKey[] };
}

const PATHS = [
  '/.well-known/jwt-vc-issuer',
  '/.well-known/jwks.json',
  '/public/credential-types',
  '/public/purposes',
  '/public/problems/',
  '/public/problems/code_already_used',
  '/public/openapi.json',
] as const;

describe('what anyone may read', () => {
  it.each(PATHS)('%s is JSON, for GET and HEAD alone', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect((await get(path, 'HEAD')).status).toBe(200);
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const refused = await get(path, method);
      expect(refused.status).toBe(405);
      expect(refused.headers.get('allow')).toBe('GET, HEAD');
    }
  });

  it.each([
    '/public',
    '/public/',
    '/public/nothing',
    '/.well-known/nothing',
    '/public/purposes/',
    '/public/problems',
    '/public/problems/kill_code_unknown',
    '/public/openapi.json/',
    '/public/__proto__',
    '/nowhere',
    '/',
  ])('%s is not found', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  it('names every purpose with its row', async () => {
    const purposes = await read<{ id: string; names: object; claims: string[] }[]>('/public/purposes');
    expect(purposes.map(({ id }) => id)).toEqual([...purposeIds]);
    expect(purposes[0]).toMatchObject({ tier: 'light', claims: ['age_over_18'] });
  });

  it('explains each kind of problem at the address that is its type', async () => {
    const problem = await read<{ type: string; status: number }>('/public/problems/code_already_used');
    expect(problem).toMatchObject({ type: `${world.cloud.url}/public/problems/code_already_used`, status: 409 });
  });

  it('explains it to people who look, in their language', async () => {
    const look = (path: string, language: string) =>
      fetch(world.cloud.url + path, { headers: { accept: 'text/html', 'accept-language': language } });
    for (const path of ['/public/problems/', '/public/problems/code_already_used']) {
      const [chinese, english] = [await look(path, 'zh-CN'), await look(path, 'en')];
      expect([chinese.status, english.status]).toEqual([200, 200]);
      expect(english.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(english.headers.get('vary')).toBe('accept, accept-language');
      expect(await chinese.text()).toContain('<html lang="zh-CN">');
      expect(await english.text()).toContain('code_already_used');
    }
    expect((await look('/public/problems/nothing', 'en')).status).toBe(404);
  });

  it('describes the API of institutions, at the address where it is', async () => {
    const response = await get('/public/openapi.json');
    expect(response.headers.get('cache-control')).toBe('public, max-age=300');
    const described = (await response.json()) as { servers: object[]; paths: Record<string, object> };
    expect(described.servers).toEqual([{ url: world.cloud.url }]);
    for (const path of Object.keys(described.paths).filter((one) => !one.includes('{'))) {
      const { status } = await get(path, 'PATCH');
      // API and keys know the path and not the method; to the provider both are nothing that it has.
      expect([path, [404, 405].includes(status)]).toEqual([path, true]);
    }
  });

  it('names the issuer by the address that it is found at', async () => {
    const { issuer, jwks } = await read<IssuerMetadata>('/.well-known/jwt-vc-issuer');
    expect(issuer).toBe(world.cloud.url);
    expect(await read('/.well-known/jwks.json')).toEqual(jwks);
    expect(jwks.keys).toHaveLength(1);
  });

  it('holds no private part of any key, in no document', async () => {
    const secrets = loadSecrets(world.dataDir);
    const privateParts = secrets.issuerKeys.map(({ d }) => d);
    for (const d of privateParts) expect(d).toHaveLength(43);
    for (const path of PATHS) {
      const text = await (await get(path)).text();
      for (const secret of [...privateParts, secrets.dataKey, secrets.indexKey, secrets.proofingKey])
        expect(text).not.toContain(secret);
      expect(text).not.toMatch(/"(d|p|q|dp|dq|qi|k)":/);
    }
  });
});

describe('the credential', () => {
  const instanceFor = (key: JsonWebKey): SDJwtVcInstance => {
    const publicKey = createPublicKey({ key, format: 'jwk' });
    return new SDJwtVcInstance({
      hasher: (data) =>
        createHash('sha256')
          .update(typeof data === 'string' ? data : new Uint8Array(data))
          .digest(),
      hashAlg: 'sha-256',
      verifier: (data, signature) =>
        verify('sha256', Buffer.from(data), { key: publicKey, dsaEncoding }, Buffer.from(signature, 'base64url')),
    });
  };
  const publishedKey = async (): Promise<PublishedKey> => {
    const { kid } = JSON.parse(Buffer.from(holder.credential.split('.')[0] ?? '', 'base64url').toString()) as {
      kid: string;
    };
    const found = (await read<IssuerMetadata>('/.well-known/jwt-vc-issuer')).jwks.keys.find((key) => key.kid === kid);
    if (!found) throw new Error('the credential names no published key');
    return found;
  };

  it('verifies with an independent library and the published key, and says who the person is', async () => {
    const instance = instanceFor(await publishedKey());
    const { payload, header } = await instance.verify(holder.credential);
    expect(header).toMatchObject({ typ: 'dc+sd-jwt', alg: 'ES256' });
    expect(payload).toMatchObject({ iss: world.cloud.url, vct: 'urn:wechat-id:identity-card:1', tier: 'light' });
    expect(await instance.getClaims(holder.credential)).toMatchObject({
      name: PERSON.name,
      personal_administrative_number: PERSON.idNumber,
      birthdate: PERSON.birthDate,
      address: PERSON.address,
      sex: PERSON.sex,
      ethnicity: PERSON.ethnicity,
      document_issuing_authority: PERSON.issuingAuthority,
      document_issued_on: PERSON.validFrom,
      document_expires_on: PERSON.validTo,
    });
  });

  const signedPart = (): { readonly cnf: { readonly jwk: JsonWebKey }; readonly exp: number } =>
    JSON.parse(Buffer.from(holder.credential.split('.')[1] ?? '', 'base64url').toString()) as ReturnType<
      typeof signedPart
    >;

  it('says nothing of the person but by its disclosures', () => {
    const text = JSON.stringify(signedPart());
    for (const value of [
      PERSON.name,
      PERSON.idNumber,
      PERSON.birthDate,
      PERSON.address,
      PERSON.sex,
      PERSON.validFrom,
    ]) {
      expect(text).not.toContain(value);
    }
  });

  it('is bound to the key that the phone proved, and ends with the card', () => {
    const payload = signedPart();
    const { x, y } = publicKeyToJwk(holder.key.publicKey);
    expect(payload.cnf.jwk).toMatchObject({ kty: 'EC', crv: 'P-256', x, y });
    expect(payload.exp * 1000).toBe(Date.parse(`${holder.card.validTo}T24:00:00+08:00`));
  });

  it('does not verify once anything of it is changed, nor with another key', async () => {
    const key = await publishedKey();
    const instance = instanceFor(key);
    const [jwt = '', ...disclosures] = holder.credential.split('~');
    const [head = '', body = '', signature = ''] = jwt.split('.');
    const otherBody = Buffer.from(Buffer.from(body, 'base64url').toString().replace('"light"', '"full"')).toString(
      'base64url',
    );
    expect(otherBody).not.toBe(body);
    const invented = Buffer.from(JSON.stringify(['c2FsdHNhbHRzYWx0c2E', 'name', '李四'])).toString('base64url');
    const flipped = Buffer.from(signature, 'base64url');
    flipped.writeUInt8((flipped[5] ?? 0) ^ 1, 5);
    for (const changed of [
      [`${head}.${otherBody}.${signature}`, ...disclosures],
      [`${head}.${body}.${flipped.toString('base64url')}`, ...disclosures],
    ]) {
      await expect(instance.verify(changed.join('~'))).rejects.toThrow();
    }
    // A disclosure that the issuer did not sign for is no claim.
    const claims = instance.getClaims([jwt, invented, ...disclosures].join('~'));
    expect(await claims.catch(() => ({ name: PERSON.name }))).toMatchObject({ name: PERSON.name });
    const { x, y } = publicKeyToJwk(holder.key.publicKey);
    await expect(instanceFor({ ...key, x, y }).verify(holder.credential)).rejects.toThrow();
  });
});

describe('the code', () => {
  it('is a CWT that an independent CBOR reader and OpenSSL verify', async () => {
    const { handle, key, code } = await openShowing(holder.client, holder.key);
    const sign1 = decode<Tag>(decodeBase45(code()), { preferMap: true });
    expect(sign1).toBeInstanceOf(Tag);
    expect(Number(sign1.tag)).toBe(18);
    const [header, unprotected, payload, signature] = sign1.contents as [
      Uint8Array,
      Map<number, unknown>,
      Uint8Array,
      Uint8Array,
    ];
    expect(Buffer.from(header).toString('hex')).toBe('a10126');
    expect(unprotected).toEqual(new Map());
    const claims = decode<Map<number, unknown>>(payload);
    expect([...claims.keys()]).toEqual([6, 7]);
    expect(Math.abs(Number(claims.get(6)) - Date.now() / 1000)).toBeLessThan(30);
    expect(Buffer.from(claims.get(7) as Uint8Array).toString('base64url')).toBe(handle);

    const external = Uint8Array.from(Buffer.from('wechat-id/code'));
    const signed = encode(['Signature1', header, external, payload]);
    const publicKey = createPublicKey({ key: { ...publicKeyToJwk(key.publicKey) }, format: 'jwk' });
    expect(verify('sha256', signed, { key: publicKey, dsaEncoding }, signature)).toBe(true);
    const other = encode(['Signature1', header, Uint8Array.of(), payload]);
    expect(verify('sha256', other, { key: publicKey, dsaEncoding }, signature)).toBe(false);
  });
});
