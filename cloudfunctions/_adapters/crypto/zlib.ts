import { constants, deflateSync, inflateSync } from 'node:zlib';
import type { Deflate, Inflate } from '../../../protocol';

/** ZLIB by Node, at the best compression. */
export const deflate: Deflate = (bytes) => deflateSync(bytes, { level: constants.Z_BEST_COMPRESSION });

/** Undoes `deflate`: never makes more bytes than are allowed, whatever the stream promises. */
export const inflate: Inflate = (compressed, maxLength) => {
  try {
    return inflateSync(compressed, { maxOutputLength: maxLength });
  } catch {
    return null;
  }
};
