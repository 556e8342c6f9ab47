import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Credentials } from './credentials';
import { parseQuestion, type Question } from './question';
import { service, toBody, type Outcome } from './service';
import { checkSignature } from './signature';

const GREETING =
  'Local stand-in for the population register (ImageRecognitionV2). It knows sample people and says nothing about real ones.\n';

/** The body, or null where it is larger than a request may be; the rest of it is then let run off unread. */
const readBody = async (request: IncomingMessage): Promise<Uint8Array | null> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= service.bodyMax) chunks.push(chunk);
  }
  return size <= service.bodyMax ? Buffer.concat(chunks) : null;
};

const refused = (
  code: 'InvalidAction' | 'NoSuchVersion' | 'RequestSizeLimitExceeded' | 'UnsupportedProtocol',
  message: string,
): Outcome => ({
  kind: 'error',
  code,
  message,
});

/**
 * Starts the HTTP side on this machine alone.
 * @param answer what to say to a signed and well-formed question
 * @param others what to say to the actions that the real service lacks, by their names
 */
export const startServer = async (
  credentials: Credentials,
  port: number,
  answer: (question: Question) => Promise<Outcome>,
  others: ReadonlyMap<string, (body: Uint8Array) => Outcome>,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> => {
  const respond = async (request: IncomingMessage): Promise<Outcome> => {
    const body = await readBody(request);
    if (!body) return refused('RequestSizeLimitExceeded', 'a request has at most 10 MB');
    if (request.method !== 'POST' || request.url !== '/')
      return refused('UnsupportedProtocol', 'questions are posted to /');
    const fault = checkSignature(request.headers, body, credentials, Math.floor(Date.now() / 1000));
    if (fault) return fault;
    const action = request.headers['x-tc-action'];
    const other = typeof action === 'string' ? others.get(action) : undefined;
    if (action !== service.action && !other)
      return refused('InvalidAction', `this is ${[service.action, ...others.keys()].join(', ')} only`);
    if (request.headers['x-tc-version'] !== service.version)
      return refused('NoSuchVersion', `this is ${service.version} only`);
    if (other) return other(body);
    const parsed = parseQuestion(body);
    return parsed.ok ? answer(parsed.question) : parsed.outcome;
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method === 'GET' && request.url === '/') {
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(GREETING);
      return;
    }
    const requestId = randomUUID();
    const outcome = await respond(request).catch((): Outcome => ({
      kind: 'error',
      code: 'InternalError',
      message: 'the question could not be answered',
    }));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(toBody(outcome, requestId)));
  };

  const server = createServer((request, response) => void handle(request, response));
  await listen(server, port);
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
};

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`port ${port} of 127.0.0.1 is taken; give the authority another`)
          : error,
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
