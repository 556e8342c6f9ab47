import fc from 'fast-check';
import {
  createCredential,
  publicKeyToJwk,
  statusType,
  type CredentialContent,
  type IssuerTools,
  type JsonObject,
  type JsonValue,
} from '../../../protocol';
import { digestOf, isClaimName } from '../../../protocol/credential/disclosure';
import { libraryOf } from './credential-library';
import { check, claims, content, genuine, genuineParts, holder, jsonPart, resigned } from './credential-support';
import { sha256 } from './support';

describe('the credential', () => {
  it('tells its claims to whoever knows the issuer', () => {
    expect(check(genuine)).toEqual({
      ok: true,
      credential: {
        holderKey: holder.key,
        issuedAt: content.issuedAt,
        expiresAt: content.expiresAt,
        status: content.status,
        claims: { ...claims, tier: 'light' },
        disclosed: Object.keys(claims),
      },
    });
  });

  it('is signed anew by the test as by the product', () => {
    expect(check(resigned({})).ok).toBe(true);
  });

  it('tells only what is disclosed', () => {
    const { disclosures } = genuineParts;
    const text = resigned({ disclosures: disclosures.slice(0, 1) });
    expect(check(text)).toMatchObject({ ok: true, credential: { claims: { name: '林晓梅', tier: 'light' } } });
    expect(check(resigned({ disclosures: [] }))).toMatchObject({ ok: true, credential: { claims: { tier: 'light' } } });
  });

  it('shows in its JWT no claim that can be held back, and digests in an order that says nothing', () => {
    const { payload } = genuineParts;
    expect(Object.keys(payload).sort()).toEqual([
      '_sd',
      '_sd_alg',
      'cnf',
      'exp',
      'iat',
      'iss',
      'status',
      'tier',
      'vct',
    ]);
    const digests = payload['_sd'] as string[];
    expect(digests).toHaveLength(Object.keys(claims).length + 3);
    expect(digests).toEqual([...digests].sort());
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('keeps every claim that JSON can say', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 10 }).filter(isClaimName);
    const json = fc.json({ maxDepth: 3 }).filter((text) => !/"(?:__proto__|_sd|\.\.\.)":/.test(text));
    const value = json.map((text) => JSON.parse(text) as JsonValue);
    const arbitrary = fc.dictionary(name, value, { noNullPrototype: true, maxKeys: 5 });
    fc.assert(
      fc.property(arbitrary, (said) => {
        const text = createCredential({ ...content, claims: said, alwaysDisclosed: {} });
        const expectedClaims = JSON.parse(JSON.stringify(said)) as JsonObject;
        expect(check(text)).toMatchObject({ ok: true, credential: { claims: expectedClaims } });
      }),
      { numRuns: 50 },
    );
  });

  it('digests a disclosure as RFC 9901, section 4.2.3, does', () => {
    expect(digestOf('WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0', sha256)).toBe(
      'X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0',
    );
  });
});

describe('the credential and an independent library', () => {
  let published: number = statusType.valid;
  const library = libraryOf(() => published);
  beforeEach(() => {
    published = statusType.valid;
  });

  it('is verified by it, with the same claims', async () => {
    const { payload, header } = await library.verify(genuine, { currentDate: content.issuedAt + 60 });
    expect(header).toEqual({ alg: 'ES256', typ: 'dc+sd-jwt', kid: 'key-1' });
    expect(payload).toMatchObject({
      ...claims,
      tier: 'light',
      vct: content.vct,
      cnf: { jwk: publicKeyToJwk(holder.key) },
    });
  });

  it.each(Object.entries(statusType).filter(([name]) => name !== 'valid'))(
    'is refused by it where the list says %s',
    async (_, value) => {
      const verify = () => library.verify(genuine, { currentDate: content.issuedAt + 60 });
      await verify();
      published = value;
      await expect(verify()).rejects.toThrow('Status is not valid');
    },
  );

  it('is presented by it, and then verifies here', async () => {
    const presented = await library.present<Record<string, unknown>>(genuine, { birthdate: true });
    expect(check(presented)).toMatchObject({
      ok: true,
      credential: { claims: { birthdate: '1949-12-31', tier: 'light' } },
    });
    expect(JSON.stringify(check(presented))).not.toContain('林晓梅');
  });

  it('is issued by it, and then verifies here', async () => {
    const payload = {
      iss: content.issuer,
      iat: content.issuedAt,
      exp: content.expiresAt,
      vct: content.vct,
      cnf: { jwk: publicKeyToJwk(holder.key) },
      status: { status_list: { idx: 3, uri: content.status.uri } },
      name: '林晓梅',
      sex: 'female',
    };
    const issued = await library.issue(payload, { _sd: ['name'] }, { header: { kid: 'key-1' } });
    expect(check(issued)).toMatchObject({
      ok: true,
      credential: { status: { uri: content.status.uri, index: 3 }, claims: { name: '林晓梅', sex: 'female' } },
    });
  });

  it('tells no changed name there either; here the whole is refused', async () => {
    const [name = ''] = genuineParts.disclosures;
    const forged = genuine.replace(name, jsonPart(['c2FsdHNhbHRzYWx0c2FsdA', 'name', '王小明']));
    const { payload } = await library.verify(forged, { currentDate: content.issuedAt + 60 });
    expect(payload).not.toHaveProperty('name');
    expect(check(forged)).toEqual({ ok: false, fault: 'foreign_disclosure' });
  });
});

describe('what no credential is made of', () => {
  it.each<[string, Partial<CredentialContent & IssuerTools>]>([
    ['a claim named like one of the format', { claims: { exp: 9e9 } }],
    ['a claim named _sd', { alwaysDisclosed: { _sd: [] } }],
    ['a value with digests of its own', { claims: { address: { _sd: [] } } }],
    ['a claim both open and disclosable', { claims: { tier: 'full' } }],
    ['a short salt', { salt: () => new Uint8Array(15) }],
    ['an end before its issue', { expiresAt: content.issuedAt }],
    ['a status in no list', { status: { uri: '', index: 0 } }],
    ['a status before the first entry', { status: { uri: content.status.uri, index: -1 } }],
    ['times in fractions', { issuedAt: 1_795_000_000.5 }],
  ])('%s', (_, change) => {
    expect(() => createCredential({ ...content, ...change })).toThrow(RangeError);
  });
});
