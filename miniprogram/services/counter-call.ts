import { ticks } from '../platform/clock';
import type { Called } from './call';
import { callCounter } from './holder';

/** A number that the holder reads out at a counter. */
export interface CounterCall {
  readonly number: string;
  /** What is left of its time, in milliseconds; by what has elapsed, so a wrong clock does no harm. */
  readonly left: () => number;
}

/** Asks for a number. @param caseId the case that it is about; the card where absent */
export const askForNumber = async (caseId?: string): Promise<Called<CounterCall>> => {
  const called = await callCounter(caseId === undefined ? {} : { caseId });
  if (!called.ok) return called;
  const askedAt = ticks();
  const { number, serverTime, expiresAt } = called.reply;
  return { ok: true, reply: { number, left: () => Math.max(0, expiresAt - serverTime - (ticks() - askedAt)) } };
};
