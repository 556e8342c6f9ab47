import { validators, type Look, type ReportLookReply } from '../protocol';
import { keep, load, StorageFailure } from '../platform/storage';
import type { Called } from './call';
import { createQueue } from './one-at-a-time';
import { reportLook } from './verifier';

/** What staff said of a check, which the service has not answered yet. It names the check's event and no person. */
interface UnsentLook {
  readonly eventId: string;
  readonly look: Look;
}

const STORED_AS = 'unsent-looks';
/** Above what a till checks in the ten minutes for which the service takes a look. */
const MOST = 100;

const isUnsentLook = (value: unknown): value is UnsentLook =>
  typeof value === 'object' && value !== null && validators.ReportLookRequest({ ...value, action: 'reportLook' });

const inTurn = createQueue();

/** Changes what is kept; a storage that fails costs no answer that can be sent now. */
const change = (next: (kept: readonly UnsentLook[]) => readonly UnsentLook[]): Promise<readonly UnsentLook[]> =>
  inTurn(async () => {
    try {
      const stored = await load(STORED_AS);
      const kept = Array.isArray(stored) ? stored.filter(isUnsentLook) : [];
      const changed = next(kept);
      if (changed.length > 0 || kept.length > 0) await keep(STORED_AS, changed);
      return changed;
    } catch (error) {
      if (error instanceof StorageFailure) return [];
      throw error;
    }
  });

/** Whether the service has not heard an answer, or could not set it down. */
const isUnheard = ({ error: { code } }: Extract<Called<unknown>, { readonly ok: false }>): boolean =>
  code === 'unreachable' || code === 'internal';

/** What became of an answer about a look: it is set down, it did not arrive, or the service takes none for this check any more. */
export type Sent = 'sent' | 'unsent' | 'refused';

const send = async (answer: UnsentLook): Promise<Called<ReportLookReply>> => {
  const called = await reportLook(answer);
  if (called.ok || !isUnheard(called)) await change((kept) => kept.filter(({ eventId }) => eventId !== answer.eventId));
  return called;
};

/** Sends an answer, which is kept until the service has heard it: whoever leaves the page without a network loses none. */
export const sendLook = async (answer: UnsentLook): Promise<Sent> => {
  await change((kept) => [...kept.filter(({ eventId }) => eventId !== answer.eventId), answer].slice(-MOST));
  const called = await send(answer);
  return called.ok ? 'sent' : isUnheard(called) ? 'unsent' : 'refused';
};

/** Sends what is kept, oldest first; to be called whenever the phone may be online. @returns how many wait on */
export const sendKeptLooks = async (): Promise<number> => {
  for (const answer of await change((kept) => kept)) {
    const called = await send(answer);
    // One that the service stumbles over keeps none of the others back.
    if (!called.ok && called.error.code === 'unreachable') break;
  }
  return (await change((kept) => kept)).length;
};
