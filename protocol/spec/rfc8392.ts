/**
 * CBOR Web Token: claim keys. RFC 8392, May 2018, https://www.rfc-editor.org/rfc/rfc8392 (section 4)
 * Proof-of-possession keys in CWTs. RFC 8747, March 2020, https://www.rfc-editor.org/rfc/rfc8747 (section 3.1)
 */
export const cwtClaim = {
  aud: 3,
  exp: 4,
  iat: 6,
  cti: 7,
  cnf: 8,
} as const;

/** Member of `cnf` that holds a COSE_Key. */
export const cnfCoseKey = 1;
