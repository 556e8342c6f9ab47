import type { ErrorCode } from '../../../protocol';

/** How a kind of problem is explained to whoever writes the server that met it. */
interface ProblemRow {
  /** The same for each occurrence (RFC 9457, section 3.1.3). */
  readonly title: string;
  /** What to do about it. */
  readonly detail: string;
}

/** Every refusal that an institution's server can hear. */
export const problemTable = {
  // Who asks
  caller_unknown: {
    title: 'No access token was sent',
    detail: 'Send the header Authorization with the scheme DPoP and an access token, and a proof in the header DPoP.',
  },
  token_invalid: {
    title: 'The access token is not valid',
    detail: 'Ask for a new token. It lives five minutes, and is used with the key that it was asked for with.',
  },
  proof_invalid: {
    title: 'The proof of possession is not valid',
    detail:
      'Sign a new proof for each request: for its method and address without query, with the hash of the token, and by a clock that is right.',
  },
  scope_insufficient: {
    title: 'The access token is for something else',
    detail: 'Ask for a token with the scope that the header WWW-Authenticate names.',
  },

  // The request
  request_invalid: {
    title: 'The request is malformed',
    detail: 'Correct what "at" points to, a JSON Pointer into the body or the name of a header, and send it again.',
  },
  media_type_unsupported: {
    title: 'The body is not JSON',
    detail: 'Send the body as application/json in UTF-8.',
  },
  body_too_large: {
    title: 'The body is too large',
    detail: 'No order needs more than 8 KiB. Send the order alone.',
  },
  method_not_allowed: {
    title: 'The method is not allowed here',
    detail: 'Use one of the methods that the header Allow names.',
  },
  not_found: {
    title: 'There is no such thing of yours',
    detail: 'Compare the address with what you were given. What another client was given looks the same.',
  },
  not_in_sandbox: {
    title: 'The sandbox does not have this',
    detail: 'Leave presentation_nonce out: the sandbox issues no credentials, and answers with claims alone.',
  },
  idempotency_key_reused: {
    title: 'The idempotency key belongs to another request',
    detail: 'Make a new key for each scan, and repeat a request exactly as it was where its reply was lost.',
  },
  wrong_step: {
    title: 'Another call was first',
    detail:
      'Send the same request again; where a look was reported, another answer was given or its ten minutes are over.',
  },
  too_many_requests: {
    title: 'Too many requests',
    detail: 'Wait for as long as the header Retry-After says.',
  },
  internal: {
    title: 'Something failed on our side',
    detail: 'Send the same request again in a moment, under the same idempotency key.',
  },

  // The partner's registration
  purpose_not_registered: {
    title: 'The purpose is not registered',
    detail: 'Ask the operators of the service to register you for the purpose.',
  },
  claims_not_granted: {
    title: 'More claims than granted',
    detail: 'Ask for claims of your registration alone, or leave "claims" out to be told all of them.',
  },
  quota_used: {
    title: "The day's checks are used up",
    detail: 'Go on after midnight in China, or ask the operators of the service for a larger quota.',
  },

  // The code
  code_not_recognised: {
    title: 'The code is none of ours',
    detail: "Scan the QR code of the holder's card again; numbers below it serve tills alone.",
  },
  code_expired: {
    title: 'The code has expired',
    detail: 'Scan again: the phone renews its code every 15 seconds. Use a new idempotency key.',
  },
  code_already_used: {
    title: 'The card was checked with this code already',
    detail: 'Ask the holder to show the card anew, and scan again.',
  },
  purpose_mismatch: {
    title: 'The card is shown for another purpose',
    detail: 'Ask the holder to show the card for your purpose.',
  },
  other_terminal: {
    title: 'The code belongs to another counter',
    detail: 'Send the counter under whose name the session was opened, or open one and have the holder scan it.',
  },
  counter_needed: {
    title: 'The purpose needs a counter that shows its code first',
    detail: 'Open a session of the counter, show its code, and have the holder scan it.',
  },

  // The card
  tier_too_low: {
    title: 'The card is not of the tier that the purpose needs',
    detail: 'The holder has the card raised at a counter of the service, and comes again.',
  },
  suspended: {
    title: 'The card is suspended',
    detail: 'Do not accept it. The holder may resume it and show it again.',
  },
  revoked: { title: 'The card is revoked', detail: 'Do not accept it.' },
  expired: { title: 'The card has expired', detail: 'Do not accept it. The holder renews it and shows it again.' },
} as const satisfies Partial<Record<ErrorCode, ProblemRow>>;

/** A refusal that an institution's server can hear. */
export type ProblemCode = keyof typeof problemTable;

/** All of them. */
export const problemCodes = Object.keys(problemTable) as readonly ProblemCode[]; // keys of a constant

/** Whether a code is one that institutions hear. */
export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(problemTable, code);

/** Below this path the issuer describes each kind of problem. */
export const PROBLEMS_PATH = '/public/problems/';
