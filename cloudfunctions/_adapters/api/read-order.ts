import type { HttpRequest } from '../runtime/http-event';
import type { Validator } from '../runtime/serve';
import { done, refuse, type Result } from '../../_core/result';

/** The largest body that is read, in bytes. */
const BODY_MAX = 8192;

const isJson = ({ headers }: HttpRequest): boolean =>
  /^application\/json\s*(?:;\s*charset=(?:utf-8|"utf-8")\s*)?$/i.test(headers.get('content-type') ?? '');

/** What the body says, or undefined where it is no JSON. */
const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

/**
 * The order in a request's body.
 * Refuses `media_type_unsupported`, `body_too_large`, and `request_invalid` with the place of the first fault.
 */
export const readOrder = <Order>(validator: Validator<Order>, request: HttpRequest): Result<Order> => {
  if (!isJson(request)) return refuse('media_type_unsupported');
  if (Buffer.byteLength(request.body) > BODY_MAX) return refuse('body_too_large');
  const order = parsed(request.body);
  // The schema's own names alone: an unknown property is told by the place that it stands in.
  return validator(order)
    ? done(order)
    : refuse('request_invalid', { at: (validator.errors?.[0]?.instancePath ?? '').slice(0, 200) });
};

/**
 * The key by which a repeated order is known, with or without the quotes of a structured field (RFC 8941, section 3.3.3).
 * Refuses `request_invalid`.
 */
export const readIdempotencyKey = ({ headers }: HttpRequest): Result<string> => {
  const [, quoted, bare] = /^(?:"([\w.:-]{16,64})"|([\w.:-]{16,64}))$/.exec(headers.get('idempotency-key') ?? '') ?? [];
  const key = quoted ?? bare;
  return key === undefined ? refuse('request_invalid', { at: 'Idempotency-Key' }) : done(key);
};
