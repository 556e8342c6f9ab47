import {
  sessionHandle,
  type AccountKey,
  type DeclineAskReply,
  type DeclineAskRequest,
  type SessionHandle,
} from '../../../protocol';
import type { Now } from '../ambient-ports';
import { changeIdentity, nextRevisionOf, type Change, type ChangeIdentityPorts } from '../card/change-identity';
import type { Identity } from '../card/identity';
import type { LoadIdentityOfAccount } from '../card/identity-ports';
import { done, refuse, type Result } from '../result';
import { isRedeemedFor } from '../showing/answer';
import { isAsk, isAskOpen, type LoadSession } from '../showing/counter-session';
import type { BeginDecline, DeclineSession } from './ask';

export interface DeclineAskPorts extends ChangeIdentityPorts {
  readonly now: Now;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
  readonly loadSession: LoadSession;
  readonly beginDecline: BeginDecline;
  readonly declineSession: DeclineSession;
}

/**
 * The identity without an open showing for that session: what was declined is not answered by a code that was made before. One that is
 * prepared is left, in a new revision: a call that is about to open it looks at the ask once more.
 */
const closed = (identity: Identity, handle: SessionHandle): Change<null> => {
  if (isRedeemedFor(identity, handle)) return { kind: 'refused', error: refuse('ask_over').error };
  const { showing } = identity;
  if (showing?.state === 'prepared') return { kind: 'changed', next: nextRevisionOf(identity, {}), value: null };
  if (showing?.state !== 'open' || showing.counter?.session !== handle) return { kind: 'kept', value: null };
  return { kind: 'changed', next: nextRevisionOf(identity, { showing: null }), value: null };
};

/**
 * Declines an ask that the caller has claimed; once more is harmless. Of an answer and a word against it that come at once, the one that
 * changes the identity first holds, so that the history tells of what was told and of nothing else: from its first write on no showing is
 * opened for the ask, its second ends the one that is open, and its third is the outcome.
 * Refuses `not_found` for an ask that is not the caller's and for none alike, `ask_over` for one that was answered, that something hindered or
 * that is over, and `wrong_step` where other calls were always first.
 */
export const declineAsk = async (
  ports: DeclineAskPorts,
  account: AccountKey,
  request: DeclineAskRequest,
): Promise<Result<DeclineAskReply>> => {
  const identity = await ports.loadIdentityOfAccount(account);
  const handle = sessionHandle(request.session);
  const session = await ports.loadSession(handle);
  if (!identity || !session || !isAsk(session) || session.claimedBy?.identity !== identity.key)
    return refuse('not_found');
  if (session.ask.outcome?.kind === 'declined') return done({ ok: true });
  const at = ports.now();
  if (!isAskOpen(session, at)) return refuse('ask_over');

  await ports.beginDecline(handle, at);
  const end = await changeIdentity(
    ports,
    () => ports.loadIdentityOfAccount(account),
    (found) => closed(found, handle),
  );
  if (!end.ok) return end;
  if (await ports.declineSession(handle, at)) return done({ ok: true });
  const outcome = (await ports.loadSession(handle))?.ask?.outcome;
  return outcome?.kind === 'declined' ? done({ ok: true }) : refuse('ask_over');
};
