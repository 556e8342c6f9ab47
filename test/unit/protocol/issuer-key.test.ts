import fc from 'fast-check';
import {
  createCredential,
  instant,
  parseCredential,
  signingKeyAt,
  statusOf,
  trustedKeys,
  verifyCredential,
  type IssuerKey,
  type KeyState,
  type Sign,
} from '../../../protocol';
import { inflate } from '../../../cloudfunctions/_adapters/crypto/zlib';
import { content, expected } from './credential-support';
import { after, issuedAt, tokenOf } from './status-support';
import { keyPair, verifySignature } from './support';

const [a, b, other] = [keyPair(), keyPair(), keyPair()];
const now = instant(content.issuedAt * 1000);

const keyOf = (kid: string, of: typeof a, change: Partial<IssuerKey> = {}): IssuerKey => ({
  kid,
  publicKey: of.key,
  state: 'active',
  notBefore: instant(now - 1000),
  notAfter: instant(now + 1000),
  ...change,
});

const credentialBy = (kid: string, sign: Sign, issuer = content.issuer): string =>
  createCredential({ ...content, kid, sign, issuer });
const check = (text: string, keys: readonly IssuerKey[], issuer = content.issuer) =>
  verifyCredential(text, { ...expected, expectedIssuer: issuer, keys: trustedKeys(keys, now), now });

describe('the keys of an issuer', () => {
  it.each<[KeyState, number, number, boolean, boolean]>([
    ['active', -1, 1, true, true],
    ['active', 0, 1, true, true],
    ['active', 1, 2, false, false],
    ['active', -1, 0, false, false],
    ['retiring', -1, 1, false, true],
    ['retiring', -1, 0, false, false],
    ['compromised', -1, 1, false, false],
  ])('that is %s, from %i to %i: signs %s, is believed %s', (state, from, to, signs, isBelieved) => {
    const key = keyOf('a', a, { state, notBefore: instant(now + from), notAfter: instant(now + to) });
    expect(signingKeyAt([key], now)?.kid ?? null).toBe(signs ? 'a' : null);
    expect([...trustedKeys([key], now).keys()]).toEqual(isBelieved ? ['a'] : []);
  });

  it('sign with the newest that is active, whatever their order', () => {
    const state = fc.constantFrom<KeyState>('active', 'retiring', 'compromised');
    const time = fc.integer({ min: -5, max: 5 });
    fc.assert(
      fc.property(fc.array(fc.tuple(state, time, time), { maxLength: 8 }), (rows) => {
        const keys = rows.map(([of, from, life], at) =>
          keyOf(String(at), a, { state: of, notBefore: instant(now + from), notAfter: instant(now + from + life) }),
        );
        const signing = signingKeyAt(keys, now);
        const able = keys.filter((key) => key.state === 'active' && key.notBefore <= now && now < key.notAfter);
        expect(signing === null).toBe(able.length === 0);
        for (const key of able) expect(signing?.notBefore).toBeGreaterThanOrEqual(key.notBefore);
        // Whatever is signed now is believed now.
        if (signing) expect(trustedKeys(keys, now).get(signing.kid)).toBe(signing.publicKey);
      }),
    );
  });
});

describe('a rotation', () => {
  const text = credentialBy('a', a.sign);

  it('leaves what the old key signed true until its end', () => {
    const keys = [keyOf('a', a, { state: 'retiring' }), keyOf('b', b)];
    expect(check(text, keys).ok).toBe(true);
    expect(check(credentialBy('b', b.sign), keys).ok).toBe(true);
  });

  it('ends for what a compromised key signed, at once, and for nothing else', () => {
    const keys = [keyOf('a', a, { state: 'compromised' }), keyOf('b', b)];
    expect(check(text, keys)).toEqual({ ok: false, fault: 'unknown_key' });
    expect(check(credentialBy('b', b.sign), keys).ok).toBe(true);
  });

  it('ends for the lists of a compromised key too: they are undetermined, not valid', () => {
    const list = { token: tokenOf({ kid: 'a' }, a.sign), fetchedAt: after(0) };
    const parsed = parseCredential(credentialBy('b', b.sign));
    if (!parsed) throw new Error('not read');
    const place = { ...parsed.status, uri: 'https://issuer.example/public/status/1' };
    const statusWith = (state: KeyState) => {
      const keys = trustedKeys([keyOf('a', a, { state }), keyOf('b', b)], now);
      return statusOf(place, list, { keys, now: instant(issuedAt * 1000), verify: verifySignature, inflate });
    };
    expect(statusWith('retiring').status).toBe('valid');
    expect(statusWith('compromised')).toEqual({ status: 'undetermined', reason: 'unknown_key' });
  });
});

describe('trust is decided on the key that verifies', () => {
  const [a1, b1] = [keyOf('a', a), keyOf('b', b)];

  it('a name that leads to one key and a signature by another', () => {
    expect(check(credentialBy('a', b.sign), [a1, b1])).toEqual({ ok: false, fault: 'bad_signature' });
    expect(check(credentialBy('b', a.sign), [a1, b1])).toEqual({ ok: false, fault: 'bad_signature' });
  });

  it('the right key and another issuer’s name', () => {
    expect(check(credentialBy('a', a.sign, 'https://other.example'), [a1])).toEqual({
      ok: false,
      fault: 'wrong_issuer',
    });
  });

  it('two issuers whose keys share a name: each one’s is believed of itself alone', () => {
    const others = [keyOf('a', other)];
    const theirs = credentialBy('a', other.sign, 'https://other.example');
    expect(check(theirs, others, 'https://other.example').ok).toBe(true);
    expect(check(theirs, [a1], 'https://other.example')).toEqual({ ok: false, fault: 'bad_signature' });
    const inOurName = credentialBy('a', other.sign);
    expect(check(inOurName, [a1])).toEqual({ ok: false, fault: 'bad_signature' });
    expect(check(credentialBy('a', a.sign), others)).toEqual({ ok: false, fault: 'bad_signature' });
  });

  it('a list that another issuer signed under the same name', () => {
    const list = { token: tokenOf({ kid: 'a' }, other.sign), fetchedAt: after(0) };
    const place = { uri: 'https://issuer.example/public/status/1', index: 0 };
    const tools = { now: instant(issuedAt * 1000), verify: verifySignature, inflate };
    expect(statusOf(place, list, { keys: trustedKeys([a1], now), ...tools })).toEqual({
      status: 'undetermined',
      reason: 'bad_signature',
    });
  });
});
