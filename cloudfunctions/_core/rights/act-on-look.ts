import type { AccountKey, Instant, Refusal, StandingReply } from '../../../protocol';
import { changeIdentity, nextRevisionOf, withEvent } from '../card/change-identity';
import type { Happening } from '../happening';
import type { RateLimit, TakeTurn } from '../rate-limit';
import { done, refuse, type Result } from '../result';
import type { LookEvent } from './look';
import { actsOf, type LookActs } from './look-acts';
import { loadLook, standingReply, type LookPorts } from './look-standing';

export interface ActOnLookPorts extends LookPorts {
  readonly takeTurn: TakeTurn;
}

/** What a holder does about a look, once for each. */
export interface LookAct {
  readonly limit: RateLimit;
  readonly isDone: (acts: LookActs) => boolean;
  readonly doneBy: (acts: LookActs) => LookActs;
  readonly happening: Happening;
  /** What follows outside of the holder's history: done first, and the same again without harm. */
  readonly follow: (at: Instant) => Promise<void>;
}

/**
 * Does something about a look of the holder's own history and writes it there. What follows elsewhere comes first, under an id that
 * follows from the look: a call that is interrupted between the two is mended by the holder, who heard no answer and tries again.
 * Refuses `not_found` where the number is no look of the caller's, what `decide` refuses, and `too_many_requests`.
 */
export const actOnLook = async (
  ports: ActOnLookPorts,
  account: AccountKey,
  number: number,
  decide: (look: LookEvent) => LookAct | Refusal,
): Promise<Result<StandingReply>> => {
  const found = await loadLook(ports, account, number);
  if (!found) return refuse('not_found');
  const act = decide(found.look);
  if ('code' in act) return { ok: false, error: act };
  if (act.isDone(actsOf(found.identity))) return done(await standingReply(ports, found.identity, found.look));
  if (!(await ports.takeTurn(act.limit, { kind: 'account', account }))) return refuse('too_many_requests');
  const at = ports.now();
  await act.follow(at);
  const written = await changeIdentity<null>(
    ports,
    () => ports.loadIdentityOfAccount(account),
    (identity) => {
      const acts = actsOf(identity);
      if (act.isDone(acts)) return { kind: 'kept', value: null };
      const next = nextRevisionOf(identity, { acts: act.doneBy(acts) });
      return {
        kind: 'changed',
        next: withEvent(ports.sealEvent, next, { at, happening: act.happening }),
        value: null,
      };
    },
  );
  if (!written.ok) return written;
  const after = await ports.loadIdentityOfAccount(account);
  return after ? done(await standingReply(ports, after, found.look)) : refuse('not_found');
};
