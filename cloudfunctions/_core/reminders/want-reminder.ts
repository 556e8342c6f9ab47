import {
  caseId,
  instant,
  reminderKinds,
  type AccountKey,
  type CalendarDate,
  type DropReminderRequest,
  type ReminderKind,
  type RemindersReply,
  type WantReminderRequest,
} from '../../../protocol';
import type { Now } from '../ambient-ports';
import { hasEnded } from '../card/identity';
import type { LoadIdentityOfAccount } from '../card/identity-ports';
import type { LoadCase } from '../enrolment/case-ports';
import { done, refuse, type Result } from '../result';
import { endsSoonAt } from './ends-soon';
import type { ForgetReminder, KeepReminder, ListReminders } from './reminder';

export interface ReminderPorts {
  readonly now: Now;
  /** The super-app's names of the messages. */
  readonly templates: Readonly<Record<ReminderKind, string>>;
  readonly listReminders: ListReminders;
  readonly forgetReminder: ForgetReminder;
}

export interface WantReminderPorts extends ReminderPorts {
  readonly today: () => CalendarDate;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
  readonly loadCase: LoadCase;
  readonly keepReminder: KeepReminder;
}

/** How long after it was asked for the first look at a case is, in milliseconds. */
export const CASE_LOOK_MS = 10 * 60 * 1000;

/** Which messages there are, and which of them the account waits for. */
export const getReminders = async (ports: ReminderPorts, account: AccountKey): Promise<Result<RemindersReply>> => {
  const wanted = await ports.listReminders(account);
  const reminders = reminderKinds.map((kind) => ({
    kind,
    template: ports.templates[kind],
    isWanted: wanted.includes(kind),
  }));
  return done({ ok: true, reminders });
};

/**
 * Keeps that the user wants to be told, once: that the card ends, or that the case is decided.
 * Refuses `not_found` where there is no such card or case of the caller's, and `wrong_step` for a card that has ended
 * and a case that waits for no decision.
 */
export const wantReminder = async (
  ports: WantReminderPorts,
  account: AccountKey,
  request: WantReminderRequest,
): Promise<Result<RemindersReply>> => {
  if (request.kind === 'card_ends') {
    const identity = await ports.loadIdentityOfAccount(account);
    if (!identity) return refuse('not_found');
    if (hasEnded(identity.card, ports.today())) return refuse('wrong_step');
    const dueAt = endsSoonAt(identity.card.validTo);
    await ports.keepReminder({ kind: 'card_ends', account, dueAt, tries: 0 });
    return getReminders(ports, account);
  }
  const found = request.caseId === undefined ? null : await ports.loadCase(caseId(request.caseId), account);
  if (!found) return refuse('not_found');
  if (found.state !== 'inReview') return refuse('wrong_step');
  const dueAt = instant(ports.now() + CASE_LOOK_MS);
  await ports.keepReminder({ kind: 'case_decided', account, caseId: found.id, dueAt, tries: 0 });
  return getReminders(ports, account);
};

/** Forgets that the user wanted to be told; what was not wanted is no error. */
export const dropReminder = async (
  ports: ReminderPorts,
  account: AccountKey,
  { kind }: DropReminderRequest,
): Promise<Result<RemindersReply>> => {
  await ports.forgetReminder(account, kind);
  return getReminders(ports, account);
};
