import fc from 'fast-check';
import { encode as encodeQr } from 'uqr';
import {
  base64urlEncode,
  CODE_FUTURE_TOLERANCE_S,
  CODE_LIFE_S,
  CODE_RENEWAL_S,
  createCode,
  createKeyProof,
  instant,
  parseCode,
  showingHandle,
  verifyCode,
  type ParsedCode,
  type ShowingHandle,
} from '../../../protocol';
import { base45Decode, base45Encode } from '../../../protocol/bytes/base45';
import { cborEncode } from '../../../protocol/cbor/cbor-encode';
import type { CborMap, CborValue } from '../../../protocol/cbor/cbor-value';
import { externalAad } from '../../../protocol/cose/domain';
import { createSign1 } from '../../../protocol/cose/sign1';
import { flipBit, fromHex, highS, keyPair, toHex, twinOf, verifySignature } from './support';

const issuedAt = 1_795_000_000;
const cti = fromHex('000102030405060708090a0b0c0d0e0f');
const handle = showingHandle(base64urlEncode(cti));
const { key, sign } = keyPair();
const at = (seconds: number) => instant(Math.round((issuedAt + seconds) * 1000));

const parsed = (text: string): ParsedCode => {
  const code = parseCode(text);
  if (!code.ok) throw new Error('expected a code');
  return code;
};
const isTaken = (text: string): boolean => {
  const code = parseCode(text);
  return code.ok && verifyCode(code, { key, now: at(1), verify: verifySignature }) === 'valid';
};
/** A code of these claims, signed as a code is. */
const forged = (claims: CborMap): string =>
  base45Encode(createSign1({ payload: cborEncode(claims), externalAad: externalAad.code, sign }));

describe('the code', () => {
  it('says its handle and time, and is signed', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        fc.integer({ min: 0, max: 0xffffffff }),
        (bytes, time) => {
          const written = { handle: showingHandle(base64urlEncode(bytes)), issuedAt: time };
          const code = parsed(createCode({ ...written, sign }));
          expect({ handle: code.handle, issuedAt: code.issuedAt }).toEqual(written);
          expect(code.isSignedBy(key, verifySignature)).toBe(true);
          expect(code.isSignedBy(keyPair().key, verifySignature)).toBe(false);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('holds a CWT with iat and cti and nothing else', () => {
    const bytes = base45Decode(createCode({ handle, issuedAt, sign }));
    expect(bytes && toHex(bytes).slice(0, -128)).toBe(
      `d28443a10126a05819a2061a${issuedAt.toString(16)}0750${toHex(cti)}5840`,
    );
  });

  it('fits a QR code of version 6 at error correction M', () => {
    const text = createCode({ handle, issuedAt, sign });
    expect(text).toHaveLength(150);
    expect(encodeQr(text, { ecc: 'M', boostEcc: false }).version).toBe(6);
  });

  it.each([0, 2 ** 32 - 1])('is made at any second that four bytes can say: %d', (second) => {
    expect(parsed(createCode({ handle, issuedAt: second, sign })).issuedAt).toBe(second);
  });

  it('is fresh from two seconds before its time until thirty seconds after, and then no more', () => {
    const code = parsed(createCode({ handle, issuedAt, sign }));
    const verdictAt = (seconds: number) => verifyCode(code, { key, now: at(seconds), verify: verifySignature });
    expect([-2.001, -2, 0, 29.999, 30, 3600].map(verdictAt)).toEqual(
      ['from_future', 'valid', 'valid', 'valid', 'stale', 'stale'], // prettier-ignore
    );
  });

  it('is renewed while the last one is still good', () => {
    expect(CODE_RENEWAL_S + CODE_FUTURE_TOLERANCE_S).toBeLessThan(CODE_LIFE_S);
  });

  it('is called stale only where it is genuine', () => {
    const foreign = parsed(createCode({ handle, issuedAt, sign: keyPair().sign }));
    expect(verifyCode(foreign, { key, now: at(3600), verify: verifySignature })).toBe('bad_signature');
  });

  it('is not taken with any bit turned', () => {
    const bytes = base45Decode(createCode({ handle, issuedAt, sign })) ?? new Uint8Array();
    expect(bytes).toHaveLength(100);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) expect(isTaken(base45Encode(flipBit(bytes, bit)))).toBe(false);
  });

  it('is not taken cut short, with more behind it, or with one character changed', () => {
    const text = createCode({ handle, issuedAt, sign });
    for (let length = 0; length < text.length; length += 1) expect(parseCode(text.slice(0, length)).ok).toBe(false);
    for (const more of ['0', '00', '000', ' ', '\n']) expect(parseCode(text + more).ok).toBe(false);
    const characters = fc.constantFrom(...Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:ab'));
    fc.assert(
      fc.property(fc.nat({ max: text.length - 1 }), characters, (position, character) => {
        fc.pre(text.charAt(position) !== character);
        expect(isTaken(text.slice(0, position) + character + text.slice(position + 1))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('is not taken with the twin of its signature', () => {
    const text = createCode({ handle, issuedAt, sign: highS(sign) });
    const bytes = base45Decode(text) ?? new Uint8Array();
    expect(isTaken(text)).toBe(true);
    expect(isTaken(base45Encode(Uint8Array.from([...bytes.slice(0, -64), ...twinOf(bytes.slice(-64))])))).toBe(false);
  });

  const body = (header: string, payload: string): Uint8Array => {
    const text = createCode({ handle, issuedAt, sign });
    const signature = toHex((base45Decode(text) ?? new Uint8Array()).slice(-64));
    return fromHex(`${header}${payload}5840${signature}`);
  };
  const time = issuedAt.toString(16);
  it.each([
    ['iat in nine bytes', body('d28443a10126a0', `581da2061b00000000${time}0750${toHex(cti)}`)],
    ['the claims in the other order', body('d28443a10126a0', `5819a20750${toHex(cti)}061a${time}`)],
    ['iat twice', body('d28443a10126a0', `581fa3061a${time}061a${time}0750${toHex(cti)}`)],
    ['claims without count', body('d28443a10126a0', `581abf061a${time}0750${toHex(cti)}ff`)],
    ['the length of cti in two bytes', body('d28443a10126a0', `581aa2061a${time}075810${toHex(cti)}`)],
    ['iat as a float', body('d28443a10126a0', `581da206fb41dabf37e10000000750${toHex(cti)}`)],
    ['the tag of CWT around it', body('d83dd28443a10126a0', `5819a2061a${time}0750${toHex(cti)}`)],
  ])('is malformed with %s', (_, bytes) => {
    expect(parseCode(base45Encode(bytes))).toEqual({ ok: false, fault: 'malformed' });
  });

  it.each<[string, [number | string, CborValue][]]>([
    ['nothing', []],
    ['no handle', [[6, issuedAt]]],
    ['no time', [[7, cti]]],
    ['a third claim', [[6, issuedAt], [7, cti], [4, issuedAt + 9999]]], // prettier-ignore
    ['a handle of fifteen bytes', [[6, issuedAt], [7, cti.slice(1)]]], // prettier-ignore
    ['a handle of seventeen bytes', [[6, issuedAt], [7, fromHex(`${toHex(cti)}00`)]]], // prettier-ignore
    ['a text as handle', [[6, issuedAt], [7, 'AAECAwQFBgcICQoL']]], // prettier-ignore
    ['a time before 1970', [[6, -1], [7, cti]]], // prettier-ignore
    ['a time after 2106', [[6, 2 ** 32], [7, cti]]], // prettier-ignore
    ['a time in milliseconds', [[6, issuedAt * 1000], [7, cti]]], // prettier-ignore
    ['a text as time', [[6, '1795000000'], [7, cti]]], // prettier-ignore
    ['names for numbers', [['6', issuedAt], ['7', cti]]], // prettier-ignore
  ])('is malformed with %s, well signed as it may be', (_, claims) => {
    expect(parseCode(forged(new Map(claims)))).toEqual({ ok: false, fault: 'malformed' });
  });

  it('is no other signed message', () => {
    const claims = new Map<number, CborValue>([[6, issuedAt], [7, cti]]); // prettier-ignore
    const elsewhere = base45Encode(createSign1({ payload: cborEncode(claims), externalAad: externalAad.mint, sign }));
    expect(parsed(elsewhere).isSignedBy(key, verifySignature)).toBe(false);
    expect(parseCode(createKeyProof({ nonce: handle, key, sign })).ok).toBe(false);
  });

  it('answers to any text, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => expect(parseCode(text).ok).toBe(false)),
    );
  });

  it.each([
    ['milliseconds', { handle, issuedAt: issuedAt * 1000 }],
    ['half a second', { handle, issuedAt: issuedAt + 0.5 }],
    ['no number', { handle, issuedAt: Number.NaN }],
    ['a handle in no base64url', { handle: '=' as ShowingHandle, issuedAt }],
    ['a handle that was asserted, not made', { handle: 'AAAA' as ShowingHandle, issuedAt }],
  ])('is not made from %s', (_, content) => {
    expect(() => createCode({ ...content, sign })).toThrow(RangeError);
  });
});
