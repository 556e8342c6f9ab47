/** Security Event Tokens. RFC 8417, July 2018, https://www.rfc-editor.org/rfc/rfc8417 */
export const securityEventToken = {
  /** The header `typ` (section 2.3). */
  typ: 'secevent+jwt',
  /** As a media type (section 7.2); push delivery sends it (RFC 8935, section 2.1). */
  mediaType: 'application/secevent+jwt',
} as const;

/** Why a recipient refuses one. RFC 8935, section 2.4; IANA, Security Event Token Error Codes. */
export const setErrors = [
  'invalid_request',
  'invalid_key',
  'invalid_issuer',
  'invalid_audience',
  'authentication_failed',
  'access_denied',
] as const;
export type SetError = (typeof setErrors)[number];
