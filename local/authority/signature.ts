import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Credentials } from './credentials';
import type { Outcome } from './service';

/** Seconds that a request's time may lie from the server's. */
const CLOCK_WINDOW_S = 300;

const authorization =
  /^TC3-HMAC-SHA256 Credential=([^/\s]{1,128})\/(\d{4}-\d{2}-\d{2})\/([a-z0-9-]{1,64})\/tc3_request, ?SignedHeaders=([a-z0-9;-]{1,400}), ?Signature=([0-9a-f]{64})$/;

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

const fault = (code: 'SecretIdNotFound' | 'SignatureExpire' | 'SignatureFailure', message: string): Outcome => ({
  kind: 'error',
  code: `AuthFailure.${code}`,
  message,
});

/** The host without its port: that is what the official client signs. */
const hostname = (host: string): string => host.replace(/:\d+$/, '');

const canonicalHeaders = (names: readonly string[], headers: IncomingHttpHeaders): string =>
  names
    .map((name) => {
      const value = headers[name] ?? '';
      const text = Array.isArray(value) ? value.join(',') : value;
      return `${name}:${(name === 'host' ? hostname(text) : text).trim().toLowerCase()}\n`;
    })
    .join('');

/**
 * Checks a signature of the method TC3-HMAC-SHA256. The service in the credential's scope is the first label of the host, from
 * which the official client takes it. https://www.tencentcloud.com/document/api/1061/36932
 * @param now seconds since 1970
 * @returns the error to answer with, or null where the request is signed by the key pair
 */
export const checkSignature = (
  headers: IncomingHttpHeaders,
  body: Uint8Array,
  credentials: Credentials,
  now: number,
): Outcome | null => {
  const parsed = authorization.exec(headers.authorization ?? '');
  if (!parsed) return fault('SignatureFailure', 'the header Authorization is missing or not of TC3-HMAC-SHA256');
  const [, secretId = '', date = '', scope = '', signedHeaders = '', signature = ''] = parsed;

  const timestamp = headers['x-tc-timestamp'];
  if (typeof timestamp !== 'string' || !/^\d{1,12}$/.test(timestamp)) {
    return fault('SignatureFailure', 'the header X-TC-Timestamp is missing or no count of seconds');
  }
  if (Math.abs(now - Number(timestamp)) > CLOCK_WINDOW_S) {
    return fault('SignatureExpire', 'X-TC-Timestamp lies more than five minutes from the time of the server');
  }
  if (secretId !== credentials.secretId) return fault('SecretIdNotFound', 'no such secret id');

  const names = signedHeaders.split(';');
  const isComplete = ['content-type', 'host'].every((name) => names.includes(name) && headers[name] !== undefined);
  const isDated = date === new Date(Number(timestamp) * 1000).toISOString().slice(0, 10);
  const isScoped = scope === hostname(headers.host ?? '').split('.')[0];
  if (!isComplete || !isDated || !isScoped) {
    return fault('SignatureFailure', 'the scope or the signed headers do not fit the request');
  }

  const canonical = ['POST', '/', '', canonicalHeaders(names, headers), signedHeaders, sha256(body)].join('\n');
  const toSign = ['TC3-HMAC-SHA256', timestamp, `${date}/${scope}/tc3_request`, sha256(canonical)].join('\n');
  const key = hmac(hmac(hmac(`TC3${credentials.secretKey}`, date), scope), 'tc3_request');
  return timingSafeEqual(hmac(key, toSign), Buffer.from(signature, 'hex'))
    ? null
    : fault('SignatureFailure', 'the signature does not fit the request');
};
