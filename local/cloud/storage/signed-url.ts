import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a signature permits. */
export interface Grant {
  readonly operation: 'get' | 'put';
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Signs a grant; the text is safe in a URL and in a header. */
export function signGrant({ operation, path, expiresAt }: Grant, secretKey: string): string {
  const mac = createHmac('sha256', secretKey).update(JSON.stringify(['local-storage', operation, path, expiresAt]));
  return `${String(expiresAt)}.${mac.digest('base64url')}`;
}

/**
 * Verifies a signed grant.
 *
 * @param now milliseconds since 1970
 */
export function verifyGrant(
  signature: string,
  wanted: Pick<Grant, 'operation' | 'path'>,
  secretKey: string,
  now: number,
): 'valid' | 'expired' | 'forged' {
  const expiresAt = Number(signature.split('.')[0]);
  if (!Number.isSafeInteger(expiresAt)) return 'forged';
  const expected = Buffer.from(signGrant({ ...wanted, expiresAt }, secretKey));
  const received = Buffer.from(signature);
  if (expected.length !== received.length || !timingSafeEqual(expected, received)) return 'forged';
  return now < expiresAt ? 'valid' : 'expired';
}
