import { createHash } from 'node:crypto';
import type { RandomBytes } from '../../cloudfunctions/_core/ambient-ports';

/** Bytes that never repeat within a test and are the same in every run. */
export const createRandomBytes = (seed = 'seed'): RandomBytes => {
  let count = 0;
  return (length) => {
    const blocks = Array.from({ length: Math.ceil(length / 32) }, () => {
      count += 1;
      return createHash('sha256').update(`${seed} ${count}`).digest();
    });
    return Uint8Array.from(Buffer.concat(blocks).subarray(0, length));
  };
};
