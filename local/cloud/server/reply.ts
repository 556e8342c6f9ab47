import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** Answers with JSON. */
export function replyJson(response: ServerResponse, status: number, body: unknown): void {
  replyJsonText(response, status, JSON.stringify(body));
}

/** Answers with what is JSON already. */
export function replyJsonText(response: ServerResponse, status: number, json: string): void {
  reply(response, status, { 'content-type': 'application/json; charset=utf-8' }, json);
}

/**
 * Answers with a whole body and its length, save where the status says that there is none. It is sent with the others of this turn of the
 * event loop: see `sendAll`.
 */
export function reply(
  response: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders,
  body: string | Buffer = '',
): void {
  const isBodiless = status === 204 || status === 304;
  response.writeHead(status, { ...headers, ...(!isBodiless && { 'content-length': Buffer.byteLength(body) }) });
  waiting.push({ response, body: isBodiless ? '' : body });
  if (waiting.length === SENT_TOGETHER) sendAll();
  else if (waiting.length === 1) setImmediate(sendAll);
}

/** So many at the most: who is answered can ask again while the others of its turn are worked on. */
const SENT_TOGETHER = 8;

let waiting: { readonly response: ServerResponse; readonly body: string | Buffer }[] = [];

/** Sends one answer behind the other. A caller that waits costs much to wake, and answers that come together wake it once. */
function sendAll(): void {
  const all = waiting;
  waiting = [];
  for (const { response, body } of all) response.end(body);
}
