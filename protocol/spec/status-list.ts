/**
 * Token Status List, the JWT form. draft-ietf-oauth-status-list-20,
 * https://datatracker.ietf.org/doc/html/draft-ietf-oauth-status-list-20
 */
export const tokenStatusList = {
  /** Media type in the header `typ` (section 5.1). */
  typ: 'statuslist+jwt',
  /** The same where the token travels over HTTP (section 8.2). */
  mediaType: 'application/statuslist+jwt',
  /** Claim of a token that refers to a list, and the member of it that does (section 6.2). */
  status: 'status',
  /** That member, and the claim of the list itself (sections 6.2 and 5.1). */
  statusList: 'status_list',
  /** Bits of each entry in this profile, of the 1, 2, 4 and 8 that the format knows (section 4.1). */
  bits: 2,
} as const;

/** Status types (section 7.1). What is not here has no meaning that a verifier may guess. */
export const statusType = { valid: 0, invalid: 1, suspended: 2 } as const;
