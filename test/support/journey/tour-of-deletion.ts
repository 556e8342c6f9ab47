import type { HeldCall } from './calls';
import * as replies from './console-replies';
import type { Visit } from './console-visit';

/** A visitor who wants everything deleted, at the counter that the visitor before has left. */
export const deletionAtCounter = async ({ user, words, looks, forge, types }: Visit): Promise<void> => {
  const receives = async (may: readonly ('raise' | 'delete')[]): Promise<HeldCall> => {
    const opened = await forge('receiveVisitor', { ...(await replies.visitor('card')), may });
    await user.taps(words.another);
    await types(words.number, '40417210');
    await user.taps(words.receive);
    return opened;
  };
  const kept = await receives([]);
  await user.sees(words.kept);
  await looks('visitor-kept');
  kept.release();
  const stopped = await receives(['delete']);
  await user.sees(words.notRaised);
  await looks('visitor-stopped');
  await user.taps(words.wish);
  for (const name of words.seen) await user.page.getByRole('checkbox', { name, exact: true }).click();
  await types(words.lastFour, '123X');
  await looks('visitor-deleting');
  const proposed = await forge('deleteVisitor', replies.proposedDeletion);
  await user.taps(words.proposeDeletion);
  await user.sees(words.toDelete);
  await looks('visitor-deletion-proposed');
  proposed.release();
  stopped.release();
  await user.taps(words.another);
  await user.taps(words.noPhone);
  await types(words.code, replies.UNKNOWN_CODE);
  await looks('visitor-code');
  const unknown = await forge('receiveByCode', { ok: false, error: { code: 'not_found' } });
  await user.taps(words.receive);
  await user.sees(words.noCode);
  await looks('visitor-code-missing');
  unknown.release();
};
