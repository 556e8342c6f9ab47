import type { IncomingMessage, ServerResponse } from 'node:http';
import { refusalOf } from '../admin/handler';
import type { CloudErrorCode } from '../cloud-error';
import { CloudError } from '../cloud-error';
import type { JsonObject } from '../database/ejson';
import { isJsonObject, parseJson } from '../database/ejson';
import { noteRefusal } from '../server/outcome';
import { replyJson } from '../server/reply';
import { readBody } from '../server/request-body';

/** Carries who is logged in. It stands for WeChat's login and exists on this machine only. */
const OPENID_HEADER = 'x-local-openid';

/** The client library's numbers; a code that is not listed is its general failure of a cloud function. */
const CLIENT_CODES: Partial<Record<CloudErrorCode, number>> = {
  INVALID_PARAM: -501007,
  PERMISSION_DENIED: -501023,
  FUNCTION_NOT_FOUND: -501000,
  FUNCTIONS_TIME_LIMIT_EXCEEDED: -504003,
  DATABASE_PERMISSION_DENIED: -502003,
  DATABASE_COLLECTION_NOT_EXIST: -502005,
};

/**
 * Answers a call of the client library by its convention: `errMsg` begins with the interface's name and how it went.
 *
 * @param otherwise the number of a refusal that has none of its own
 */
export async function answerClient(
  request: IncomingMessage,
  response: ServerResponse,
  { api, otherwise, method = 'POST' }: { api: string; otherwise: number; method?: string },
  work: (openId: string) => Promise<JsonObject>,
): Promise<void> {
  try {
    if (request.method !== method) throw new CloudError('INVALID_PARAM', `${method} only`);
    const openId = openIdOf(request);
    replyJson(response, 200, { errMsg: `${api}:ok`, ...(await work(openId)) });
  } catch (error) {
    const { code, message } = refusalOf(error);
    noteRefusal(response, code);
    const errCode = (error instanceof CloudError ? CLIENT_CODES[error.code] : undefined) ?? otherwise;
    replyJson(response, 200, { errCode, errMsg: `${api}:fail ${code} ${message}` });
  }
}

function openIdOf(request: IncomingMessage): string {
  const openId = request.headers[OPENID_HEADER];
  if (typeof openId === 'string' && /^[\w-]{1,64}$/.test(openId)) return openId;
  throw new CloudError('PERMISSION_DENIED', `the header ${OPENID_HEADER} is missing or malformed`);
}

/** The object that a client's call brings; an empty one where it brings nothing. */
export async function eventOf(request: IncomingMessage): Promise<JsonObject> {
  const body = (await readBody(request)).toString('utf8');
  const event = body === '' ? {} : parseJson(body, 'data');
  if (!isJsonObject(event)) throw new CloudError('INVALID_PARAM', 'data must be an object');
  return event;
}
