import { eventId, instant } from '../../../protocol';
import type { AccountKey, EventId, ReportLookReply, ReportLookRequest, Sha256 } from '../../../protocol';
import type { Now } from '../ambient-ports';
import type { LoadDataKey } from '../card/identity-ports';
import type { AppendEvent, CheckEvent, LoadLooks, LoadSealedEvent } from '../event';
import { done, refuse, type Result } from '../result';
import { lookIdOf } from './look-id';
import type { LoadStaff, Staff } from './staff';

export interface ReportLookPorts {
  readonly now: Now;
  readonly sha256: Sha256;
  readonly loadStaff: LoadStaff;
  readonly loadSealedEvent: LoadSealedEvent;
  readonly loadDataKey: LoadDataKey;
  readonly loadLooks: LoadLooks;
  readonly appendEvent: AppendEvent;
}

/** For how long after a check its terminal may say what the look came to, in milliseconds. */
export const LOOK_MS = 10 * 60 * 1000;

/** The check of that id if that member of staff made it; another's check and no check look the same. */
const loadOwnCheck = async (ports: ReportLookPorts, staff: Staff, id: EventId): Promise<CheckEvent | null> => {
  const sealed = await ports.loadSealedEvent(id);
  const dataKey = sealed && (await ports.loadDataKey(sealed.subject));
  if (!sealed || !dataKey) return null;
  const event = sealed.open(dataKey);
  return event.kind === 'card_checked' && event.verifier === staff.key ? event : null;
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
  const check = await loadOwnCheck(ports, staff, eventId(named));
  if (!check) return refuse('not_found');

  const { dataKey } = check;
  const id = lookIdOf(ports.sha256, check.id);
  const at = ports.now();
  const isInTime = at < instant(check.at + LOOK_MS);
  if (isInTime && (await ports.appendEvent({ id, at, kind: 'look_reported', dataKey, check: check.id, look }))) {
    return done({ ok: true, look });
  }
  const [given] = await ports.loadLooks(dataKey, [id]);
  return given?.look === look ? done({ ok: true, look }) : refuse('wrong_step');
};
