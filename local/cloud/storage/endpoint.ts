import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { CloudError } from '../cloud-error';
import { noteRefusal } from '../server/outcome';
import { reply } from '../server/reply';
import type { StorageOptions } from './actions';
import { pathOfUrl, SECURITY_TOKEN } from './actions';
import { rangeOf } from './byte-range';
import { folderOf } from './cloud-path';
import { verifyGrant } from './signed-url';

/**
 * Answers signed uploads (PUT) and downloads (GET, HEAD). Refusals are XML as object storage writes it, because the SDK
 * reads the code out of it.
 */
export async function handleStorage(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  options: StorageOptions,
): Promise<void> {
  const path = pathOfUrl(url);
  if (request.method === 'PUT') {
    await upload(request, response, path, options);
  } else if (request.method === 'GET' || request.method === 'HEAD') {
    await download(request, response, { path, signature: url.searchParams.get('sign') ?? '' }, options);
  } else {
    refuse(response, 405, 'MethodNotAllowed', 'PUT, GET and HEAD only');
  }
}

async function upload(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  { files, resources, secretKey, now }: StorageOptions,
): Promise<void> {
  const signature = request.headers.authorization ?? '';
  if (!permitted(response, signature, { operation: 'put', path }, secretKey, now())) return;
  if (request.headers['x-cos-security-token'] !== SECURITY_TOKEN) {
    refuse(response, 403, 'AccessDenied', 'the security token of the upload is missing or wrong');
    return;
  }
  const contentType = request.headers['content-type'] ?? 'application/octet-stream';
  try {
    // A grant is given only for a path in a folder.
    await files.put(path, request, { contentType, maxBytes: folderOf(path, resources).maxBytes });
    reply(response, 200, {});
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    refuse(response, 400, 'EntityTooLarge', error.message);
  }
}

async function download(
  request: IncomingMessage,
  response: ServerResponse,
  { path, signature }: { path: string; signature: string },
  { files, secretKey, now }: StorageOptions,
): Promise<void> {
  if (!permitted(response, signature, { operation: 'get', path }, secretKey, now())) return;
  const file = files.read(path);
  if (file === undefined) {
    refuse(response, 404, 'NoSuchKey', 'the file does not exist');
    return;
  }
  const range = rangeOf(request.headers.range, file.size);
  if (range === 'unsatisfiable') {
    response.setHeader('content-range', `bytes */${String(file.size)}`);
    refuse(response, 416, 'InvalidRange', 'the file has no such bytes');
    return;
  }
  const part = range === 'whole' ? undefined : range;
  const size = String(file.size);
  response.writeHead(part ? 206 : 200, {
    'accept-ranges': 'bytes',
    ...(part && { 'content-range': `bytes ${String(part.start)}-${String(part.end)}/${size}` }),
    'content-length': part ? part.end - part.start + 1 : file.size,
    'content-type': file.contentType,
    // A stored file is a person's upload: no browser may take it for a page of this server.
    'content-disposition': 'attachment',
    'x-content-type-options': 'nosniff',
  });
  if (request.method === 'HEAD') {
    response.end();
  } else {
    await pipeline(file.open(part), response);
  }
}

function permitted(
  response: ServerResponse,
  signature: string,
  wanted: { operation: 'get' | 'put'; path: string },
  secretKey: string,
  now: number,
): boolean {
  const verdict = verifyGrant(signature, wanted, secretKey, now);
  switch (verdict) {
    case 'valid':
      return true;
    case 'expired':
      refuse(response, 403, 'AccessDenied', 'Request has expired');
      return false;
    case 'forged':
      refuse(response, 403, 'SignatureDoesNotMatch', 'the signature does not match');
      return false;
  }
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  noteRefusal(response, code);
  const id = randomUUID();
  const fields = { Code: code, Message: message, Resource: '/', RequestId: id, TraceId: id };
  const xml = Object.entries(fields).map(([name, value]) => `<${name}>${value}</${name}>`);
  reply(
    response,
    status,
    { 'content-type': 'application/xml' },
    `<?xml version='1.0' encoding='utf-8' ?><Error>${xml.join('')}</Error>`,
  );
}
