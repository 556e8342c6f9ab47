import { publicKeyFromJwk, base64urlEncode } from '../../../protocol';
import { cborEncode } from '../../../protocol/cbor/cbor-encode';
import type { CborValue } from '../../../protocol/cbor/cbor-value';
import { createSign1, parseKeyedSign1, parseSign1, verifySign1, type Sign1 } from '../../../protocol/cose/sign1';
import { ascii, flipBit, fromHex, highS, keyPair, toHex, twinOf, verifySignature } from './support';

const externalAad = ascii('a use');
const payload = ascii('a message');

const parsed = (bytes: Uint8Array): Sign1 => {
  const sign1 = parseSign1(bytes);
  if (!sign1) throw new Error('expected a COSE_Sign1');
  return sign1;
};

describe('COSE_Sign1', () => {
  it('verifies the published example (RFC 9052, appendix C.2.1)', () => {
    const key = publicKeyFromJwk({
      kty: 'EC',
      crv: 'P-256',
      x: base64urlEncode(fromHex('bac5b11cad8f99f9c72b05cf4b9e26d244dc189f745228255a219a86d6a09eff')),
      y: base64urlEncode(fromHex('20138bf82dc1b6d562be0fa54ab7804a3a64b6d72ccfed6b6fb6ed28bbfc117e')),
    });
    const signature = fromHex(
      '8eb33e4ca31d1c465ab05aac34cc6b23d58fef5c083106c4d25a91aef0b0117e' +
        '2af9a291aa32e14ab834dc56ed2a223444547e01f11d3b0916e5a4c345cacb36',
    );
    const content = { payload: ascii('This is the content.'), signature };
    expect(verifySign1(content, { key, externalAad: new Uint8Array(), verify: verifySignature })).toBe(true);
    expect(verifySign1(content, { key, externalAad, verify: verifySignature })).toBe(false);
  });

  it('is a tagged array of header, empty map, payload and signature', () => {
    const { sign } = keyPair();
    const bytes = createSign1({ payload, externalAad, sign });
    expect(toHex(bytes.slice(0, -64))).toBe(`d28443a10126a049${toHex(payload)}5840`);
    expect(parsed(bytes)).toEqual({ payload, signature: bytes.slice(-64) });
  });

  it('is true for its key and its use alone', () => {
    const { key, sign } = keyPair();
    const sign1 = parsed(createSign1({ payload, externalAad, sign }));
    expect(verifySign1(sign1, { key, externalAad, verify: verifySignature })).toBe(true);
    expect(verifySign1(sign1, { key, externalAad: ascii('another'), verify: verifySignature })).toBe(false);
    expect(verifySign1(sign1, { key: keyPair().key, externalAad, verify: verifySignature })).toBe(false);
  });

  it('has one signature: low s is written whatever the signer gives, and its twin is refused', () => {
    const { key, sign } = keyPair();
    for (let round = 0; round < 20; round += 1) {
      const { signature } = parsed(createSign1({ payload, externalAad, sign: highS(sign) }));
      expect(verifySign1({ payload, signature }, { key, externalAad, verify: verifySignature })).toBe(true);
      const twin = twinOf(signature);
      expect(verifySign1({ payload, signature: twin }, { key, externalAad, verify: () => true })).toBe(false);
    }
  });

  it('takes s at half of the order, and not one above', () => {
    const half = '7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8';
    const above = '7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a9';
    const expected = { key: keyPair().key, externalAad, verify: () => true };
    expect(verifySign1({ payload, signature: fromHex('11'.repeat(32) + half) }, expected)).toBe(true);
    expect(verifySign1({ payload, signature: fromHex('11'.repeat(32) + above) }, expected)).toBe(false);
  });

  it('does not take a signer of another algorithm', () => {
    expect(() => createSign1({ payload, externalAad, sign: () => new Uint8Array(96) })).toThrow(RangeError);
  });

  it('refuses every truncation and every byte too many', () => {
    const bytes = createSign1({ payload, externalAad, sign: keyPair().sign });
    for (let length = 0; length < bytes.length; length += 1) expect(parseSign1(bytes.slice(0, length))).toBeNull();
    expect(parseSign1(Uint8Array.from([...bytes, 0]))).toBeNull();
  });

  it('refuses or finds false every single turned bit', () => {
    const { key, sign } = keyPair();
    const bytes = createSign1({ payload, externalAad, sign });
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const sign1 = parseSign1(flipBit(bytes, bit));
      expect(sign1 !== null && verifySign1(sign1, { key, externalAad, verify: verifySignature })).toBe(false);
    }
  });

  const signature = fromHex('11'.repeat(64));
  const es256 = cborEncode(new Map([[1, -7]]));
  const tagged = (...content: CborValue[]): Uint8Array => cborEncode({ tag: 18, content });
  it.each<[string, Uint8Array]>([
    ['no tag', cborEncode([es256, new Map(), payload, signature])],
    ['two tags', cborEncode({ tag: 18, content: { tag: 18, content: [es256, new Map(), payload, signature] } })],
    ['three parts', tagged(es256, new Map(), payload)],
    ['five parts', tagged(es256, new Map(), payload, signature, 0)],
    ['another algorithm', tagged(cborEncode(new Map([[1, -8]])), new Map(), payload, signature)],
    ['no algorithm', tagged(cborEncode(new Map()), new Map(), payload, signature)],
    ['an empty header', tagged(new Uint8Array(), new Map(), payload, signature)],
    ['a second protected parameter', tagged(cborEncode(new Map([[1, -7], [4, 1]])), new Map(), payload, signature)], // prettier-ignore
    ['a header that is no byte string', tagged(new Map([[1, -7]]), new Map(), payload, signature)],
    ['an unprotected parameter', tagged(es256, new Map([[4, ascii('11')]]), payload, signature)],
    ['the algorithm unprotected too', tagged(es256, new Map([[1, -7]]), payload, signature)],
    ['a list instead of the unprotected map', tagged(es256, [], payload, signature)],
    ['a text as payload', tagged(es256, new Map(), 'a message', signature)],
    ['a short signature', tagged(es256, new Map(), payload, signature.slice(1))],
    ['a long signature', tagged(es256, new Map(), payload, fromHex('11'.repeat(65)))],
    [
      'a DER signature',
      tagged(es256, new Map(), payload, fromHex(`3044022011${'11'.repeat(31)}022011${'11'.repeat(31)}`)),
    ],
    ['the header in a longer spelling', fromHex(`d2845803a10126a049${toHex(payload)}5840${'11'.repeat(64)}`)],
    ['-7 in a longer spelling', fromHex(`d28444a1013806a049${toHex(payload)}5840${'11'.repeat(64)}`)],
    ['parts without count', fromHex(`d29f43a10126a049${toHex(payload)}5840${'11'.repeat(64)}ff`)],
    ['the tag in a longer spelling', fromHex(`d8128443a10126a049${toHex(payload)}5840${'11'.repeat(64)}`)],
    ['the tag of COSE_Mac0', fromHex(`d18443a10126a049${toHex(payload)}5840${'11'.repeat(64)}`)],
    ['an untagged text', ascii('not COSE')],
  ])('refuses %s', (_, bytes) => {
    expect(parseSign1(bytes)).toBeNull();
  });

  describe('that names its key', () => {
    const kid = ascii('11');
    const headed = (...header: [number, CborValue][]): Uint8Array =>
      tagged(cborEncode(new Map(header)), new Map(), payload, signature);

    it('is read with the name, and by no reader that expects none', () => {
      const { key, sign } = keyPair();
      const bytes = createSign1({ payload, externalAad, sign, kid });
      const read = parseKeyedSign1(bytes);
      expect(read).toEqual({ payload, signature: bytes.slice(-64), kid });
      expect(read && verifySign1(read, { key, externalAad, verify: verifySignature })).toBe(true);
      expect(parseSign1(bytes)).toBeNull();
      expect(parseKeyedSign1(headed([1, -7], [4, kid]))).toEqual({ payload, signature, kid });
    });

    it.each<[string, Uint8Array]>([
      ['no name', headed([1, -7])],
      ['a name alone', headed([4, kid])],
      ['a text as name', headed([1, -7], [4, '11'])],
      ['another algorithm', headed([1, -8], [4, kid])],
      ['a third parameter', headed([1, -7], [4, kid], [2, [1]])],
      ['a header that is no map', tagged(cborEncode([1, -7, 4, kid]), new Map(), payload, signature)],
      ['a header that is no CBOR', tagged(fromHex('ff'), new Map(), payload, signature)],
      ['an unprotected parameter', tagged(cborEncode(new Map<number, CborValue>([[1, -7], [4, kid]])), new Map([[4, kid]]), payload, signature)], // prettier-ignore
    ])('refuses %s', (_, bytes) => {
      expect(parseKeyedSign1(bytes)).toBeNull();
    });
  });
});
