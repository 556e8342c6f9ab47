import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { CloudError } from '../cloud-error';
import { refusalOf } from '../admin/handler';
import { replyJson } from './reply';

/** Answers one request; what it throws is answered for it. */
export type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;

/** A listening server. */
export interface HttpServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Somebody else listens there. */
export class PortTaken extends Error {}

const HOST = '127.0.0.1';

/**
 * Listens on loopback only. A request must also name the loopback in its Host header, so that a web page cannot reach
 * the server through a name of its own that resolves to this machine.
 *
 * @param port 0 lets the system choose
 * @throws PortTaken when the port is taken
 */
export async function listen(port: number, handler: Handler): Promise<HttpServer> {
  const server = createServer((request, response) => {
    void answer(request, response, handler);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortTaken(`port ${String(port)} on ${HOST} is taken`) : error);
    });
    server.listen(port, HOST, resolve);
  });
  server.keepAliveTimeout = 60_000;
  const address = server.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${HOST}:${String(actual)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, handler: Handler): Promise<void> {
  try {
    const host = request.headers.host ?? '';
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) {
      throw new CloudError('PERMISSION_DENIED', 'this server answers on the loopback only');
    }
    await handler(request, response, requestUrl(request, host));
  } catch (error) {
    if (response.headersSent || response.destroyed) response.destroy();
    else replyJson(response, error instanceof CloudError ? 400 : 500, refusalOf(error));
  } finally {
    // What was refused before its body was read must not hold the connection.
    if (!request.complete) request.resume();
  }
}

function requestUrl(request: IncomingMessage, host: string): URL {
  const target = request.url ?? '/';
  // A target such as //other/path would otherwise be read as another host.
  if (!target.startsWith('/') || target.startsWith('//') || !URL.canParse(target, `http://${host}`)) {
    throw new CloudError('INVALID_PARAM', 'malformed request target');
  }
  return new URL(target, `http://${host}`);
}
