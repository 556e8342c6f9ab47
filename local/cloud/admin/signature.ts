import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { CloudError, unsupported } from '../cloud-error';
import type { JsonObject } from '../database/ejson';
import type { Authorize } from './authorization';

/** Seconds that a signature's time may lie from a clock; the SDK declares the same in X-Signature-Expires. */
const WINDOW_SECONDS = 600;

const AUTHORIZATION = /^TC3-HMAC-SHA256 .*, SignedHeaders=([a-z0-9;-]+), Signature=[0-9a-f]{64}$/;

/** What was signed, beside the body. */
export interface SignedRequest {
  /** The whole address. */
  readonly url: string;
  readonly host: string;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Verifies Tencent's TC3-HMAC-SHA256 request signature by computing it again over the headers that the request says it signed.
 *
 * @param authorize computes it with this environment's credentials
 * @param times what the time is by each clock that a caller may go by, in milliseconds since 1970
 * @throws CloudError SIGN_PARAM_INVALID
 * @see https://cloud.tencent.com/document/api/598/38504
 */
export function verifySignature(
  { url, host, headers }: SignedRequest,
  body: JsonObject,
  authorize: Authorize,
  times: readonly number[],
): void {
  const { authorization = '' } = headers;
  if (authorization.startsWith('Bearer ')) throw unsupported('an access key (Bearer authorization)');
  const signedHeaders = AUTHORIZATION.exec(authorization)?.[1];
  if (signedHeaders === undefined) throw refused('the Authorization header is missing or malformed');
  const timestamp = Number(headers['x-timestamp']);
  const isFresh = times.some((now) => Math.abs(now / 1000 - timestamp) <= WINDOW_SECONDS);
  if (!Number.isSafeInteger(timestamp) || !isFresh) {
    throw refused('the signature has expired or its time is malformed');
  }
  const signed: Record<string, string | string[]> = {};
  for (const name of signedHeaders.split(';')) signed[name] = headers[name] ?? '';
  let expected;
  try {
    expected = authorize({ url, host, headers: signed, params: body, timestamp });
  } catch (error) {
    // The signer names headers and parameters, never their values.
    throw refused(error instanceof Error ? error.message : 'it cannot be computed');
  }
  if (!isSame(authorization, expected)) throw refused('the signature does not match');
}

const SIGNATURE_LENGTH = 64;

/** Nothing but the signature at the end is a secret. */
function isSame(given: string, expected: string): boolean {
  if (given.slice(0, -SIGNATURE_LENGTH) !== expected.slice(0, -SIGNATURE_LENGTH)) return false;
  return timingSafeEqual(signatureOf(given), signatureOf(expected));
}

/** A signature is in hexadecimal digits, so it has as many bytes as characters. */
function signatureOf(authorization: string): Buffer {
  return Buffer.from(authorization.slice(-SIGNATURE_LENGTH), 'latin1');
}

function refused(reason: string): CloudError {
  return new CloudError('SIGN_PARAM_INVALID', `signature refused: ${reason}`);
}
