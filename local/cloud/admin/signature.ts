import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { sign } from '@cloudbase/signature-nodejs';
import { CloudError, unsupported } from '../cloud-error';
import type { JsonObject } from '../database/ejson';
import type { Credentials } from '../credentials';

/** Seconds that a signature's time may lie from a clock; the SDK declares the same in X-Signature-Expires. */
const WINDOW_SECONDS = 600;

/** What was signed, beside the body. */
export interface SignedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Verifies Tencent's TC3-HMAC-SHA256 request signature by computing it again with the vendor's own signer over the
 * headers that the request says it signed.
 *
 * @param times what the time is by each clock that a caller may go by, in milliseconds since 1970
 * @throws CloudError SIGN_PARAM_INVALID
 * @see https://cloud.tencent.com/document/api/598/38504
 */
export function verifySignature(
  request: SignedRequest,
  body: JsonObject,
  credentials: Credentials,
  times: readonly number[],
): void {
  const { authorization = '' } = request.headers;
  if (authorization.startsWith('Bearer ')) throw unsupported('an access key (Bearer authorization)');
  const signedHeaders = /^TC3-HMAC-SHA256 .*, SignedHeaders=([a-z0-9;-]+), Signature=[0-9a-f]{64}$/.exec(
    authorization,
  )?.[1];
  if (signedHeaders === undefined) throw refused('the Authorization header is missing or malformed');
  const timestamp = Number(request.headers['x-timestamp']);
  const isFresh = times.some((now) => Math.abs(now / 1000 - timestamp) <= WINDOW_SECONDS);
  if (!Number.isSafeInteger(timestamp) || !isFresh) {
    throw refused('the signature has expired or its time is malformed');
  }
  const headers = Object.fromEntries(signedHeaders.split(';').map((name) => [name, request.headers[name] ?? '']));
  // The signer folds the case of names, so two names that fold together could stand for one signed value.
  const names = Object.keys(body).map((name) => name.toLowerCase().trim());
  if (new Set(names).size !== names.length) throw refused('two parameters differ in case only');
  if (!sameText(authorization, expectedAuthorization(request, headers, body, credentials, timestamp))) {
    throw refused('the signature does not match');
  }
}

function expectedAuthorization(
  request: SignedRequest,
  headers: Record<string, string | string[]>,
  params: JsonObject,
  credentials: Credentials,
  timestamp: number,
): string {
  try {
    return sign({
      ...credentials,
      method: request.method.toLowerCase(),
      url: request.url,
      headers,
      params,
      timestamp,
      withSignedParams: true,
    }).authorization;
  } catch {
    throw refused('the host and content-type headers must be signed');
  }
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function refused(reason: string): CloudError {
  return new CloudError('SIGN_PARAM_INVALID', `signature refused: ${reason}`);
}
