/**
 * Codes that the local CloudBase answers with. The names are those of the real service; where its documentation and the
 * SDK's own tests do not settle one, README.md says so.
 */
export type CloudErrorCode =
  | 'INVALID_PARAM'
  | 'INVALID_ENV'
  | 'INVALID_ACTION'
  | 'SIGN_PARAM_INVALID'
  | 'PERMISSION_DENIED'
  | 'EXCEED_CONCURRENT_REQUEST_LIMIT'
  | 'EXCEED_REQUEST_SIZE_LIMIT'
  | 'DATABASE_REQUEST_FAILED'
  | 'DATABASE_COLLECTION_NOT_EXIST'
  | 'DATABASE_PERMISSION_DENIED'
  | 'DATABASE_TRANSACTION_CONFLICT'
  | 'DATABASE_TRANSACTION_FAIL'
  | 'DATABASE_TIMEOUT'
  | 'STORAGE_FILE_NONEXIST'
  | 'STORAGE_EXCEED_AUTHORITY'
  | 'FUNCTION_NOT_FOUND'
  | 'FUNCTIONS_EXECUTE_FAIL'
  | 'FUNCTIONS_TIME_LIMIT_EXCEEDED'
  | 'FUNCTIONS_MEMORY_LIMIT_EXCEEDED'
  | 'SYS_ERR';

/**
 * A refusal that the caller is told about. It is thrown anywhere below the HTTP edge and turned into an answer there;
 * any other error is a defect of this server and is answered as SYS_ERR without its text.
 */
export class CloudError extends Error {
  override readonly name = 'CloudError';
  readonly code: CloudErrorCode;

  constructor(code: CloudErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** A request that asks for something which this server does not do: refused by name, never approximated. */
export function unsupported(what: string): CloudError {
  return new CloudError('INVALID_PARAM', `${what} is not supported by the local CloudBase`);
}
