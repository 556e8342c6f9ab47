/**
 * SD-JWT-based verifiable credentials. draft-ietf-oauth-sd-jwt-vc-11, September 2025,
 * https://datatracker.ietf.org/doc/html/draft-ietf-oauth-sd-jwt-vc-11
 * `status` as by draft-ietf-oauth-status-list, `cnf` as by RFC 7800.
 */
export const sdJwtVc = {
  /** Media type in the header `typ` (section 2.2.1). */
  typ: 'dc+sd-jwt',
} as const;

/** Claims of the JWT itself and of this format: they are always in the open and no person's claim may take their name (section 2.2.2.2). */
export const registeredClaims = [
  'iss',
  'sub',
  'aud',
  'nbf',
  'exp',
  'iat',
  'jti',
  'cnf',
  'vct',
  'vct#integrity',
  'status',
] as const;
