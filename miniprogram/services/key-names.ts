import { sha256 } from '../platform/hash';
import { jwkThumbprint, readPublicJwk, type InstitutionJwk } from '../protocol';

/** The thumbprint of a public key (RFC 7638); empty for what is no key. */
export const nameKey = (jwk: InstitutionJwk): string => {
  const key = readPublicJwk(jwk);
  return key ? jwkThumbprint(key, sha256) : '';
};
