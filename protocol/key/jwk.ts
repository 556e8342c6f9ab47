import { base64urlDecode, base64urlEncode } from '../bytes/base64';
import { utf8Encode } from '../bytes/utf8';
import type { Sha256 } from '../crypto';
import { jwa } from '../spec/rfc7518';
import { coordinates, readPoint, type PublicKey } from './public-key';

/** A P-256 public key as a JSON Web Key (RFC 7518, section 6.2.1). */
export interface PublicJwk {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  /** base64url of 32 bytes. */
  readonly x: string;
  /** base64url of 32 bytes. */
  readonly y: string;
}

/** A key as a JWK, its members in the order of RFC 7638. */
export const publicKeyToJwk = (key: PublicKey): PublicJwk => {
  const { x, y } = coordinates(key);
  return { crv: jwa.crvP256, kty: jwa.ktyEc, x: base64urlEncode(x), y: base64urlEncode(y) };
};

/** Reads the public key of a JWK of anybody's making. @returns null where it has no P-256 public key */
export const readPublicJwk = (jwk: unknown): PublicKey | null => {
  if (typeof jwk !== 'object' || jwk === null) return null;
  const { kty, crv, x, y }: Readonly<Partial<Record<keyof PublicJwk, unknown>>> = jwk;
  if (kty !== jwa.ktyEc || crv !== jwa.crvP256 || typeof x !== 'string' || typeof y !== 'string') return null;
  const point = { x: base64urlDecode(x), y: base64urlDecode(y) };
  return point.x && point.y && readPoint(point.x, point.y);
};

/** The public key of a JWK, as keys stand in configurations. @throws RangeError where it has no P-256 public key */
export const publicKeyFromJwk = (jwk: unknown): PublicKey => {
  const key = readPublicJwk(jwk);
  if (!key) throw new RangeError('not a P-256 public key');
  return key;
};

/** Thumbprint of a key, its name wherever a `kid` is derived: base64url of SHA-256 (RFC 7638). */
export const jwkThumbprint = (key: PublicKey, sha256: Sha256): string => {
  // The required members alone, in lexicographic order, without white space (RFC 7638, section 3).
  const { crv, kty, x, y } = publicKeyToJwk(key);
  return base64urlEncode(sha256(utf8Encode(JSON.stringify({ crv, kty, x, y }))));
};
