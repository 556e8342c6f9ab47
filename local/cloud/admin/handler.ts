import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { CloudError, unsupported } from '../cloud-error';
import type { Action } from '../database/actions';
import type { JsonObject } from '../database/ejson';
import { isJsonObject, parseJson } from '../database/ejson';
import { readBody } from '../server/request-body';
import type { Authorize } from './authorization';
import { text } from './parameters';
import { verifySignature } from './signature';

/** The most that one answer may hold, as in the cloud; in characters. */
const MAX_REPLY = 16 * 1024 * 1024;

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

/** A request for an action, its signature verified. */
export interface ActionRequest {
  readonly name: string;
  readonly body: JsonObject;
  /** The body's length in bytes. */
  readonly size: number;
}

/** What every action of the SDK's wire protocol needs. */
export interface AdminOptions {
  readonly envId: string;
  readonly authorize: Authorize;
  readonly actions: ReadonlyMap<string, Action>;
  /** The times that a signature may bear: callers tell it by one of these clocks. Milliseconds since 1970. */
  readonly times: () => readonly number[];
  /** Stands around every action, known or not. */
  readonly around: (request: ActionRequest, work: () => Promise<JsonObject>) => Promise<JsonObject>;
}

/**
 * Answers `POST /admin`, the SDK's envelope, with JSON. Refusals are answered with status 200 and `code`, as the real service does,
 * because the SDK turns them into its own typed error.
 */
export async function handleAdmin(request: IncomingMessage, url: URL, options: AdminOptions): Promise<string> {
  const requestId = randomUUID();
  try {
    const answer = JSON.stringify({ requestId, ...(await perform(request, url, options)) });
    if (answer.length > MAX_REPLY) {
      throw new CloudError('DATABASE_REQUEST_FAILED', '[FailedOperation] the answer exceeds 16 MB; ask for less');
    }
    return answer;
  } catch (error) {
    return JSON.stringify({ requestId, ...refusalOf(error) });
  }
}

/** What the caller is told of an error; a defect of this server keeps its text to itself. */
export function refusalOf(error: unknown): { code: string; message: string } {
  return error instanceof CloudError
    ? { code: error.code, message: error.message }
    : { code: 'SYS_ERR', message: 'system error' };
}

async function perform(request: IncomingMessage, { host }: URL, options: AdminOptions): Promise<JsonObject> {
  if (request.method !== 'POST') throw new CloudError('INVALID_PARAM', 'requests to /admin must be POST');
  if (!(request.headers['content-type'] ?? '').startsWith('application/json'))
    throw unsupported('a body other than JSON');
  const received = await readBody(request);
  const body = parseJson(received.toString('utf8'), 'the request body');
  if (!isJsonObject(body)) throw new CloudError('INVALID_PARAM', 'the request body must be an object');
  const signed = { url: `http://${host}${request.url ?? ''}`, host, headers: request.headers };
  verifySignature(signed, body, options.authorize, options.times());
  if (text(body, 'envName') !== options.envId) {
    throw new CloudError('INVALID_ENV', `this server is the environment ${options.envId}`);
  }
  const name = text(body, 'action');
  return options.around({ name, body, size: received.length }, async () => {
    const action = options.actions.get(name);
    if (action !== undefined) return action(body);
    if (KNOWN_UNSUPPORTED.has(name)) throw unsupported(`the action ${name}`);
    throw new CloudError('INVALID_ACTION', 'unknown action');
  });
}
