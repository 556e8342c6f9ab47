import { createPublicKey } from 'node:crypto';
import {
  base64urlEncode,
  jwkThumbprint,
  publicKey,
  publicKeyFromBase64url,
  publicKeyFromJwk,
  publicKeyToBase64url,
  publicKeyToJwk,
} from '../../../protocol';
import { cborDecode } from '../../../protocol/cbor/cbor-decode';
import { cborEncode } from '../../../protocol/cbor/cbor-encode';
import type { CborValue } from '../../../protocol/cbor/cbor-value';
import { publicKeyFromCoseKey, publicKeyToCoseKey } from '../../../protocol/key/cose-key';
import { flipBit, fromHex, keyPair, sha256, toHex } from './support';
import { freshKeys } from '../../support/fresh-key';

// RFC 9449, section 6.1: a key and its thumbprint
const published = {
  kty: 'EC',
  crv: 'P-256',
  x: 'l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs',
  y: '9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA',
};

describe('public keys', () => {
  it('keeps a key through every form', () => {
    const { key } = keyPair();
    expect(publicKeyFromJwk(publicKeyToJwk(key))).toEqual(key);
    expect(publicKeyFromBase64url(publicKeyToBase64url(key))).toEqual(key);
    expect(publicKeyFromCoseKey(publicKeyToCoseKey(key))).toEqual(key);
  });

  it('gives OpenSSL the JWK that it gave', () => {
    const made = freshKeys().publicKey;
    const jwk = publicKeyToJwk(publicKeyFromJwk(made.export({ format: 'jwk' })));
    expect(createPublicKey({ key: { ...jwk }, format: 'jwk' }).equals(made)).toBe(true);
  });

  it('names a key by the thumbprint of RFC 7638', () => {
    expect(jwkThumbprint(publicKeyFromJwk(published), sha256)).toBe('0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I');
    expect(jwkThumbprint(publicKeyFromJwk({ kid: 'other', use: 'sig', ...published }), sha256)).toBe(
      '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I',
    );
  });

  it('writes a COSE_Key of exactly four parameters', () => {
    const key = publicKeyFromJwk(published);
    const { x, y } = { x: toHex(key.slice(1, 33)), y: toHex(key.slice(33)) };
    expect(toHex(cborEncode(publicKeyToCoseKey(key)))).toBe(`a401022001215820${x}225820${y}`);
  });

  it('takes no point off the curve, and none in another form', () => {
    const { key } = keyPair();
    for (let bit = 0; bit < key.length * 8; bit += 1) {
      expect(() => publicKey(flipBit(key, bit))).toThrow(RangeError);
    }
  });

  it('takes a coordinate below the prime, and not the same above it', () => {
    const x = '0000000000000000000000000000000000000000000000000000000000000000';
    const xAndPrime = 'ffffffff00000001000000000000000000000000ffffffffffffffffffffffff';
    const y = '66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4';
    expect(toHex(publicKey(fromHex(`04${x}${y}`)))).toBe(`04${x}${y}`);
    expect(() => publicKey(fromHex(`04${xAndPrime}${y}`))).toThrow(RangeError);
    const above = '8d0177ebab9c6e9e10db6dd095dbac0d6375e8a97b70f611875d877f0069d2c7';
    const one = '1'.padStart(64, '0');
    const oneAndPrime = 'ffffffff00000001000000000000000000000001000000000000000000000000';
    expect(toHex(publicKey(fromHex(`04${above}${one}`)))).toBe(`04${above}${one}`);
    expect(() => publicKey(fromHex(`04${above}${oneAndPrime}`))).toThrow(RangeError);
  });

  it('takes a coordinate with leading zeros whole, and not without them', () => {
    const x = '0001000000000000000000000000000000000000000000000000000000000004';
    const y = '82e454c14db62e85da9e9f4def99a76f19e32928c14e8a17f5fd3aaf62dfcc85';
    const [tall, flat] = ['8d0177ebab9c6e9e10db6dd095dbac0d6375e8a97b70f611875d877f0069d2c7', '1'.padStart(64, '0')];
    const inBase64url = (hex: string): string => base64urlEncode(fromHex(hex));
    const jwkOf = (one: string, other: string) => ({ ...published, x: inBase64url(one), y: inBase64url(other) });
    const coseKeyOf = (one: string, other: string) =>
      new Map([...publicKeyToCoseKey(keyPair().key), [-2, fromHex(one)], [-3, fromHex(other)]]);
    for (const [one, other] of [
      [x, y],
      [tall, flat],
    ] as const) {
      expect(toHex(publicKeyFromJwk(jwkOf(one, other)))).toBe(`04${one}${other}`);
      expect(publicKeyFromCoseKey(coseKeyOf(one, other))).toEqual(fromHex(`04${one}${other}`));
    }
    for (const [one, other] of [
      [x.slice(2), y],
      [`00${x}`, y],
      [tall, flat.slice(2)],
      [tall, `00${flat}`],
    ] as const) {
      expect(() => publicKeyFromJwk(jwkOf(one, other))).toThrow(RangeError);
      expect(publicKeyFromCoseKey(coseKeyOf(one, other))).toBeNull();
      expect(() => publicKey(fromHex(`04${one}${other}`))).toThrow(RangeError);
    }
    // Both together are 64 bytes.
    expect(() => publicKeyFromJwk(jwkOf(`${tall}00`, flat.slice(2)))).toThrow(RangeError);
  });

  it.each([
    ['nothing', ''],
    ['a compressed point', `02${'11'.repeat(32)}`],
    ['the point at infinity', '00'],
    ['the origin', `04${'00'.repeat(64)}`],
    ['a coordinate above the prime', `04${'ff'.repeat(32)}${'11'.repeat(32)}`],
  ])('takes no key from %s', (_, hex) => {
    expect(() => publicKey(fromHex(hex))).toThrow(RangeError);
    expect(() => publicKeyFromBase64url(base64urlEncode(fromHex(hex)))).toThrow(RangeError);
  });

  it.each([
    ['another curve', { ...published, crv: 'P-384' }],
    ['another type', { ...published, kty: 'OKP' }],
    ['no y', { ...published, y: undefined }],
    ['a padded x', { ...published, x: `${published.x}=` }],
    ['a number as x', { ...published, x: 5 }],
    ['a number as y', { ...published, y: 5 }],
    ['a short x', { ...published, x: 'AQ' }],
    ['exchanged coordinates', { ...published, x: published.y, y: published.x }],
    ['null', null],
    ['a text', 'key'],
  ])('takes no key from a JWK with %s', (_, jwk) => {
    expect(() => publicKeyFromJwk(jwk)).toThrow(RangeError);
  });

  it('takes no COSE_Key with a fifth parameter, of another kind or curve, nor with a text for a coordinate', () => {
    const coseKey = publicKeyToCoseKey(keyPair().key);
    expect(publicKeyFromCoseKey(new Map([...coseKey, [3, -7]]))).toBeNull();
    expect(publicKeyFromCoseKey(new Map([...coseKey, [-1, 2]]))).toBeNull();
    expect(publicKeyFromCoseKey(new Map([...coseKey, [1, 1]]))).toBeNull();
    expect(publicKeyFromCoseKey(undefined)).toBeNull();
    const text = 'a'.repeat(32);
    expect(publicKeyFromCoseKey(new Map<number | string, CborValue>([...coseKey, [-2, text]]))).toBeNull();
    expect(publicKeyFromCoseKey(new Map<number | string, CborValue>([...coseKey, [-3, text]]))).toBeNull();
    expect(cborDecode(cborEncode(coseKey))).toEqual({ ok: true, value: coseKey });
  });

  it('keeps its own copy of the bytes', () => {
    const bytes = Uint8Array.from(keyPair().key);
    const key = publicKey(bytes);
    bytes.fill(0);
    expect(key).not.toEqual(bytes);
  });
});
