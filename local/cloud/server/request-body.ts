import type { IncomingMessage } from 'node:http';
import { CloudError } from '../cloud-error';

/** The most that one request or one function's answer may hold, as in the cloud. */
export const MAX_BODY_BYTES = 6 * 1024 * 1024;

/**
 * Reads a request's whole body.
 *
 * @throws CloudError when it is longer than `maxBytes`; the rest is then not read
 */
export function readBody(request: IncomingMessage, maxBytes = MAX_BODY_BYTES): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const declared = Number(request.headers['content-length'] ?? 0);
    if (declared > maxBytes) {
      reject(tooLarge(maxBytes));
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else stop(tooLarge(maxBytes));
    };
    const finish = (): void => {
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks));
    };
    const stop = (error: Error): void => {
      request.off('data', take).off('end', finish).pause();
      reject(error);
    };
    request.on('data', take).once('end', finish);
    // A caller that goes away in the middle.
    request.once('error', stop);
  });
}

function tooLarge(maxBytes: number): CloudError {
  return new CloudError('EXCEED_REQUEST_SIZE_LIMIT', `the request exceeds ${String(maxBytes)} bytes`);
}
