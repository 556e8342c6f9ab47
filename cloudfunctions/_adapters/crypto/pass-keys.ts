import { createPass, instant, passKeyName, publicKeyFromJwk, type Instant, type PassKey } from '../../../protocol';
import type { IssuePass } from '../../_core/pass/pass-ports';
import { readPublicKeys, sha256, type SigningKey } from './es256';

/** Signs passes with the issuer's key. */
export const createPassIssuer =
  ({ publicKey, sign }: SigningKey): IssuePass =>
  (content) =>
    createPass(content, { issuerKey: publicKey, sign, sha256 });

/** Seconds since 1970, as JWTs and the keys of OpenID Federation tell times. */
const timeOf = (seconds: unknown): Instant | null => (typeof seconds === 'number' ? instant(seconds * 1000) : null);

/**
 * The issuer's published keys by the names that passes give them. A key is good from its `nbf` to its `exp`, in seconds since 1970,
 * where it tells them.
 * @param jwks JSON of a JWK set (RFC 7517)
 * @throws Error where it is none, or one of its keys is no P-256 public key
 */
export const readPassKeys = (jwks: string): ReadonlyMap<string, PassKey> =>
  new Map(
    readPublicKeys(jwks).map((jwk) => {
      const key = publicKeyFromJwk(jwk);
      return [passKeyName(key, sha256), { key, notBefore: timeOf(jwk['nbf']), notAfter: timeOf(jwk['exp']) }];
    }),
  );
