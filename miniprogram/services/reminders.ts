import type { ReminderKind, RemindersReply } from '../protocol';
import { askForMessage, openMessageSettings, type MessageConsent } from '../platform/subscribe';
import type { Called } from './call';
import { dropReminder, getReminders, wantReminder } from './holder';

/** A message of the super-app's, and whether the user waits for it. */
export type Reminder = RemindersReply['reminders'][number];

/** What a reminder is about; of a case, which one. */
export type ReminderSubject =
  { readonly kind: 'card_ends' } | { readonly kind: 'case_decided'; readonly caseId: string };

/** What came of asking for a reminder: the phone took no consent, or the service has answered. */
export type Wanted =
  | { readonly at: 'phone'; readonly because: Exclude<MessageConsent, 'accepted'> }
  | { readonly at: 'service'; readonly called: Called<Reminder | null> };

const only = (called: Called<RemindersReply>, kind: ReminderKind): Called<Reminder | null> =>
  called.ok ? { ok: true, reply: called.reply.reminders.find((one) => one.kind === kind) ?? null } : called;

/** The reminder of a kind as it stands; null where it cannot be told now: whoever asks has other things to show. */
export const loadReminder = async (kind: ReminderKind): Promise<Reminder | null> => {
  const called = only(await getReminders(), kind);
  return called.ok ? called.reply : null;
};

/** Asks for a reminder, from a tap alone: the super-app has the user consent first. */
export const askForReminder = async (subject: ReminderSubject, template: string): Promise<Wanted> => {
  const consent = await askForMessage(template);
  if (consent !== 'accepted') return { at: 'phone', because: consent };
  return { at: 'service', called: only(await wantReminder(subject), subject.kind) };
};

/** Takes a reminder back. */
export const forgetReminder = async (kind: ReminderKind): Promise<Called<Reminder | null>> =>
  only(await dropReminder({ kind }), kind);

export { openMessageSettings };
