import { createPrivateKey, sign, verify, type JsonWebKey } from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';
import { publicKeyToJwk, type PublicKey } from '../../../protocol';
import { readSigningKey, sha256, verifySignature } from '../../../cloudfunctions/_adapters/crypto/es256';
import { newKeyPair } from '../../support/key-pair';
import { freshKeys } from '../../support/fresh-key';

const pair = newKeyPair();
const message = new TextEncoder().encode('what is signed');
const signature = pair.sign(message);

describe('ES256 by OpenSSL', () => {
  it('takes its own signatures and those of the phone’s library', () => {
    expect(verifySignature(pair.publicKey, message, signature)).toBe(true);
    const secret = p256.utils.randomSecretKey();
    const key = p256.getPublicKey(secret, false) as PublicKey;
    expect(verifySignature(key, message, p256.sign(message, secret))).toBe(true);
    expect(p256.verify(signature, message, pair.publicKey, { lowS: false })).toBe(true);
  });

  it('is false for another message, another key, another form and any one bit changed', () => {
    expect(verifySignature(pair.publicKey, new Uint8Array(), signature)).toBe(false);
    expect(verifySignature(newKeyPair().publicKey, message, signature)).toBe(false);
    for (const hostile of [
      new Uint8Array(),
      new Uint8Array(64),
      signature.slice(1),
      new Uint8Array(65),
      new Uint8Array(2000),
    ]) {
      expect(verifySignature(pair.publicKey, message, hostile)).toBe(false);
    }
    for (let bit = 0; bit < 512; bit += 1) {
      const flipped = Uint8Array.from(signature, (byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      expect(verifySignature(pair.publicKey, message, flipped)).toBe(false);
    }
  });

  it('is false and throws nothing for a key that is none', () => {
    for (const key of [new Uint8Array(), new Uint8Array(65), new Uint8Array(65).fill(4), new Uint8Array(64)]) {
      expect(verifySignature(key as PublicKey, message, signature)).toBe(false);
    }
  });

  it('is false for the same signature in the other form (DER)', () => {
    const key = createPrivateKey({ key: JSON.parse(pair.jwk) as JsonWebKey, format: 'jwk' });
    expect(verifySignature(pair.publicKey, message, sign('sha256', message, key))).toBe(false);
    expect(verifySignature(pair.publicKey, message, sign('sha256', message, { key, dsaEncoding: 'ieee-p1363' }))).toBe(
      true,
    );
  });

  it('takes a key by its content, not by the array that once held it', () => {
    const changing = Uint8Array.from(pair.publicKey) as PublicKey;
    expect(verifySignature(changing, message, signature)).toBe(true);
    changing.set(newKeyPair().publicKey);
    expect(verifySignature(changing, message, signature)).toBe(false);
  });

  it('hashes as FIPS 180-4 says', () => {
    expect(Buffer.from(sha256(new TextEncoder().encode('abc'))).toString('hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});

describe('the issuer’s key', () => {
  it('signs what its public part verifies, under its name', () => {
    const key = readSigningKey(newKeyPair('issuer-7').jwk);
    expect(key.kid).toBe('issuer-7');
    const signed = key.sign(message);
    const jwk = { ...publicKeyToJwk(key.publicKey) };
    expect(verify('sha256', message, { key: jwk, format: 'jwk', dsaEncoding: 'ieee-p1363' }, signed)).toBe(true);
  });

  const jwkOf = (change: object): string => JSON.stringify({ ...(JSON.parse(pair.jwk) as object), ...change });
  const p384 = freshKeys('P-384').privateKey;

  it.each<[string, string]>([
    ['without its private part', jwkOf({ d: undefined })],
    ['without a name', jwkOf({ kid: undefined })],
    ['with an empty name', jwkOf({ kid: '' })],
    ['of another curve', JSON.stringify({ ...p384.export({ format: 'jwk' }), kid: 'k' })],
    ['of another kind', jwkOf({ kty: 'oct' })],
    ['whose point is not on the curve', jwkOf({ x: Buffer.alloc(32, 1).toString('base64url') })],
    ['whose halves do not belong together', jwkOf({ d: (JSON.parse(newKeyPair().jwk) as { d: string }).d })],
    ['that is no JSON', `{"d":"${(JSON.parse(pair.jwk) as { d: string }).d}`],
    ['that quotes itself in the error of JSON', `{"d":${(JSON.parse(pair.jwk) as { d: string }).d}}`],
  ])('is refused %s, and not quoted', (_, jwk) => {
    const { d } = JSON.parse(pair.jwk) as { d: string };
    const quoted = new RegExp(`${d.slice(0, 4)}|${d.slice(-4)}`);
    expect(() => readSigningKey(jwk)).toThrow(/./);
    expect(() => readSigningKey(jwk)).not.toThrow(quoted);
  });
});
