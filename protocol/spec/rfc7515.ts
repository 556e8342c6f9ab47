/** JSON Web Signature, its compact form. RFC 7515, May 2015, https://www.rfc-editor.org/rfc/rfc7515 */
export const jws = {
  /** Parts header, payload and signature (section 3.1). */
  separator: '.',
} as const;
