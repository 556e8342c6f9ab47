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
 * Answers with a whole body and its length, save where the status says that there is none. It is sent when all that has come in by now is
 * looked at: a caller that waits costs a system call to wake, and answers that are sent one behind the other wake it once.
 */
export function reply(
  response: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders,
  body: string | Buffer = '',
): void {
  const isBodiless = status === 204 || status === 304;
  response.writeHead(status, { ...headers, ...(!isBodiless && { 'content-length': Buffer.byteLength(body) }) });
  setImmediate(() => response.end(isBodiless ? '' : body));
}
