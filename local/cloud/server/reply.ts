import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** Answers with JSON. */
export function replyJson(response: ServerResponse, status: number, body: unknown): void {
  replyJsonText(response, status, JSON.stringify(body));
}

/** Answers with what is JSON already. */
export function replyJsonText(response: ServerResponse, status: number, json: string): void {
  reply(response, status, { 'content-type': 'application/json; charset=utf-8' }, json);
}

/** Answers with a whole body; its length is always told. */
export function reply(
  response: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders,
  body: string | Buffer = '',
): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
