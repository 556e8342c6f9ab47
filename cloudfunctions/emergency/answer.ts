import { errorTable, KILL_PATH, type ErrorCode } from '../../protocol';
import { validators } from '../../protocol/wire/validators';
import { readHttpEvent, clientAddress, type HttpReply, type HttpRequest } from '../_adapters/runtime/http-event';
import { refuse, type Result } from '../_core/result';
import { languageOf, pageHeaders } from '../_adapters/runtime/page';
import { killPage, outcomeOf, type PageOutcome } from './kill-page';

/** Stops the card of a code as somebody typed it. */
export type Kill = (address: string | null, typed: string) => Promise<Result<{ readonly ok: true }>>;

const isJson = ({ headers }: HttpRequest): boolean =>
  headers.get('content-type')?.toLowerCase().startsWith('application/json') === true;

const fieldsOf = (request: HttpRequest): unknown => {
  if (!isJson(request)) return Object.fromEntries(new URLSearchParams(request.body));
  try {
    return JSON.parse(request.body);
  } catch {
    return null;
  }
};

const common = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' };

const replyJson = (statusCode: number, content: object): HttpReply => ({
  statusCode,
  headers: { ...common, 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(content),
});

const replyPage = (statusCode: number, outcome: PageOutcome, request: HttpRequest): HttpReply => ({
  statusCode,
  headers: { ...common, ...pageHeaders },
  body: killPage(outcome, languageOf(request.query.get('lang'), request.headers.get('accept-language'))),
});

const replyOf = (request: HttpRequest, code: ErrorCode | null): HttpReply => {
  const status = code === null ? 200 : errorTable[code].http;
  if (isJson(request)) return replyJson(status, code === null ? { ok: true } : { ok: false, error: { code } });
  return replyPage(status, code === null ? 'stopped' : outcomeOf(code), request);
};

/**
 * Answers `/public/kill`: the page for GET, and for POST what stopping came to, as the page to a form and as JSON to JSON. A code is taken
 * from the body alone, since addresses are written into logs.
 */
export const answerKill = async (event: unknown, kill: Kill): Promise<HttpReply> => {
  const request = readHttpEvent(event);
  if (request.path !== KILL_PATH) return replyJson(404, refuse('not_found'));
  if (request.method === 'GET' || request.method === 'HEAD') return replyPage(200, 'asked', request);
  if (request.method !== 'POST') {
    const refused = replyJson(405, refuse('request_invalid'));
    return { ...refused, headers: { ...refused.headers, allow: 'GET, HEAD, POST' } };
  }
  const fields = fieldsOf(request);
  if (!validators.KillOrder(fields)) return replyOf(request, 'request_invalid');
  const killed = await kill(clientAddress(request), fields.code);
  return replyOf(request, killed.ok ? null : killed.error.code);
};
