import { instant } from '../../../protocol';
import type { Now } from '../ambient-ports';
import { finishErasure, type FinishErasurePorts, type ForgetDeletions, type LoadErasures } from '../card/erasure';
import { oneByOne } from '../one-by-one';

/** How many erasures one run finishes; what is left is the next run's. */
const ERASURES_AT_ONCE = 100;
/** How long the proof of a deletion is kept, in milliseconds. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** Finishes deletions whose call was interrupted, and forgets the proofs of old ones. @returns how many there were of both */
export const finishErasures = async (
  ports: FinishErasurePorts & {
    readonly now: Now;
    readonly loadErasures: LoadErasures;
    readonly forgetDeletions: ForgetDeletions;
  },
): Promise<number> => {
  const left = await ports.loadErasures(ERASURES_AT_ONCE);
  const forgotten = await ports.forgetDeletions(instant(ports.now() - KEPT_MS));
  await oneByOne(left, (erasure) => finishErasure(ports, erasure));
  return left.length + forgotten;
};
