/** JSON Web Algorithms: names of the one algorithm and key used here. RFC 7518, May 2015, https://www.rfc-editor.org/rfc/rfc7518 */
export const jwa = {
  /** ECDSA on P-256 with SHA-256 (section 3.1). */
  es256: 'ES256',
  /** Key type of an elliptic curve key (section 6.1). */
  ktyEc: 'EC',
  /** The curve (section 6.2.1.1). */
  crvP256: 'P-256',
} as const;
