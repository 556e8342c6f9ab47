import { connect, type Socket } from 'node:net';
import { sign } from '@cloudbase/signature-nodejs';

/** One connection that is kept alive and has one request under way at a time. */
export interface Wire {
  /** Sends a whole request and gives the answer's body. */
  send(request: Buffer): Promise<string>;
  close(): void;
}

/** Makes the whole request of one action, with a valid signature, which holds for ten minutes. */
export type Prepare = (action: string, parameters: Readonly<Record<string, unknown>>) => Buffer;

/** Prepares requests as the SDK makes them. @param environment what would point an SDK at the server */
export const preparing = (url: string, environment: Readonly<Record<string, string>>): Prepare => {
  const { host } = new URL(url);
  const envName = environment['TCB_ENV'] ?? '';
  const keys = {
    secretId: environment['TENCENTCLOUD_SECRETID'] ?? '',
    secretKey: environment['TENCENTCLOUD_SECRETKEY'] ?? '',
  };
  const target = `/admin?env=${envName}&seqId=bench_1`;
  return (action, parameters) => {
    const params = {
      action,
      envName,
      wxCloudApiToken: '',
      wxCloudbaseAccesstoken: '',
      tcb_sessionToken: '',
      sessionToken: '',
      crossAuthorizationToken: '',
      ...parameters,
    };
    const headers = {
      'content-type': 'application/json',
      host,
      'user-agent': 'tcb-node-sdk/3.18.3',
      'x-client-timestamp': String(Date.now()),
      'x-sdk-version': 'tcb-node-sdk/3.18.3',
      'x-tcb-region': 'ap-shanghai',
      'x-tcb-source': ',scf',
    };
    const timestamp = Math.floor(Date.now() / 1000);
    const options = { ...keys, method: 'post', url: `http://${host}${target}`, headers, params, timestamp };
    const { authorization } = sign({ ...options, withSignedParams: true });
    const body = JSON.stringify(params);
    const sent = {
      ...headers,
      authorization,
      'x-timestamp': String(timestamp),
      'x-signature-expires': '600',
      'content-length': String(Buffer.byteLength(body)),
      connection: 'keep-alive',
    };
    const lines = Object.entries(sent).map(([name, value]) => `${name}: ${value}`);
    return Buffer.from(`POST ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
  };
};

const HEAD_END = '\r\n\r\n';

/** A client that does nothing but what the wire asks for, so that what is measured is the server. */
export const openWire = (url: string): Wire => {
  const { hostname, port } = new URL(url);
  const socket: Socket = connect(Number(port), hostname);
  socket.setNoDelay(true);
  let received = '';
  let answered: ((body: string) => void) | undefined;
  let failed: ((error: Error) => void) | undefined;
  // The bench's documents are ASCII, so a character is a byte.
  socket.setEncoding('latin1');
  socket.on('data', (text: string) => {
    received += text;
    const head = received.indexOf(HEAD_END);
    if (head === -1) return;
    const length = Number(/content-length: (\d+)/i.exec(received)?.[1]);
    const body = received.slice(head + HEAD_END.length);
    if (body.length < length) return;
    received = '';
    answered?.(body);
  });
  socket.on('error', (error) => failed?.(error));
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        [answered, failed] = [resolve, reject];
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
};
