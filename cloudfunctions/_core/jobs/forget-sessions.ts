import { instant, type Instant } from '../../../protocol';
import type { Now } from '../ambient-ports';

/** Deletes counters' sessions that were over before then. @returns how many there were */
export type DeleteSessions = (before: Instant) => Promise<number>;

/** How long a session is kept after its end, in milliseconds: its terminal may still ask what became of it. */
const KEPT_MS = 60 * 60 * 1000;

/** Forgets counters' sessions that nobody can use any more: they name who scanned them. @returns how many there were */
export const forgetSessions = (ports: {
  readonly now: Now;
  readonly deleteSessions: DeleteSessions;
}): Promise<number> => ports.deleteSessions(instant(ports.now() - KEPT_MS));
