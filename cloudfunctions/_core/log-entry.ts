import type { CodeFault, ErrorCode, PassFault, SetError } from '../../protocol';

/**
 * Everything that the service's log can say: a closed union, so that no entry can carry a name, a number, a picture or an
 * account. Figures are measurements without a person beside them.
 */
export type LogEntry =
  | { readonly event: 'CALL_STARTED'; readonly function: string; readonly action: string }
  | {
      readonly event: 'CALL_COMPLETED';
      readonly function: string;
      readonly action: string;
      /** The status of HTTP, where that is what was answered. */
      readonly status?: number;
      readonly ms: number;
    }
  | {
      readonly event: 'CALL_REFUSED';
      readonly function: string;
      readonly action: string;
      readonly code: ErrorCode;
      readonly ms: number;
    }
  | {
      readonly event: 'JOB_COMPLETED';
      readonly function: string;
      readonly action: string;
      readonly count: number;
      readonly ms: number;
    }
  /** A partner's server was refused by OAuth; `error` is the protocol's own code, or `none_presented`. Which server, nobody has proved. */
  | { readonly event: 'ACCESS_REFUSED'; readonly function: string; readonly at: string; readonly error: string }
  /** `fault` is the name of the error's class, its code and where it was thrown: never its message, which may quote data. */
  | { readonly event: 'CALL_FAILED'; readonly function: string; readonly action: string; readonly fault: string }
  | { readonly event: 'SIDE_READ'; readonly kind: string; readonly bytes: number; readonly ms: number }
  | {
      readonly event: 'SELFIE_MEASURED';
      readonly eyeDistance: number;
      readonly sharpness: number;
      readonly live: number;
      readonly ms: number;
    }
  | { readonly event: 'FACE_COMPARED'; readonly similarity: number; readonly band: string }
  | { readonly event: 'AUTHORITY_ANSWERED'; readonly kind: string; readonly similarity: number | null }
  /** `code`: the authority's own error code, or `transport`, `malformed_answer`. */
  | { readonly event: 'AUTHORITY_FAULT'; readonly code: string }
  | { readonly event: 'CODE_REFUSED'; readonly reason: CodeFault }
  | { readonly event: 'PASS_REFUSED'; readonly reason: PassFault }
  /** A checkpoint of the event log was signed. */
  | { readonly event: 'LOG_PUBLISHED'; readonly size: number }
  /** The event log does not go on from its last checkpoint: somebody changed what is stored. Nothing is signed any more. */
  | { readonly event: 'LOG_INCONSISTENT'; readonly from: number; readonly to: number }
  | { readonly event: 'FINGERPRINT_REFUSED'; readonly reason: FingerprintFault }
  /** WeChat's own error code, or the SDK's, or `transport`, `malformed_answer`. */
  | { readonly event: 'SOTER_FAULT'; readonly code: string }
  /** A message was not sent, and will be tried again; `code` as above. */
  | { readonly event: 'MESSAGE_FAULT'; readonly code: string }
  /** A partner's server did not take a notice, and will be asked again; `client` is the server's registered name, and no person's. */
  | { readonly event: 'NOTICE_FAULT'; readonly client: string; readonly fault: NoticeFault }
  /** It answered that it does not want it. */
  | { readonly event: 'NOTICE_REFUSED'; readonly client: string; readonly error: NoticeRefusal }
  /** It took none for three days. */
  | { readonly event: 'NOTICE_DROPPED'; readonly client: string };

/** Why a fingerprint was not accepted: the log's own words, finer than what the phone hears. */
export type FingerprintFault =
  'malformed' | 'other_challenge' | 'forged' | 'unavailable' | 'other_finger' | 'counter_not_grown';

/** Why a notice did not arrive: what the address is, what became of the connection, or the class of the reply's status. */
export type NoticeFault =
  | 'address_not_allowed'
  | 'name_unknown'
  | 'address_not_public'
  | 'unreachable'
  | 'certificate'
  | 'too_slow'
  | 'redirected'
  | 'status_2xx'
  | 'status_4xx'
  | 'status_5xx'
  | 'malformed';

/** Why a server refuses a notice: by its own word, where that is one of the protocol's. */
export type NoticeRefusal = SetError | 'other';
