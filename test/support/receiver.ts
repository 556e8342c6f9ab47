import { createServer as createHttp, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net';

/** A certificate for `bank.example.cn` that signed itself, until the year 2099. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBdDCCARmgAwIBAgIBATAKBggqhkjOPQQDAjAaMRgwFgYDVQQDDA9iYW5rLmV4
YW1wbGUuY24wIBcNMjAwMTAxMDAwMDAwWhgPMjA5OTEyMzEwMDAwMDBaMBoxGDAW
BgNVBAMMD2JhbmsuZXhhbXBsZS5jbjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IA
BO3ZjXRJmw9/LQqQ+9yEpq78zKuGIGxZPZ4oT4+oF09Sm8GhzeV7WiBu6vJxiqyB
zjlf79X2hkLHareU83x3KD6jTjBMMA8GA1UdEwEB/wQFMAMBAf8wGgYDVR0RBBMw
EYIPYmFuay5leGFtcGxlLmNuMB0GA1UdDgQWBBTAQK72XJKyjMHaPgYbu8rJQ/qY
CDAKBggqhkjOPQQDAgNJADBGAiEAko/t4eZQmXs7iKeWPMxDeVzNHONErcZmE52E
LPWqsasCIQCfBAEf6juOlo2L7xC/cdw90Q45+67JuLuV4NEwM4xU1g==
-----END CERTIFICATE-----
`;
/** Its private key, which opens nothing but a test's own server. */
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgC6yA7W9OlDq/coNd
ZiYM5csgM76RvboT7YllTcU+hMChRANCAATt2Y10SZsPfy0KkPvchKau/MyrhiBs
WT2eKE+PqBdPUpvBoc3le1ogburycYqsgc45X+/V9oZCx2q3lPN8dyg+
-----END PRIVATE KEY-----
`;

/** What came to a receiver. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server on this machine that takes what it is sent, or does worse. */
export interface Receiver {
  readonly port: number;
  readonly received: readonly Received[];
  /** How many connections were made to it. */
  readonly connections: () => number;
  readonly close: () => Promise<void>;
}

const listen = async (server: Server, received: readonly Received[]): Promise<Receiver> => {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket.on('error', () => undefined));
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  return {
    port: (server.address() as AddressInfo).port,
    received,
    connections: () => connections,
    close: async () => {
      const closed = new Promise<void>((done) => {
        server.close(() => done());
      });
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
};

/** Starts a receiver. @param answer what it does with a request whose body it has read */
export const startReceiver = (scheme: 'http' | 'https', answer: RequestListener): Promise<Receiver> => {
  const received: Received[] = [];
  const listener: RequestListener = (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      received.push({ method, path, headers, body: Buffer.concat(parts).toString() });
      answer(request, response);
    });
  };
  const server = scheme === 'https' ? createHttps({ key, cert: certificate }, listener) : createHttp(listener);
  return listen(server, received);
};

/** Starts a server that speaks no HTTP of its own. @param greet what it does with a connection */
export const startRawReceiver = (greet: (socket: Socket) => void): Promise<Receiver> => listen(createTcp(greet), []);
