import { randomUUID } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Resources, Route } from '../../../cloudfunctions/resources';
import { refusalOf } from '../admin/handler';
import { CloudError } from '../cloud-error';
import type { Json } from '../database/ejson';
import { isJsonObject } from '../database/ejson';
import type { Functions } from '../functions/invoker';
import { noteRefusal } from '../server/outcome';
import { reply, replyJson } from '../server/reply';
import { readBody } from '../server/request-body';

/** Headers that belong to one connection and that a function cannot set. */
const CONNECTION_HEADERS = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** HTTP status of a refusal; any other one is the function's failure. */
const FAILURE_STATUS: Partial<Record<string, number>> = {
  INVALID_PARAM: 400,
  PERMISSION_DENIED: 403,
  EXCEED_REQUEST_SIZE_LIMIT: 413,
  EXCEED_CONCURRENT_REQUEST_LIMIT: 429,
};

/** The declared route of a path: the longest one that is the path or a parent of it. */
export function routeOf(path: string, resources: Resources): Route | undefined {
  return resources.routes
    .filter((route) => path === route.path || path.startsWith(route.path.replace(/\/?$/, '/')))
    .sort((a, b) => b.path.length - a.path.length)[0];
}

/**
 * Answers a request to an HTTP route: the function gets the integration event, with the path as it was requested.
 *
 * @see https://docs.cloudbase.net/en/service/access-cloud-function
 */
export async function handleRoute(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  { route, envId, functions }: { route: Route; envId: string; functions: Functions },
): Promise<void> {
  let result: Json;
  try {
    const event = await eventOf(request, url, envId);
    const environment = { TCB_SOURCE: 'tcb_http' };
    ({ result } = await functions.invoke({ name: route.function, source: 'http', event, environment }));
  } catch (error) {
    // A stranger learns the code and nothing of the function's inside.
    const { code } = refusalOf(error);
    noteRefusal(response, code);
    replyJson(response, FAILURE_STATUS[code] ?? 500, { code, requestId: randomUUID() });
    return;
  }
  const integration = isJsonObject(result) && 'statusCode' in result ? integrationOf(result) : plainOf(result);
  if (integration === undefined) replyJson(response, 502, { code: 'FUNCTIONS_EXECUTE_FAIL', requestId: randomUUID() });
  else reply(response, integration.status, integration.headers, integration.body);
}

interface Integration {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string | Buffer;
}

async function eventOf(request: IncomingMessage, url: URL, envId: string) {
  const names = [...url.searchParams.keys()];
  // How the cloud folds repeated parameters is not documented, so nothing may come to rely on it here.
  if (new Set(names).size !== names.length) throw new CloudError('INVALID_PARAM', 'a query parameter is repeated');
  const body = await readBody(request);
  const isText = isUtf8(body);
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ]);
  return {
    path: url.pathname,
    httpMethod: request.method ?? 'GET',
    // The gateway says itself who is calling, whatever the caller sent.
    headers: {
      ...(Object.fromEntries(headers) as Record<string, string>),
      'x-real-ip': request.socket.remoteAddress ?? '',
    },
    queryStringParameters: Object.fromEntries(url.searchParams),
    requestContext: { requestId: randomUUID(), envId, appId: 1300000000, uin: 100000000001 },
    body: body.toString(isText ? 'utf8' : 'base64'),
    isBase64Encoded: !isText,
  };
}

/** Reads an integration response; none when it is malformed. */
function integrationOf(result: Record<string, Json>): Integration | undefined {
  const { statusCode, headers: given = {}, body = '', isBase64Encoded = false } = result;
  if (typeof statusCode !== 'number' || !Number.isInteger(statusCode) || statusCode < 200 || statusCode > 599)
    return undefined;
  if (!isJsonObject(given) || typeof isBase64Encoded !== 'boolean') return undefined;
  const headers: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(given)) {
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return undefined;
    if (CONNECTION_HEADERS.has(name.toLowerCase())) continue;
    const texts = (Array.isArray(value) ? value : [value]).map((item) =>
      typeof item === 'object' ? '\n' : String(item),
    );
    // A line feed would let a value begin another header.
    if (texts.some((item) => /[^\t\x20-\x7e\x80-\xff]/.test(item))) return undefined;
    headers[name] = Array.isArray(value) ? texts : texts[0];
  }
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status: statusCode, headers, body: isBase64Encoded ? Buffer.from(text, 'base64') : text };
}

function plainOf(result: Json): Integration {
  return typeof result === 'string'
    ? { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: result }
    : { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(result) };
}
