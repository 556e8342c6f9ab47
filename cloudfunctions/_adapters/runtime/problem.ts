import { errorTable, type ProblemDetails, type Refusal } from '../../../protocol';
import type { HttpReply } from './http-event';
import { isProblemCode, PROBLEMS_PATH, problemTable, type ProblemCode } from './problem-table';

/** What every answer to an institution's server has: none of it is to be kept by a cache, or taken for another type. */
export const privateHeaders = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const;

/** How long to wait for the next window of a rate limit, in seconds. */
export const RETRY_SECONDS = '60';

/** What is the same of every problem of a kind. @param issuer below whose address the kinds are described */
export const problemOf = (issuer: string, code: ProblemCode): Omit<ProblemDetails, 'at' | 'until'> => ({
  type: `${issuer}${PROBLEMS_PATH}${code}`,
  ...problemTable[code],
  status: errorTable[code].http,
  code,
});

/**
 * A refusal as problem details (RFC 9457). One that no institution may hear is told as `internal`.
 * @param issuer as for `problemOf`
 */
export const problemReply = (
  issuer: string,
  refusal: Refusal,
  headers: Readonly<Record<string, string>> = {},
): HttpReply => {
  const code = isProblemCode(refusal.code) ? refusal.code : 'internal';
  const { at, until } = code === refusal.code ? refusal : {};
  const problem: ProblemDetails = {
    ...problemOf(issuer, code),
    ...(at !== undefined && { at }),
    ...(until !== undefined && { until }),
  };
  return {
    statusCode: problem.status,
    headers: {
      ...privateHeaders,
      'content-type': 'application/problem+json; charset=utf-8',
      ...(code === 'too_many_requests' && { 'retry-after': RETRY_SECONDS }),
      ...headers,
    },
    body: JSON.stringify(problem),
  };
};
