import { eventId, instant } from '../../../protocol';
import type { AccountKey, EventId, Instant, Look, ReportLookReply, ReportLookRequest, Sha256 } from '../../../protocol';
import type { Now } from '../ambient-ports';
import type { AppendEvent, LoadCheck, LoadLooks, MakeOpenEvent } from '../event';
import { done, refuse, type Result } from '../result';
import { lookIdOf } from './look-id';
import type { LoadStaff } from './staff';

/** What writing a look down takes where the verifier is known already. */
export interface NoteLookPorts {
  readonly now: Now;
  readonly sha256: Sha256;
  readonly loadCheck: LoadCheck;
  readonly loadLooks: LoadLooks;
  readonly makeOpenEvent: MakeOpenEvent;
  readonly appendEvent: AppendEvent;
}

export interface ReportLookPorts extends NoteLookPorts {
  readonly loadStaff: LoadStaff;
}

/** For how long after a check its terminal may say what the look came to, in milliseconds. */
export const LOOK_MS = 10 * 60 * 1000;

/**
 * Writes down what a comparison came to, about a check that is the caller's own.
 * Refuses `wrong_step` where another answer was given or the time to answer is over.
 */
export const noteLook = async (
  ports: NoteLookPorts,
  { check, at: checkedAt }: { readonly check: EventId; readonly at: Instant },
  look: Look,
): Promise<Result<ReportLookReply>> => {
  const id = lookIdOf(ports.sha256, check);
  const at = ports.now();
  const isInTime = at < instant(checkedAt + LOOK_MS);
  const happening = { kind: 'look_reported', check, look } as const;
  if (isInTime && (await ports.appendEvent(ports.makeOpenEvent({ at, happening, id }))))
    return done({ ok: true, look });
  const given = (await ports.loadLooks([id])).get(id);
  return given === look ? done({ ok: true, look }) : refuse('wrong_step');
};

/**
 * Writes down what a comparison of portrait and person came to: once for each check, by the terminal that made it. The same words
 * again are harmless.
 * Refuses `not_permitted` for who is no staff, `not_found` where the caller made no such check, and `wrong_step` where another
 * answer was given or the time to answer is over.
 */
export const reportLook = async (
  ports: ReportLookPorts,
  account: AccountKey,
  { eventId: named, look }: ReportLookRequest,
): Promise<Result<ReportLookReply>> => {
  const staff = await ports.loadStaff(account);
  if (!staff) return refuse('not_permitted');
  const check = eventId(named);
  const found = await ports.loadCheck(check);
  // Another's check and no check look the same.
  if (found?.check.verifier !== staff.key) return refuse('not_found');
  return noteLook(ports, { check, at: found.at }, look);
};
