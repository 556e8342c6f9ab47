import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import {
  publicKeyFromJwk,
  publicKeyToJwk,
  type PublicKey,
  type Sha256,
  type Sign,
  type VerifySignature,
} from '../../../protocol';

const encoding = 'ieee-p1363';

/**
 * A public key for OpenSSL. None is kept: importing costs as much as verifying, so a key that is known from before would tell an
 * unknown showing from a bad signature by the clock.
 */
const importKey = (key: PublicKey): KeyObject =>
  createPublicKey({ key: publicKeyToJwk(key) as JsonWebKey, format: 'jwk' });

/** ES256 (RFC 7518, section 3.4) by OpenSSL: false for anything that is no signature of that key over that message. */
export const verifySignature: VerifySignature = (key, message, signature) => {
  try {
    return verify('sha256', message, { key: importKey(key), dsaEncoding: encoding }, signature);
  } catch {
    return false;
  }
};

export const sha256: Sha256 = (data) => createHash('sha256').update(data).digest();

/** A signing key of the issuer. */
export interface SigningKey {
  readonly kid: string;
  readonly publicKey: PublicKey;
  readonly sign: Sign;
}

/** JSON of a key. Its own error would quote what it stumbled over. */
const parseKey = (jwk: string): JsonWebKey & { kid?: string } => {
  try {
    return JSON.parse(jwk) as JsonWebKey & { kid?: string };
  } catch {
    throw new Error('the signing key is no JSON');
  }
};

/**
 * Reads a private P-256 key.
 * @param jwk JSON of a JWK (RFC 7517) with `kid`
 * @throws Error where it is no such key, or its two parts do not belong together; the message does not quote it
 */
export const readSigningKey = (jwk: string): SigningKey => {
  const parsed = parseKey(jwk);
  if (parsed.kty !== 'EC' || parsed.crv !== 'P-256' || !parsed.d || !parsed.kid) {
    throw new Error('the signing key must be a private P-256 JWK with a kid');
  }
  const key = createPrivateKey({ key: parsed, format: 'jwk' });
  const publicKey = publicKeyFromJwk(parsed);
  const signWith: Sign = (message) => sign('sha256', message, { key, dsaEncoding: encoding });
  // OpenSSL takes a private part beside a foreign point; whatever it signed, nobody could verify.
  const probe = new Uint8Array(32);
  if (!verifySignature(publicKey, probe, signWith(probe))) throw new Error('the two parts of the signing key differ');
  return { kid: parsed.kid, publicKey, sign: signWith };
};

/** A public key whose private half nobody kept: whatever is checked against it fails, and takes as long as any check. */
export const createDecoyKey = (): PublicKey => {
  const { publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  });
  return publicKeyFromJwk(createPublicKey({ key: publicKey, type: 'spki', format: 'der' }).export({ format: 'jwk' }));
};
