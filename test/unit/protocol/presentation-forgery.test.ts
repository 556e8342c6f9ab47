import fc from 'fast-check';
import {
  base64urlDecode,
  base64urlEncode,
  instant,
  PRESENTATION_LIFE_S,
  publicKeyToJwk,
  verifyPresentation,
  type PresentationExpectation,
} from '../../../protocol';
import {
  genuine,
  genuineParts,
  holder,
  issuer,
  jsonPart,
  resigned,
  sha256Of,
  signed,
  without,
} from './credential-support';
import {
  bindingHeader,
  bindingPayload,
  bound,
  check,
  credentialWith,
  disclosuresOf,
  expected,
  genuinePresentation,
  halves,
  issuedAt,
  present,
  presented,
} from './presentation-support';
import { highS, keyPair, sha256, twinOf, verifySignature } from './support';

const { header, payload } = genuineParts;
const [jwt = ''] = genuine.split('~');
const [name = '', birthdate = ''] = disclosuresOf(genuinePresentation);
const address = disclosuresOf(genuine)[2] ?? '';
const { binding } = halves(genuinePresentation);
const thief = keyPair();

it('is made by the test as by the product', () => {
  expect(check(bound(bindingHeader, bindingPayload)).ok).toBe(true);
});

const YEAR_S = 365 * 86_400;
/** A signature of the right form that nobody made: its first character is another. */
const corrupted = (text: string): string => {
  const at = text.lastIndexOf('.') + 1;
  return `${text.slice(0, at)}${text.charAt(at) === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
};

/**
 * By the names of the OpenID Foundation's modules, `oid4vp-1final-verifier-…` of the plan `oid4vp-1final-verifier-test-plan` (OpenID4VP 1.0), for
 * `sd_jwt_vc`. `invalid-session-transcript` is for mdoc alone, which nothing here speaks; no module leaves the key binding out, as tests below do.
 * What a server is told of them is tried in `test/unit/core/ask-presentation.test.ts`.
 */
describe('the negative cases of the OpenID4VP verifier conformance plan', () => {
  it.each<[string, string, string]>([
    ['invalid-kb-jwt-signature', corrupted(genuinePresentation), 'bad_binding'],
    [
      'invalid-credential-signature',
      present({ credential: `${corrupted(jwt)}${genuine.slice(jwt.length)}` }),
      'bad_signature',
    ],
    ['invalid-sd-hash', bound(bindingHeader, { ...bindingPayload, sd_hash: sha256Of('something else') }), 'wrong_hash'],
    ['invalid-kb-jwt-nonce', present({ nonce: `${expected.nonce}-invalid` }), 'wrong_nonce'],
    ['invalid-kb-jwt-aud', present({ audience: 'https://other.example' }), 'wrong_audience'],
    ['kb-jwt-iat-in-past', present({ issuedAt: issuedAt - YEAR_S }), 'binding_stale'],
    ['kb-jwt-iat-in-future', present({ issuedAt: issuedAt + YEAR_S }), 'binding_from_future'],
  ])('%s is refused', (_, text, fault) => {
    expect(check(text)).toEqual({ ok: false, fault });
  });
});

describe('a presentation that lies', () => {
  it.each<[string, string, string]>([
    [
      'with a credential of the holder’s own signing',
      present({ credential: credentialWith({ sign: holder.sign }) }),
      'bad_signature',
    ],
    [
      'with a credential of another issuer',
      present({ credential: resigned({ payload: { iss: 'https://other.example' } }) }),
      'wrong_issuer',
    ],
    [
      'with a credential of another type',
      present({ credential: resigned({ payload: { vct: 'urn:example:library-card:1' } }) }),
      'wrong_type',
    ],
    [
      'with a credential under an unknown key',
      present({ credential: resigned({ header: { kid: 'key-2' } }) }),
      'unknown_key',
    ],
    ['with a credential that is over', present({ credential: resigned({ payload: { exp: issuedAt } }) }), 'expired'],
    ['with a key binding by another key', present({ sign: thief.sign }), 'bad_binding'],
    ['with a key binding by the issuer', present({ sign: issuer.sign }), 'bad_binding'],
    [
      'with a stolen credential, bound to the thief’s key',
      present({ credential: credentialWith({ holderKey: thief.key }), sign: thief.sign }),
      'wrong_holder',
    ],
    ['for another audience', present({ audience: 'https://other.example' }), 'wrong_audience'],
    ['for an audience that begins alike', present({ audience: `${expected.audience}.evil.example` }), 'wrong_audience'],
    ['with another nonce', present({ nonce: 'another-nonce-of-25-chars' }), 'wrong_nonce'],
    ['with an empty nonce', present({ nonce: '' }), 'wrong_nonce'],
    ['without key binding', presented, 'unbound'],
    ['that is the whole credential', genuine, 'unbound'],
    ['with another hash', bound(bindingHeader, { ...bindingPayload, sd_hash: sha256Of(genuine) }), 'wrong_hash'],
    [
      'with the hash of the text without its last separator',
      bound(bindingHeader, { ...bindingPayload, sd_hash: sha256Of(presented.slice(0, -1)) }),
      'wrong_hash',
    ],
    [
      'with a padded hash',
      bound(bindingHeader, { ...bindingPayload, sd_hash: `${sha256Of(presented)}=` }),
      'wrong_hash',
    ],
    ['with a disclosure exchanged after it was signed', [jwt, name, address, binding].join('~'), 'wrong_hash'],
    ['with the disclosures in another order', [jwt, birthdate, name, binding].join('~'), 'wrong_hash'],
    ['with a disclosure added', [jwt, name, birthdate, address, binding].join('~'), 'wrong_hash'],
    ['with a disclosure left out', [jwt, name, binding].join('~'), 'wrong_hash'],
    ['with all disclosures left out', [jwt, binding].join('~'), 'wrong_hash'],
    [
      'with a disclosure of no digest',
      [jwt, name, jsonPart(['s', 'birthdate', '1990-01-01']), binding].join('~'),
      'foreign_disclosure',
    ],
    [
      'under the key binding of another credential',
      halves(present({ credential: credentialWith({}) })).presented + binding,
      'wrong_hash',
    ],
  ])('%s is refused', (_, text, fault) => {
    expect(check(text)).toEqual({ ok: false, fault });
  });

  it.each<[string, number, string | null]>([
    ['made this second', 0, null],
    ['whose clock is as far ahead as is forgiven', -2, null],
    ['of the future', -3, 'binding_from_future'],
    ['in the last second of its life', PRESENTATION_LIFE_S - 1, null],
    ['over its life', PRESENTATION_LIFE_S, 'binding_stale'],
    ['of yesterday', 86_400, 'binding_stale'],
  ])('%s: as it should be', (_, age, fault) => {
    const verdict = check(genuinePresentation, { now: instant((issuedAt + age) * 1000) });
    expect(verdict.ok ? null : verdict.fault).toBe(fault);
  });

  it('is refused with the twin of the signature under its key binding', () => {
    const text = present({ sign: highS(holder.sign) });
    expect(check(text).ok).toBe(true);
    const signature = text.split('.').at(-1) ?? '';
    const twin = base64urlEncode(twinOf(base64urlDecode(signature) ?? new Uint8Array()));
    expect(check(text.replace(signature, twin))).toEqual({ ok: false, fault: 'bad_binding' });
  });
});

describe('what is no presentation', () => {
  const twice = JSON.stringify(bindingPayload).replace('{', '{"nonce":"x",');
  const [bindingHead = '', bindingBody = ''] = binding.split('.');
  it.each<[string, string]>([
    ['the key binding’s type of a plain JWT', bound({ ...bindingHeader, typ: 'JWT' }, bindingPayload)],
    ['the type of a credential', bound({ ...bindingHeader, typ: 'dc+sd-jwt' }, bindingPayload)],
    ['the type in another case', bound({ ...bindingHeader, typ: 'KB+JWT' }, bindingPayload)],
    ['no type', bound(without(bindingHeader, 'typ'), bindingPayload)],
    ['no algorithm', bound({ ...bindingHeader, alg: 'none' }, bindingPayload)],
    ['no algorithm and no signature', `${presented}${jsonPart({ ...bindingHeader, alg: 'none' })}.${bindingBody}.`],
    ['a symmetric algorithm', bound({ ...bindingHeader, alg: 'HS256' }, bindingPayload)],
    ['another curve', bound({ ...bindingHeader, alg: 'ES384' }, bindingPayload)],
    [
      'a key of its own',
      bound({ ...bindingHeader, jwk: { ...publicKeyToJwk(thief.key) } }, bindingPayload, thief.sign),
    ],
    ['a key’s name', bound({ ...bindingHeader, kid: 'key-1' }, bindingPayload)],
    ['a critical extension', bound({ ...bindingHeader, crit: ['b64'], b64: false }, bindingPayload)],
    ['a header named twice', bound('{"alg":"none","alg":"ES256","typ":"kb+jwt"}', bindingPayload)],
    ['a header that is a list', bound(['ES256'], bindingPayload)],
    ['a member named twice', bound(bindingHeader, twice)],
    ['a prototype', bound(bindingHeader, JSON.stringify(bindingPayload).replace('{', '{"__proto__":{},'))],
    ['a further member', bound(bindingHeader, { ...bindingPayload, transaction_data_hashes: [] })],
    ...Object.keys(bindingPayload).map((member): [string, string] => [
      `no ${member}`,
      bound(bindingHeader, without(bindingPayload, member)),
    ]),
    ['two audiences', bound(bindingHeader, { ...bindingPayload, aud: [expected.audience, 'https://other.example'] })],
    ['a nonce that is a number', bound(bindingHeader, { ...bindingPayload, nonce: 1 })],
    ['its time as text', bound(bindingHeader, { ...bindingPayload, iat: String(issuedAt) })],
    ['its time in fractions', bound(bindingHeader, { ...bindingPayload, iat: issuedAt + 0.5 })],
    ['a payload that is a list', bound(bindingHeader, [])],
    ['a signature of 63 bytes', `${presented}${bindingHead}.${bindingBody}.${base64urlEncode(new Uint8Array(63))}`],
    ['a padded signature', `${genuinePresentation}=`],
    ['a fourth part of the key binding', `${genuinePresentation}.AAAA`],
    ['a second key binding', `${genuinePresentation}~${binding}`],
    ['a separator behind it', `${genuinePresentation}~`],
    ['the key binding alone', binding],
    [
      'the credential’s algorithm none',
      bound(bindingHeader, bindingPayload, holder.sign, signed({ ...header, alg: 'none' }, payload, [name])),
    ],
    [
      'the credential’s own type changed',
      bound(bindingHeader, bindingPayload, holder.sign, signed({ ...header, typ: 'vc+sd-jwt' }, payload, [name])),
    ],
    ['white space before it', ` ${genuinePresentation}`],
    ['nothing', ''],
    ['separators alone', '~~~~'],
    ['a separator and a dot', '~..'],
  ])('is malformed with %s', (_, text) => {
    expect(check(text)).toEqual({ ok: false, fault: 'malformed' });
  });

  it('is refused with any character of it changed, left out or doubled', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: genuinePresentation.length - 1 }),
        fc.constantFrom('A', '_', '~', '.', ''),
        (at, character) => {
          const changed = genuinePresentation.slice(0, at) + character + genuinePresentation.slice(at + 1);
          fc.pre(changed !== genuinePresentation);
          expect(check(changed).ok).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('answers to any text, and never throws', () => {
    const pieces = fc.constantFrom('~', '.', jwt, name, birthdate, address, binding, 'e30', 'AAAA', '林', '\u0000');
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 100 }),
      fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (any) => {
        fc.pre(any !== genuinePresentation);
        expect(check(any).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

describe('what looking at a presentation costs', () => {
  const counted = (text: string) => {
    const cost = { signatures: 0, digests: 0 };
    const counting: PresentationExpectation = {
      ...expected,
      verify: (...args) => ((cost.signatures += 1), verifySignature(...args)),
      sha256: (data) => ((cost.digests += 1), sha256(data)),
    };
    const verdict = verifyPresentation(text, counting);
    return { ...cost, verdict };
  };

  it('is two signatures, a digest a disclosure, and one of the whole', () => {
    expect(counted(genuinePresentation)).toMatchObject({ signatures: 2, digests: 3, verdict: { ok: true } });
  });

  it.each<[string, string]>([
    ['too long', `${presented}${'A'.repeat(17_000)}`],
    ['with a key binding that cannot be read', `${presented}AAAA`],
    ['under an unknown key', present({ credential: resigned({ header: { kid: 'key-2' } }) })],
  ])('is no signature at all where it is %s', (_, text) => {
    expect(counted(text)).toMatchObject({ signatures: 0, digests: 0, verdict: { ok: false } });
  });

  it('is one signature where the credential was not signed by the issuer, however much is disclosed', () => {
    expect(counted(present({ credential: credentialWith({ sign: thief.sign }) }))).toMatchObject({
      signatures: 1,
      digests: 0,
    });
  });
});
