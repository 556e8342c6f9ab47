import type { IncomingMessage } from 'node:http';
import { CloudError } from '../cloud-error';
import type { JsonObject } from '../database/ejson';
import { isJsonObject, parseJson } from '../database/ejson';
import { readBody } from '../server/request-body';

const MAX_BODY_BYTES = 64 * 1024;

/**
 * Refuses what the pages of others send. A browser names their origin, and sends no JSON across origins without asking first, which
 * this server never answers; who changes something must therefore say that it is JSON, whether it has a body or not.
 *
 * @param isPage whether it is the page itself, to which a link of others may lead
 * @throws CloudError PERMISSION_DENIED
 */
export function refuseStranger({ method, headers }: IncomingMessage, isPage: boolean): void {
  // Whatever else a page of another site, or of another port of this machine, has a browser load or open.
  const site = headers['sec-fetch-site'] ?? 'none';
  const isFollowed = isPage && method === 'GET' && headers['sec-fetch-mode'] === 'navigate';
  if (site !== 'none' && site !== 'same-origin' && !isFollowed) {
    throw new CloudError('PERMISSION_DENIED', 'the tools answer no page but their own');
  }
  if (headers.origin !== undefined && headers.origin !== `http://${headers.host ?? ''}`) {
    throw new CloudError('PERMISSION_DENIED', 'the tools answer no page but their own');
  }
  const isJson = /^application\/json(;|$)/.test(headers['content-type'] ?? '');
  if (method !== 'GET' && !isJson) {
    throw new CloudError('PERMISSION_DENIED', 'a change needs the content type application/json');
  }
}

/** The object that a request brings; an empty one where it brings nothing. */
export async function readObject(request: IncomingMessage): Promise<JsonObject> {
  const body = (await readBody(request, MAX_BODY_BYTES)).toString('utf8');
  const json = body === '' ? {} : parseJson(body, 'the request body');
  if (!isJsonObject(json)) throw new CloudError('INVALID_PARAM', 'the request body must be an object');
  return json;
}

/** A whole number of a query string, from 0. */
export function numberOf(url: URL, name: string, fallback = 0, max = Number.MAX_SAFE_INTEGER): number {
  const number = Number(url.searchParams.get(name) ?? fallback);
  if (!Number.isSafeInteger(number) || number < 0 || number > max) {
    throw new CloudError('INVALID_PARAM', `${name} must be a whole number${max < 1e6 ? ` up to ${String(max)}` : ''}`);
  }
  return number;
}
