import { createHmac, hkdfSync } from 'node:crypto';
import type { Sealing } from './sealing';

/** Keys of the sandbox, each for one use: none of them opens, finds or names anything of a person. */
export interface SandboxKeys {
  /** Wraps the keys under which its records are sealed. */
  readonly recordKey: Uint8Array;
  readonly pairwiseKey: Uint8Array;
  readonly referenceKey: Uint8Array;
  readonly indexKey: Uint8Array;
  /** Draws what test persons are named by, as a holder's data key does. */
  readonly draw: Sealing['draw'];
}

/** @param secret 32 bytes of the function's environment, which serve nothing but this derivation */
export const deriveSandboxKeys = (secret: Uint8Array): SandboxKeys => {
  const derived = (use: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', `wechat-id sandbox ${use}`, 32));
  const drawKey = derived('draw');
  return {
    recordKey: derived('records'),
    pairwiseKey: derived('pairwise'),
    referenceKey: derived('references'),
    indexKey: derived('index'),
    draw: (dataKey, context) =>
      createHmac('sha256', drawKey)
        .update(JSON.stringify([dataKey, context]))
        .digest(),
  };
};
