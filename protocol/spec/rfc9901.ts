/** Selective disclosure for JWTs. RFC 9901, November 2025, https://www.rfc-editor.org/rfc/rfc9901 */
export const sdJwt = {
  /** Ends the JWT and each disclosure (section 4). */
  separator: '~',
  /** Digests of an object's disclosable members (section 4.2.4.1). */
  digests: '_sd',
  /** Hash algorithm of the digests (section 4.1.1). */
  hashName: '_sd_alg',
  /** SHA-256 by its name in the IANA registry of named information hash algorithms. */
  sha256: 'sha-256',
  /** Digest of a disclosable array element (section 4.2.4.2). */
  arrayElement: '...',
  /** Least length of a salt in bytes (section 9.3). */
  saltLength: 16,
  /** Media type of a key binding in its header `typ` (section 4.3). */
  keyBindingTyp: 'kb+jwt',
  /** In a key binding: digest of everything before it (section 4.3.1). */
  presentedHash: 'sd_hash',
} as const;
