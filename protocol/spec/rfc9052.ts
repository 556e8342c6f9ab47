/**
 * COSE: structures. RFC 9052, August 2022, https://www.rfc-editor.org/rfc/rfc9052
 * COSE: algorithms and key parameters. RFC 9053, August 2022, https://www.rfc-editor.org/rfc/rfc9053
 */
export const cose = {
  /** CBOR tag of COSE_Sign1 (RFC 9052, table 1). */
  sign1Tag: 18,
  /** First entry of the Sig_structure of COSE_Sign1 (RFC 9052, section 4.4). */
  sign1Context: 'Signature1',
  /** Header parameter `alg` (RFC 9052, section 3.1). */
  alg: 1,
  /** Header parameter `kid` (RFC 9052, section 3.1). */
  kid: 4,
  /** ECDSA with SHA-256 (RFC 9053, section 2.1). */
  es256: -7,
} as const;

/** COSE_Key parameters of an elliptic curve point (RFC 9052, section 7.1; RFC 9053, section 7.1.1). */
export const coseKey = {
  kty: 1,
  ktyEc2: 2,
  crv: -1,
  crvP256: 1,
  x: -2,
  y: -3,
} as const;
