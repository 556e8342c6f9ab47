import type { IncomingMessage } from 'node:http';
import { CloudError } from '../cloud-error';

/** The most that one request or one function's answer may hold, as in the cloud. */
export const MAX_BODY_BYTES = 6 * 1024 * 1024;

/**
 * Reads a request's whole body.
 *
 * @throws CloudError when it is longer than `maxBytes`; the rest is then not read
 */
export async function readBody(request: IncomingMessage, maxBytes = MAX_BODY_BYTES): Promise<Buffer> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > maxBytes) throw tooLarge(maxBytes);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    // A request without an encoding gives Buffers.
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function tooLarge(maxBytes: number): CloudError {
  return new CloudError('EXCEED_REQUEST_SIZE_LIMIT', `the request exceeds ${String(maxBytes)} bytes`);
}
