import { createPass, instant, passKeyName, publicKeyFromJwk, type Instant, type PassKey } from '../../../protocol';
import type { Now } from '../../_core/ambient-ports';
import type { IssuePass } from '../../_core/pass/pass-ports';
import { sha256 } from './es256';
import type { IssuerKeys, PublicIssuerKeys } from './issuer-keys';

/** Signs passes with the issuer's key of the moment, which may be younger than the rounded time that a pass tells. */
export const createPassIssuer =
  (keys: IssuerKeys, now: Now): IssuePass =>
  (content) => {
    const { publicKey, sign } = keys.signing(now());
    return createPass(content, { issuerKey: publicKey, sign, sha256 });
  };

/**
 * The issuer's published keys by the names that passes give them, each with the time in which it is good: a compromised one is not
 * among them.
 */
export const passKeysOf = (keys: PublicIssuerKeys, now: Instant): ReadonlyMap<string, PassKey> =>
  new Map(
    keys.published(now).map((jwk) => {
      const key = publicKeyFromJwk(jwk);
      return [passKeyName(key, sha256), { key, notBefore: instant(jwk.nbf * 1000), notAfter: instant(jwk.exp * 1000) }];
    }),
  );
