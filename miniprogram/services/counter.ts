import type { DisclosableClaim, PurposeId, ReadCounterReply } from '../protocol';
import { ticks } from '../platform/clock';
import type { Called } from './call';
import { describeTerminal, openCounter, readCounter } from './verifier';

/** A session of this counter, as its phone watches it. */
export interface CounterWatch {
  /** The text of the code that the counter shows. */
  readonly code: string;
  /** What the counter will be told. */
  readonly claims: readonly DisclosableClaim[];
  /** Whether nobody can scan it any more; by what has elapsed since it was opened, so a wrong clock does no harm. */
  readonly isOver: () => boolean;
  readonly ask: () => Promise<Called<ReadCounterReply>>;
}

/** A code is renewed so long before its end, in milliseconds: who is about to scan must not come too late. */
const BEFORE_END_MS = 5000;

/** Opens a session for a purpose, for all that the partner is registered for. */
export const openSession = async (purpose: PurposeId): Promise<Called<CounterWatch>> => {
  const terminal = await describeTerminal();
  if (!terminal.ok) return terminal;
  const claims = terminal.reply.grants.find((grant) => grant.purpose === purpose)?.claims ?? [];
  const opened = await openCounter({ purpose });
  if (!opened.ok) return opened;
  const openedAt = ticks();
  const { session, code, serverTime, expiresAt } = opened.reply;
  return {
    ok: true,
    reply: {
      code,
      claims,
      isOver: () => ticks() - openedAt >= expiresAt - serverTime - BEFORE_END_MS,
      ask: () => readCounter(session),
    },
  };
};
