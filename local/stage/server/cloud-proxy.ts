import { request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { replyText } from './reply';

/** A call or an upload that went through, for whoever wants to know. */
export interface Passed {
  readonly openId: string;
  readonly path: string;
  readonly sent: Uint8Array;
  readonly answer: string;
}

/**
 * Hands requests of the phones on to the local CloudBase. They come from the phones' own origin, so that a browser lets them;
 * CloudBase itself answers no other origin.
 */
export const createCloudProxy = (cloudUrl: string, onPassed: (passed: Passed) => Promise<void>) => {
  const { hostname, port } = new URL(cloudUrl);
  const pass = (path: string, sent: Uint8Array, headers: IncomingMessage['headers'], method = 'POST') =>
    new Promise<{ readonly status: number; readonly type: string; readonly body: Buffer }>((resolve, reject) => {
      const { 'x-local-openid': openId, 'content-type': type = 'application/octet-stream' } = headers;
      const outgoing = forward(
        {
          hostname,
          port,
          path,
          method,
          headers: { 'content-type': type, 'content-length': sent.length, ...(openId && { 'x-local-openid': openId }) },
        },
        (incoming) => {
          buffer(incoming).then((body) => {
            resolve({ status: incoming.statusCode ?? 502, type: incoming.headers['content-type'] ?? '', body });
          }, reject);
        },
      );
      outgoing.on('error', reject);
      outgoing.end(sent);
    });

  return async (request: IncomingMessage, response: ServerResponse, path: string): Promise<void> => {
    const sent = await buffer(request);
    try {
      const { status, type, body } = await pass(path, sent, request.headers, request.method);
      const openId = request.headers['x-local-openid'];
      await onPassed({ openId: String(openId), path, sent, answer: body.toString('utf8') });
      response.writeHead(status, { 'content-type': type, 'content-length': body.length });
      response.end(body);
    } catch {
      replyText(response, 502, 'txt', 'The local CloudBase does not answer.\n');
    }
  };
};
