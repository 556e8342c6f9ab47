import type { ErrorCode, Refusal } from '../../../protocol';
import { isProblemCode, problemTable } from '../runtime/problem-table';
import { errors } from './library';

/**
 * A closed code, and what to do about it. OAuth allows no quotation marks (RFC 6749, section 5.2).
 * @returns the code first, for programs to decide by
 */
export const wordsOf = (code: ErrorCode, otherwise: string): string =>
  `${code}: ${(isProblemCode(code) ? problemTable[code].detail : otherwise).replaceAll('"', "'")}`;

/** Too many calls: a code of CIBA's (Core 1.0, section 11) that clients wait upon, with the status that HTTP has for it. */
export const slowDown = (): InstanceType<typeof errors.SlowDown> => {
  const error = new errors.SlowDown(wordsOf('too_many_requests', ''));
  return Object.assign(error, { status: 429, statusCode: 429 });
};

/** What the library is to throw where an institution may not ask this. */
export const refusedAsk = ({ code }: Refusal): Error =>
  code === 'too_many_requests' ? slowDown() : new errors.AccessDenied(wordsOf(code, 'the request is not granted'));
