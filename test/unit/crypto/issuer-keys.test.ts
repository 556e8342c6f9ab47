import { readIssuerKeys, readPublicIssuerKeys } from '../../../cloudfunctions/_adapters/crypto/issuer-keys';
import { verifySignature } from '../../../cloudfunctions/_adapters/crypto/es256';
import { instant } from '../../../protocol';
import { newKeyPair } from '../../support/key-pair';

const [a, b, c] = ['a', 'b', 'c'].map((kid) => ({ kid, ...newKeyPair(kid) })) as [Pair, Pair, Pair];
type Pair = ReturnType<typeof newKeyPair> & { readonly kid: string };

const entry = ({ jwk }: Pair, change: object = {}): Record<string, unknown> => ({
  ...(JSON.parse(jwk) as object),
  state: 'active',
  nbf: 1000,
  exp: 2000,
  ...change,
});
const set = (...keys: readonly unknown[]): string => JSON.stringify({ keys });
const publicPart = (of: Pair, change: object = {}) => {
  const { d: _private, ...rest } = entry(of, change);
  return rest;
};
const at = (seconds: number) => instant(seconds * 1000);
const message = new Uint8Array(5);

describe('the issuer’s keys', () => {
  it('sign with the newest active one, and say until when it holds', () => {
    const keys = readIssuerKeys(set(entry(a), entry(b, { nbf: 1500, exp: 3000 }), entry(c, { state: 'retiring' })));
    expect(keys.signing(at(1499)).kid).toBe('a');
    const signing = keys.signing(at(1500));
    expect(signing).toMatchObject({ kid: 'b', notAfter: 3_000_000 });
    expect(verifySignature(b.publicKey, message, signing.sign(message))).toBe(true);
    expect([...keys.trusted(at(1500)).keys()]).toEqual(['a', 'b', 'c']);
    expect([...keys.trusted(at(2000)).keys()]).toEqual(['b']);
  });

  it('sign with none where none is active', () => {
    const keys = readIssuerKeys(set(publicPart(a, { state: 'retiring' }), publicPart(b, { state: 'compromised' })));
    expect(() => keys.signing(at(1500))).toThrow('no key of the issuer is active');
    expect(() => readIssuerKeys(set(entry(a))).signing(at(2000))).toThrow('no key of the issuer is active');
  });

  it('are published with their times while they are believed, and before they sign', () => {
    const keys = readPublicIssuerKeys(
      set(publicPart(a), publicPart(b, { nbf: 1900, exp: 9000 }), publicPart(c, { state: 'compromised' })),
    );
    expect(keys.published(at(1000)).map(({ kid }) => kid)).toEqual(['a', 'b']);
    expect(keys.published(at(2000)).map(({ kid }) => kid)).toEqual(['b']);
    const [first] = keys.published(at(1000));
    const { x, y } = JSON.parse(a.jwk) as { x: string; y: string };
    expect(first).toEqual({ crv: 'P-256', kty: 'EC', x, y, kid: 'a', use: 'sig', alg: 'ES256', nbf: 1000, exp: 2000 });
  });

  const mine = { d: 'private-part-of-somebody' };
  it.each<[string, string]>([
    ['no JSON', '{"keys":[{"d":"private-part-of-somebody"'],
    ['no set', JSON.stringify([mine])],
    ['an empty set', set()],
    ['a key without a name', set(entry(a, { kid: undefined, ...mine }))],
    ['a key without a state', set(entry(a, { state: undefined, ...mine }))],
    ['a key of an unknown state', set(entry(a, { state: 'ACTIVE', ...mine }))],
    ['a key without an end', set(entry(a, { exp: undefined, ...mine }))],
    ['a key that ends before it begins', set(entry(a, { exp: 1000, ...mine }))],
    ['a time as text', set(entry(a, { nbf: '1000', ...mine }))],
    ['two keys of one name', set(entry(a), entry(b, { kid: 'a' }))],
    ['an active key without its private part', set(publicPart(a))],
    ['a private part of another key', set({ ...entry(a), d: (JSON.parse(b.jwk) as { d: string }).d })],
    ['a key off the curve', set(entry(a, { x: Buffer.alloc(32, 1).toString('base64url') }))],
  ])('are not read from %s, and not quoted', (_, json) => {
    expect(() => readIssuerKeys(json)).toThrow(/./);
    expect(() => readIssuerKeys(json)).not.toThrow(/private-part|[\w-]{43}/);
  });

  it('are not published where a private part lies among them', () => {
    expect(() => readPublicIssuerKeys(set(publicPart(b), entry(a)))).toThrow('hold a private one');
  });
});
