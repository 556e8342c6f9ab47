import fc from 'fast-check';
import { base64urlDecode, base64urlEncode, createPassKeys, verifyPassKeys } from '../../../protocol';
import { ascii, flipBit, keyPair, toHex, verifySignature } from './support';

const holder = keyPair();
const nonce = base64urlEncode(ascii('0123456789abcdef'));
const keys = Array.from({ length: 10 }, () => keyPair().key);
const request = createPassKeys({ nonce, keys, sign: holder.sign });
const expected = { holderKey: holder.key, expectedNonce: nonce, verify: verifySignature };

describe('a request for passes', () => {
  it('names its keys in their order', () => {
    const verified = verifyPassKeys(request, expected);
    expect(verified.ok && verified.keys.map(toHex)).toEqual(keys.map(toHex));
  });

  it('fits the wire', () => {
    expect(request.length).toBeLessThan(1400);
  });

  it('is refused for another nonce and another holder', () => {
    const other = base64urlEncode(ascii('fedcba9876543210'));
    expect(verifyPassKeys(request, { ...expected, expectedNonce: other })).toEqual({ ok: false, fault: 'wrong_nonce' });
    expect(verifyPassKeys(request, { ...expected, holderKey: keyPair().key })).toEqual({
      ok: false,
      fault: 'bad_signature',
    });
  });

  it('is refused with any bit turned: no key is exchanged on the way', () => {
    const bytes = base64urlDecode(request) ?? new Uint8Array();
    fc.assert(
      fc.property(fc.nat(8 * bytes.length - 1), (bit) => {
        expect(verifyPassKeys(base64urlEncode(flipBit(bytes, bit)), expected).ok).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it('has one to ten keys, no two alike', () => {
    const make = (some: typeof keys) => () => createPassKeys({ nonce, keys: some, sign: holder.sign });
    const [first] = keys;
    if (!first) throw new Error('there are keys');
    expect(make([])).toThrow(RangeError);
    expect(make([...keys, keyPair().key])).toThrow(RangeError);
    expect(make([first, first])).toThrow(RangeError);
    expect(verifyPassKeys(make([first])(), expected).ok).toBe(true);
  });

  it('never throws, whatever the text is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(verifyPassKeys(text, expected)).toEqual({ ok: false, fault: 'malformed' });
      }),
    );
  });
});
