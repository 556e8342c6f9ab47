import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { CloudError, unsupported } from '../cloud-error';
import type { Credentials } from '../credentials';
import type { Action } from '../database/actions';
import type { Json, JsonObject } from '../database/ejson';
import { isJsonObject, parseJson } from '../database/ejson';
import { readBody } from '../server/request-body';
import { text } from './parameters';
import { verifySignature } from './signature';

/** The most that one answer may hold, as in the cloud. */
const MAX_REPLY_BYTES = 16 * 1024 * 1024;

/** The SDK's actions that this server knows of and does not do yet. */
const KNOWN_UNSUPPORTED = new Set([
  'database.addCollection',
  'storage.getFileAuthority',
  'storage.batchCopyFile',
  'auth.getUserInfoForAdmin',
  'auth.wsWebSign',
  'wx.openApi',
  'wx.wxPayApi',
  'analytics.report',
]);

/** What every action of the SDK's wire protocol needs. */
export interface AdminOptions {
  readonly envId: string;
  readonly credentials: Credentials;
  readonly actions: ReadonlyMap<string, Action>;
  /** The times that a signature may bear: callers tell it by one of these clocks. Milliseconds since 1970. */
  readonly times: () => readonly number[];
  /** Stands around every action, known or not. */
  readonly around: (name: string, body: JsonObject, work: () => Promise<JsonObject>) => Promise<JsonObject>;
}

/**
 * Answers `POST /admin`: the SDK's envelope. Refusals are answered with status 200 and `code`, as the real service does,
 * because the SDK turns them into its own typed error.
 */
export async function handleAdmin(
  request: IncomingMessage,
  baseUrl: string,
  options: AdminOptions,
): Promise<JsonObject> {
  const requestId = randomUUID();
  try {
    const answer = await perform(request, baseUrl, options);
    if (JSON.stringify(answer).length > MAX_REPLY_BYTES) {
      throw new CloudError('DATABASE_REQUEST_FAILED', '[FailedOperation] the answer exceeds 16 MB; ask for less');
    }
    return { requestId, ...answer };
  } catch (error) {
    return { requestId, ...refusalOf(error) };
  }
}

/** What the caller is told of an error; a defect of this server keeps its text to itself. */
export function refusalOf(error: unknown): { code: string; message: string } {
  return error instanceof CloudError
    ? { code: error.code, message: error.message }
    : { code: 'SYS_ERR', message: 'system error' };
}

async function perform(
  request: IncomingMessage,
  baseUrl: string,
  options: AdminOptions,
): Promise<Record<string, Json>> {
  if (request.method !== 'POST') throw new CloudError('INVALID_PARAM', 'requests to /admin must be POST');
  if (!(request.headers['content-type'] ?? '').startsWith('application/json'))
    throw unsupported('a body other than JSON');
  const body = parseJson((await readBody(request)).toString('utf8'), 'the request body');
  if (!isJsonObject(body)) throw new CloudError('INVALID_PARAM', 'the request body must be an object');
  const signed = { method: request.method, url: baseUrl + (request.url ?? ''), headers: request.headers };
  verifySignature(signed, body, options.credentials, options.times());
  if (text(body, 'envName') !== options.envId) {
    throw new CloudError('INVALID_ENV', `this server is the environment ${options.envId}`);
  }
  const name = text(body, 'action');
  return options.around(name, body, async () => {
    const action = options.actions.get(name);
    if (action !== undefined) return action(body);
    if (KNOWN_UNSUPPORTED.has(name)) throw unsupported(`the action ${name}`);
    throw new CloudError('INVALID_ACTION', 'unknown action');
  });
}
