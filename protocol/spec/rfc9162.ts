/** Certificate Transparency 2.0, of which the Merkle tree is used here. RFC 9162, December 2021, https://www.rfc-editor.org/rfc/rfc9162 */
export const merkleTree = {
  /** First byte of what is hashed to a leaf (section 2.1.1). */
  leafPrefix: 0x00,
  /** First byte of what is hashed to an inner node (section 2.1.1). */
  nodePrefix: 0x01,
  /** Bytes of a SHA-256 hash. */
  hashLength: 32,
} as const;
