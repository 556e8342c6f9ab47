import fc from 'fast-check';
import { base45Decode, base45Encode } from '../../../protocol/bytes/base45';
import { base64Encode, base64urlDecode, base64urlEncode } from '../../../protocol/bytes/base64';
import { compareBytes, concatBytes, equalBytes } from '../../../protocol/bytes/bytes';
import { utf8Decode, utf8Encode } from '../../../protocol/bytes/utf8';
import { ascii, fromHex } from './support';

const bytes = fc.uint8Array({ maxLength: 200 });

describe('base45', () => {
  // RFC 9285, sections 4.3 and 4.4
  it.each([
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
  ])('spells %s as the standard does', (text, encoded) => {
    expect(base45Encode(ascii(text))).toBe(encoded);
    expect(base45Decode(encoded)).toEqual(ascii(text));
  });

  it('reads back what it wrote', () => {
    fc.assert(fc.property(bytes, (data) => expect(base45Decode(base45Encode(data))).toEqual(data)));
  });

  it('takes one spelling alone of any bytes', () => {
    const characters = fc.constantFrom(...Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'));
    fc.assert(
      fc.property(fc.string({ unit: characters, maxLength: 12 }), (text) => {
        const decoded = base45Decode(text);
        fc.pre(decoded !== null);
        expect(base45Encode(decoded)).toBe(text);
      }),
    );
  });

  it.each([
    ['a group above 65535', 'GGW'],
    ['the largest group', ':::'],
    ['a last pair above 255', '::'],
    ['256 in a last pair', 'V5'],
    ['a single character', 'A'],
    ['four characters', 'BB8A'],
    ['lower case', 'bb8'],
    ['a character beyond ASCII', 'BB\u0138'],
    ['a full-width digit', 'BB８'],
    ['a line break', 'BB8\nBB'],
  ])('refuses %s', (_, text) => {
    expect(base45Decode(text)).toBeNull();
  });

  it('takes the largest that two bytes hold', () => {
    expect(base45Decode('FGW')).toEqual(fromHex('ffff'));
  });
});

describe('base64url', () => {
  it('agrees with Node on bytes', () => {
    fc.assert(
      fc.property(bytes, (data) => {
        expect(base64urlEncode(data)).toBe(Buffer.from(data).toString('base64url'));
        expect(base64Encode(data)).toBe(Buffer.from(data).toString('base64'));
        expect(base64urlDecode(base64urlEncode(data))).toEqual(data);
      }),
    );
  });

  it.each([
    ['padding', 'Zg=='],
    ['stray bits after one byte', 'Zh'],
    ['stray bits after two bytes', 'Zm9'.slice(0, 2) + '9'],
    ['an impossible length', 'Zm9vY'],
    ['the alphabet of plain base64', 'a+/b'],
    ['white space', 'Zm 9'],
    ['a character beyond ASCII', 'Zm9é'],
  ])('refuses %s', (_, text) => {
    expect(base64urlDecode(text)).toBeNull();
  });
});

describe('UTF-8', () => {
  it('agrees with Node on every text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        expect(utf8Encode(text)).toEqual(new Uint8Array(new TextEncoder().encode(text)));
        expect(utf8Decode(utf8Encode(text))).toBe(text);
      }),
    );
  });

  it('accepts exactly the bytes that Node accepts, and reads the same', () => {
    const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const read = (data: Uint8Array): string | null => {
      try {
        return strict.decode(data);
      } catch {
        return null;
      }
    };
    const nearText = fc.array(
      fc.constantFrom(0x41, 0x7f, 0x80, 0x9f, 0xa0, 0xbf, 0xc1, 0xc2, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5),
      {
        maxLength: 6,
      },
    );
    fc.assert(
      fc.property(nearText, (data) => expect(utf8Decode(Uint8Array.from(data))).toBe(read(Uint8Array.from(data)))),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['an overlong slash', 'c0af'],
    ['an overlong euro sign', 'f08282ac'],
    ['a surrogate', 'eda080'],
    ['a code point above U+10FFFF', 'f4908080'],
    ['a cut sequence', 'e4bd'],
    ['a lone continuation', '80'],
  ])('refuses %s', (_, hex) => {
    expect(utf8Decode(fromHex(hex))).toBeNull();
  });

  it('does not spell a lone surrogate', () => {
    expect(() => utf8Encode('\ud800')).toThrow(RangeError);
  });
});

describe('runs of bytes', () => {
  it('compares like Node does', () => {
    fc.assert(
      fc.property(bytes, bytes, (one, other) => {
        expect(Math.sign(compareBytes(one, other))).toBe(Buffer.compare(one, other));
        expect(equalBytes(one, other)).toBe(Buffer.compare(one, other) === 0);
        expect(equalBytes(one, Uint8Array.from(one))).toBe(true);
      }),
    );
  });

  it('joins in order', () => {
    expect(concatBytes(fromHex('01'), fromHex(''), fromHex('0203'))).toEqual(fromHex('010203'));
  });
});
