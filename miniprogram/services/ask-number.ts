import { sessionHandle, type SessionHandle } from '../protocol';
import { ticks } from '../platform/clock';
import type { Called } from './call';
import { findAsk, openAskNumber } from './holder';

/** A number that the holder reads out to an institution. */
export interface AskNumber {
  readonly number: string;
  /** What is left of its time, in milliseconds; by what has elapsed, so a wrong clock does no harm. */
  readonly left: () => number;
  /** The session by which an institution has asked; null while none has. */
  readonly find: () => Promise<Called<SessionHandle | null>>;
}

/** Asks for a number. */
export const openNumber = async (): Promise<Called<AskNumber>> => {
  const called = await openAskNumber();
  if (!called.ok) return called;
  const openedAt = ticks();
  const { number, serverTime, expiresAt } = called.reply;
  return {
    ok: true,
    reply: {
      number,
      left: () => Math.max(0, expiresAt - serverTime - (ticks() - openedAt)),
      find: async () => {
        const found = await findAsk({ number });
        if (!found.ok) return found;
        const { session } = found.reply;
        return { ok: true, reply: session === null ? null : sessionHandle(session) };
      },
    },
  };
};

const PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 16_000;

/** How long to wait before it is asked again whether an institution has asked. @param failures how often in a row no answer came */
export const pauseAfter = (failures: number): number => Math.min(LONGEST_PAUSE_MS, PAUSE_MS * 2 ** failures);
