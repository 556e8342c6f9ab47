import fc from 'fast-check';
import {
  base64urlDecode,
  base64urlEncode,
  createCredential,
  instant,
  parseCredential,
  publicKeyToJwk,
  verifyCredential,
  type JsonObject,
  type JsonValue,
} from '../../../protocol';
import { digestOf } from '../../../protocol/credential/disclosure';
import {
  check,
  content,
  expected,
  genuine,
  genuineParts,
  holder,
  issuer,
  jsonPart,
  partsOf,
  resigned,
  signed,
  without,
} from './credential-support';
import { highS, sha256, twinOf } from './support';

const malformed = { ok: false, fault: 'malformed' };

describe('a forged credential', () => {
  const { header, payload, disclosures } = genuineParts;
  const [first = '', second = '', third = ''] = disclosures;
  const made = jsonPart(['c2FsdHNhbHRzYWx0c2FsdA', 'name', '王小明']);
  const endless = jsonPart(['c2FsdHNhbHRzYWx0c2FsdA', 'name', '林'.repeat(20_000)]);
  const statusOfGenuine = payload['status'] as JsonObject;
  const withDigestOf = (...texts: string[]): JsonObject => ({ _sd: texts.map((text) => digestOf(text, sha256)) });

  it.each<[string, string, string]>([
    ['of another issuer', resigned({ payload: { iss: 'https://other.example' } }), 'wrong_issuer'],
    ['of another type', resigned({ payload: { vct: 'urn:example:library-card:1' } }), 'wrong_type'],
    ['under an unknown key', resigned({ header: { kid: 'key-2' } }), 'unknown_key'],
    ['under a key named like a member of every object', resigned({ header: { kid: '__proto__' } }), 'unknown_key'],
    ['signed by the holder', signed(header, payload, disclosures, holder.sign), 'bad_signature'],
    [
      'with a disclosure of no digest',
      resigned({ disclosures: [...disclosures, jsonPart(['s', 'age', 77])] }),
      'foreign_disclosure',
    ],
    ['with a disclosure exchanged', resigned({ disclosures: [made, second, third] }), 'foreign_disclosure'],
    ['over its time', resigned({ payload: { exp: 1_795_000_000 } }), 'expired'],
  ])('%s is refused', (_, text, fault) => {
    expect(check(text)).toEqual({ ok: false, fault });
  });

  it('is refused with the twin of its signature', () => {
    const text = createCredential({ ...content, sign: highS(issuer.sign) });
    expect(check(text).ok).toBe(true);
    const { signature } = partsOf(text);
    const twin = base64urlEncode(twinOf(base64urlDecode(signature) ?? new Uint8Array()));
    expect(check(text.replace(signature, twin))).toEqual({ ok: false, fault: 'bad_signature' });
  });

  it('expires at its instant, and not before', () => {
    const at = (milliseconds: number) => verifyCredential(genuine, { ...expected, now: instant(milliseconds) }).ok;
    expect([content.expiresAt * 1000 - 1, content.expiresAt * 1000].map(at)).toEqual([true, false]);
  });

  it.each<[string, string]>([
    ['no algorithm', signed({ ...header, alg: 'none' }, payload, disclosures)],
    ['no algorithm and no signature', `${jsonPart({ ...header, alg: 'none' })}.${jsonPart(payload)}.~`],
    ['a symmetric algorithm', resigned({ header: { alg: 'HS256' } })],
    ['another curve', resigned({ header: { alg: 'ES384' } })],
    ['the algorithm in lower case', resigned({ header: { alg: 'es256' } })],
    ['the type of a plain JWT', resigned({ header: { typ: 'JWT' } })],
    ['the type of old drafts', resigned({ header: { typ: 'vc+sd-jwt' } })],
    ['no type', signed(without(header, 'typ'), payload, disclosures)],
    ['no key name', signed(without(header, 'kid'), payload, disclosures)],
    ['an embedded key', resigned({ header: { jwk: { ...publicKeyToJwk(holder.key) } } })],
    ['a critical extension', resigned({ header: { crit: ['b64'], b64: false } })],
    [
      'a header named twice',
      signed('{"alg":"ES256","typ":"dc+sd-jwt","kid":"key-2","kid":"key-1"}', payload, disclosures),
    ],
    ['a header that is a list', signed(['ES256'], payload, disclosures)],
    ['a claim named twice', signed(header, JSON.stringify(payload).replace('{', '{"tier":"full",'), disclosures)],
    [
      'a claim named twice in two spellings',
      signed(header, JSON.stringify(payload).replace('{', '{"\\u0074ier":"full",'), disclosures),
    ],
    ['a prototype', signed(header, JSON.stringify(payload).replace('{', '{"__proto__":{"tier":"full"},'), disclosures)],
    [
      'a prototype deeper down',
      signed(header, JSON.stringify(payload).replace('{"crv"', '{"__proto__":{},"crv"'), disclosures),
    ],
    ['another hash', resigned({ payload: { _sd_alg: 'sha-512' } })],
    ['no hash named', signed(header, without(payload, '_sd_alg'), disclosures)],
    ['no digests', signed(header, without(payload, '_sd'), [])],
    ['a digest twice', resigned({ payload: withDigestOf(first, first), disclosures: [first] })],
    ['a digest that is no text', resigned({ payload: { _sd: [1] }, disclosures: [] })],
    ['digests deeper down', resigned({ payload: { address: withDigestOf(first) } })],
    ['a digest in a list', resigned({ payload: { nationalities: [{ '...': digestOf(first, sha256) }] } })],
    ['a claim in the open and disclosed', resigned({ payload: { name: '王小明' } })],
    ['a disclosure twice', resigned({ disclosures: [first, first] })],
    ['two disclosures of one claim', resigned({ payload: withDigestOf(first, made), disclosures: [first, made] })],
    [
      'a disclosure of a registered claim',
      resigned({ payload: withDigestOf(jsonPart(['s', 'exp', 9e9])), disclosures: [jsonPart(['s', 'exp', 9e9])] }),
    ],
    [
      'a disclosure named _sd',
      resigned({ payload: withDigestOf(jsonPart(['s', '_sd', []])), disclosures: [jsonPart(['s', '_sd', []])] }),
    ],
    [
      'a disclosure of a prototype',
      resigned({
        payload: withDigestOf(jsonPart(['s', '__proto__', {}])),
        disclosures: [jsonPart(['s', '__proto__', {}])],
      }),
    ],
    [
      'a disclosure of a list element',
      resigned({ payload: withDigestOf(jsonPart(['s', 'x'])), disclosures: [jsonPart(['s', 'x'])] }),
    ],
    [
      'a disclosure with digests in it',
      resigned({
        payload: withDigestOf(jsonPart(['s', 'a', { _sd: [] }])),
        disclosures: [jsonPart(['s', 'a', { _sd: [] }])],
      }),
    ],
    ['a padded disclosure', resigned({ disclosures: [`${first}=`] })],
    ['an empty disclosure', resigned({ disclosures: [''] })],
    ['a time not before', resigned({ payload: { nbf: 9_999_999_999 } })],
    ['an audience', resigned({ payload: { aud: 'somebody' } })],
    ['an end as text', resigned({ payload: { exp: '9999999999' } })],
    ['an end in fractions', resigned({ payload: { exp: 1_826_536_000.5 } })],
    ['no end', signed(header, without(payload, 'exp'), disclosures)],
    ['no holder', signed(header, without(payload, 'cnf'), disclosures)],
    ['no status', signed(header, without(payload, 'status'), disclosures)],
    ['a status in no list', resigned({ payload: { status: {} } })],
    ['a second status', resigned({ payload: { status: { ...statusOfGenuine, other: {} } } })],
    ['an entry that is no number', resigned({ payload: { status: { status_list: { idx: '1', uri: 'https://a' } } } })],
    ['an entry before the first', resigned({ payload: { status: { status_list: { idx: -1, uri: 'https://a' } } } })],
    ['half an entry', resigned({ payload: { status: { status_list: { idx: 0.5, uri: 'https://a' } } } })],
    ['a list without an address', resigned({ payload: { status: { status_list: { idx: 1, uri: '' } } } })],
    ['a list with more to it', resigned({ payload: { status: { status_list: { idx: 1, uri: 'https://a', x: 1 } } } })],
    ['a private holder key', resigned({ payload: { cnf: { jwk: { ...publicKeyToJwk(holder.key), d: 'AAAA' } } } })],
    [
      'a holder key beside the key',
      resigned({ payload: { cnf: { jwk: { ...publicKeyToJwk(holder.key) }, kid: 'x' } } }),
    ],
    ['a key binding behind it', `${genuine}eyJhbGciOiJFUzI1NiJ9.e30.AAAA`],
    ['no last separator', genuine.slice(0, -1)],
    ['a fourth part', genuine.replace('~', '.AAAA~')],
    ['white space before it', ` ${genuine}`],
    ['JSON too deep', resigned({ payload: { deep: JSON.parse('['.repeat(40) + ']'.repeat(40)) as JsonValue } })],
    ['far too much of it', resigned({ payload: withDigestOf(endless), disclosures: [endless] })],
    ['nothing', ''],
    ['separators alone', '~~~~'],
  ])('is malformed with %s', (_, text) => {
    expect(check(text)).toEqual(malformed);
  });

  it('is refused with any character of it changed, left out or doubled', () => {
    fc.assert(
      fc.property(fc.nat({ max: genuine.length - 1 }), fc.constantFrom('A', '_', '~', '.', ''), (at, character) => {
        const changed = genuine.slice(0, at) + character + genuine.slice(at + 1);
        fc.pre(changed !== genuine);
        const verdict = check(changed);
        // Only a whole disclosure left out could remain true, and no single character is one.
        expect(verdict.ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('answers to any text, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => expect(parseCredential(text)).toBeNull()),
    );
  });
});
