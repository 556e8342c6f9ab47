/** How loudly the service's log speaks of a refusal. */
export type LogLevel = 'info' | 'warn' | 'error';

interface ErrorRow {
  /** HTTP status of the refusal where the reply travels over HTTP (RFC 9110, section 15). */
  readonly http: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 429 | 500 | 503;
  readonly log: LogLevel;
}

/**
 * Every refusal that the service can give. The code is also the key of the words that a screen shows for it
 * (`miniprogram/presenters/guidance`).
 */
export const errorTable = {
  // The request
  request_invalid: { http: 400, log: 'warn' },
  caller_unknown: { http: 401, log: 'warn' },
  not_permitted: { http: 403, log: 'warn' },
  not_found: { http: 404, log: 'info' },
  wrong_step: { http: 409, log: 'info' },
  too_many_requests: { http: 429, log: 'warn' },
  too_many_tries: { http: 429, log: 'warn' },
  internal: { http: 500, log: 'error' },

  // Proofing: the pictures
  consent_missing: { http: 422, log: 'info' },
  file_not_found: { http: 404, log: 'info' },
  not_an_image: { http: 415, log: 'info' },
  picture_too_large: { http: 413, log: 'info' },
  picture_damaged: { http: 422, log: 'info' },
  no_card_found: { http: 422, log: 'info' },
  wrong_side: { http: 422, log: 'info' },
  field_unreadable: { http: 422, log: 'info' },
  portrait_not_found: { http: 422, log: 'info' },
  no_face: { http: 422, log: 'info' },
  several_faces: { http: 422, log: 'info' },
  face_too_small: { http: 422, log: 'info' },
  picture_blurred: { http: 422, log: 'info' },
  not_live: { http: 422, log: 'warn' },

  // Proofing: the facts
  number_check_failed: { http: 422, log: 'warn' },
  fields_disagree: { http: 422, log: 'warn' },
  document_expired: { http: 422, log: 'info' },
  faces_differ: { http: 422, log: 'warn' },
  authority_no_record: { http: 422, log: 'warn' },
  authority_faces_differ: { http: 422, log: 'warn' },
  selfie_unusable: { http: 422, log: 'info' },
  authority_unavailable: { http: 503, log: 'error' },

  // The card
  key_proof_invalid: { http: 422, log: 'warn' },
  identity_has_card: { http: 409, log: 'warn' },
  account_has_card: { http: 409, log: 'info' },
  card_not_active: { http: 409, log: 'info' },
  card_limited: { http: 403, log: 'info' },
  kill_code_mistyped: { http: 422, log: 'info' },
  kill_code_unknown: { http: 404, log: 'warn' },
  document_not_current: { http: 422, log: 'warn' },

  // A guardian's consent
  guardian_needed: { http: 403, log: 'info' },
  guardian_underage: { http: 403, log: 'warn' },
  not_guardian: { http: 403, log: 'warn' },

  // The showing, as the holder hears it
  tier_too_low: { http: 403, log: 'info' },
  counter_needed: { http: 422, log: 'info' },
  step_up_missing: { http: 403, log: 'info' },
  session_over: { http: 422, log: 'info' },
  session_taken: { http: 409, log: 'warn' },
  ask_over: { http: 409, log: 'info' },
  presentation_invalid: { http: 422, log: 'warn' },

  // Step-up: the fingerprint
  fingerprint_invalid: { http: 422, log: 'warn' },
  fingerprint_used: { http: 409, log: 'warn' },
  fingerprint_changed: { http: 409, log: 'warn' },
  fingerprint_not_bound: { http: 409, log: 'info' },
  fingerprint_unavailable: { http: 503, log: 'error' },

  // The code, as the verifier hears it
  code_not_recognised: { http: 422, log: 'warn' },
  code_expired: { http: 422, log: 'info' },
  code_already_used: { http: 409, log: 'warn' },
  suspended: { http: 422, log: 'info' },
  revoked: { http: 422, log: 'warn' },
  expired: { http: 422, log: 'info' },
  purpose_not_registered: { http: 403, log: 'warn' },
  claims_not_granted: { http: 403, log: 'warn' },
  other_terminal: { http: 422, log: 'warn' },
  purpose_mismatch: { http: 422, log: 'info' },

  // Partners and their staff
  serves_partner: { http: 409, log: 'info' },
  credit_code_invalid: { http: 422, log: 'info' },
  beyond_policy: { http: 422, log: 'warn' },
  partner_registered: { http: 409, log: 'warn' },
  invitation_over: { http: 422, log: 'warn' },
  place_taken: { http: 409, log: 'info' },
  last_owner: { http: 409, log: 'info' },
  quota_used: { http: 429, log: 'warn' },

  // Operators
  second_person_needed: { http: 403, log: 'warn' },
  act_differs: { http: 409, log: 'warn' },
  key_still_signing: { http: 409, log: 'info' },
  client_id_taken: { http: 409, log: 'info' },
  key_not_allowed: { http: 422, log: 'info' },
  last_key: { http: 409, log: 'info' },
  address_not_allowed: { http: 422, log: 'info' },

  // Institutions, whose servers call over HTTP
  token_invalid: { http: 401, log: 'warn' },
  proof_invalid: { http: 401, log: 'warn' },
  scope_insufficient: { http: 403, log: 'warn' },
  method_not_allowed: { http: 405, log: 'info' },
  body_too_large: { http: 413, log: 'warn' },
  media_type_unsupported: { http: 415, log: 'info' },
  idempotency_key_reused: { http: 409, log: 'warn' },
  not_in_sandbox: { http: 422, log: 'info' },
} as const satisfies Record<string, ErrorRow>;

/** The closed union of refusal codes. */
export type ErrorCode = keyof typeof errorTable;
