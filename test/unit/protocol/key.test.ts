import { createPublicKey, generateKeyPairSync } from 'node:crypto';
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
import { publicKeyFromCoseKey, publicKeyToCoseKey } from '../../../protocol/key/cose-key';
import { flipBit, fromHex, keyPair, sha256, toHex } from './support';

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
    const made = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
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

  it('takes no point off the curve', () => {
    const { key } = keyPair();
    for (let bit = 8; bit < key.length * 8; bit += 1) {
      expect(() => publicKey(flipBit(key, bit))).toThrow(RangeError);
    }
  });

  it('takes a coordinate below the prime, and not the same above it', () => {
    const x = '0000000000000000000000000000000000000000000000000000000000000000';
    const xAndPrime = 'ffffffff00000001000000000000000000000000ffffffffffffffffffffffff';
    const y = '66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4';
    expect(toHex(publicKey(fromHex(`04${x}${y}`)))).toBe(`04${x}${y}`);
    expect(() => publicKey(fromHex(`04${xAndPrime}${y}`))).toThrow(RangeError);
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
    ['a short x', { ...published, x: 'AQ' }],
    ['exchanged coordinates', { ...published, x: published.y, y: published.x }],
    ['null', null],
    ['a text', 'key'],
  ])('takes no key from a JWK with %s', (_, jwk) => {
    expect(() => publicKeyFromJwk(jwk)).toThrow(RangeError);
  });

  it('takes no COSE_Key with a fifth parameter, nor with another curve', () => {
    const coseKey = publicKeyToCoseKey(keyPair().key);
    expect(publicKeyFromCoseKey(new Map([...coseKey, [3, -7]]))).toBeNull();
    expect(publicKeyFromCoseKey(new Map([...coseKey, [-1, 2]]))).toBeNull();
    expect(publicKeyFromCoseKey(undefined)).toBeNull();
    expect(cborDecode(cborEncode(coseKey))).toEqual({ ok: true, value: coseKey });
  });

  it('keeps its own copy of the bytes', () => {
    const bytes = Uint8Array.from(keyPair().key);
    const key = publicKey(bytes);
    bytes.fill(0);
    expect(key).not.toEqual(bytes);
  });
});
