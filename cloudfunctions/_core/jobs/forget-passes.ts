import { instant, type Instant } from '../../../protocol';
import type { Now } from '../ambient-ports';
import { HAND_IN_MS } from '../pass/reconcile-passes';

/** Deletes passes, and uses of passes, that ended before then. @returns how many there were */
export type DeletePasses = (before: Instant) => Promise<number>;

/** Forgets passes that nobody can hand in any more: they name whom they were for and where they were shown. @returns how many */
export const forgetPasses = (ports: { readonly now: Now; readonly deletePasses: DeletePasses }): Promise<number> =>
  ports.deletePasses(instant(ports.now() - HAND_IN_MS));
