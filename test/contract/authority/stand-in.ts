import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sign from 'tencentcloud-sdk-nodejs-common/tencentcloud/common/sign';
import {
  createTencentAuthority,
  type TencentAuthorityOptions,
} from '../../../cloudfunctions/_adapters/tencent/face-authority';
import type { AskAuthority } from '../../../cloudfunctions/_core/enrolment/authority';
import type { Credentials } from '../../../local/authority';
import { picturePath, samplePeople, type PictureName, type SamplePerson } from '../../../local/people';
import { calendarDate, parseIdNumber, type IdNumber } from '../../../protocol';

/** A folder that is gone after the test. */
export const temporaryFolder = (): { readonly path: string; readonly remove: () => void } => {
  const path = mkdtempSync(join(tmpdir(), 'authority-'));
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
};

export const person = (id: string): SamplePerson => {
  const found = samplePeople.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`no sample person ${id}`);
  return found;
};

export const picture = (id: string, name: PictureName): Buffer => readFileSync(picturePath({ id }, name));

export const idNumber = (text: string): IdNumber => {
  const parsed = parseIdNumber(text, calendarDate('2026-11-01'));
  if (!parsed.ok) throw new Error('no identity number');
  return parsed.number;
};

/** The adapter, pointed at a server on this machine. */
export const adapterFor = (
  url: string,
  credentials: Credentials,
  more: Partial<TencentAuthorityOptions> = {},
): AskAuthority =>
  createTencentAuthority({
    endpoint: url.replace('http://', ''),
    protocol: 'http://',
    region: 'ap-guangzhou',
    ...credentials,
    ...more,
  });

/** The headers that the official client's own signer makes for a body. */
export const signedHeaders = (
  url: string,
  body: Buffer,
  credentials: Credentials,
  { at = Date.now(), service = '127' } = {},
): Record<string, string> => {
  const timestamp = Math.floor(at / 1000);
  const authorization = Sign.sign3({
    method: 'POST',
    url: `${url}/`,
    payload: body,
    timestamp,
    service,
    ...credentials,
    multipart: false,
    boundary: '',
    headers: { 'Content-Type': 'application/json' },
  });
  return {
    'content-type': 'application/json',
    authorization,
    'x-tc-action': 'ImageRecognitionV2',
    'x-tc-version': '2018-03-01',
    'x-tc-timestamp': String(timestamp),
  };
};

export interface ServiceReply {
  readonly Response: {
    readonly Error?: { readonly Code: string; readonly Message: string };
    readonly Result?: string;
    readonly Sim?: number;
    readonly RequestId: string;
  };
}

export const post = async (url: string, body: Buffer, headers: Record<string, string>): Promise<ServiceReply> => {
  const response = await fetch(url, { method: 'POST', body, headers });
  expect(response.status).toBe(200);
  return (await response.json()) as ServiceReply;
};

/** A server that answers as the test says, and counts. */
export const startDouble = async (
  listener: (
    request: IncomingMessage,
    count: number,
  ) => { readonly status?: number; readonly body: string } | 'hang' | 'reset',
): Promise<{ readonly url: string; readonly count: () => number; readonly close: () => Promise<void> }> => {
  let count = 0;
  const handle: RequestListener = (request, response) => {
    request.resume().on('end', () => {
      count += 1;
      const reply = listener(request, count);
      if (reply === 'hang') return;
      if (reply === 'reset') {
        request.socket.destroy();
        return;
      }
      response.writeHead(reply.status ?? 200, { 'content-type': 'application/json' }).end(reply.body);
    });
  };
  const server = createServer(handle);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    count: () => count,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
};

/** A stand-in in a process of its own. */
export interface StandIn {
  readonly url: string;
  readonly credentials: Credentials;
  readonly enrol: (entry: {
    readonly name: string;
    readonly number: string;
    readonly portrait: Buffer;
  }) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** Starts the stand-in with the sample people, in a process of its own; resolves when it is warm. */
export const startStandIn = async (dataDir: string, models: string): Promise<StandIn> => {
  const child = fork(join(__dirname, 'stand-in-process.ts'), [dataDir, models], { execArgv: ['--import', 'tsx'] });
  const next = async (): Promise<unknown> => (await once(child, 'message'))[0];
  const ready = (await next()) as { url: string; credentials: Credentials } | { failure: string };
  if ('failure' in ready) throw new Error(ready.failure);
  return {
    ...ready,
    enrol: async (entry) => {
      const answer = next();
      child.send({ enrol: { ...entry, portrait: entry.portrait.toString('base64') } });
      return ((await answer) as { outcome: string }).outcome;
    },
    close: async () => {
      const gone = once(child, 'exit');
      child.send({ end: true });
      await gone;
    },
  };
};
