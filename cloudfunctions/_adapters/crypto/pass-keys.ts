import { createPass, instant, passKeyName, publicKeyFromJwk, type PassKey } from '../../../protocol';
import type { Now } from '../../_core/ambient-ports';
import type { IssuePass } from '../../_core/pass/pass-ports';
import { sha256 } from './es256';
import type { IssuerKeys, PublicIssuerKeys } from './issuer-keys';

/** Signs passes with the key that the issuer signs with at that time. */
export const createPassIssuer =
  (keys: Pick<IssuerKeys, 'signing'>, now: Now): IssuePass =>
  (content) => {
    const { publicKey, sign } = keys.signing(now());
    return createPass(content, { issuerKey: publicKey, sign, sha256 });
  };

/** The issuer's keys that are believed now or will be, by the names that passes give them; one that is compromised is none of them. */
export const createPassKeys =
  (keys: Pick<PublicIssuerKeys, 'published'>, now: Now) => (): ReadonlyMap<string, PassKey> =>
    new Map(
      keys.published(now()).map((jwk) => {
        const key = publicKeyFromJwk(jwk);
        const [notBefore, notAfter] = [instant(jwk.nbf * 1000), instant(jwk.exp * 1000)];
        return [passKeyName(key, sha256), { key, notBefore, notAfter }];
      }),
    );
