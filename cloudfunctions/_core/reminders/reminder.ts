import type { AccountKey, CaseId, Instant, ReminderKind } from '../../../protocol';

interface ReminderBase {
  readonly account: AccountKey;
  /** When it is looked at next, and sent if it is time. */
  readonly dueAt: Instant;
  /** How often sending failed for a reason that may pass. */
  readonly tries: number;
}

/** A message that a user waits for: one of each kind. */
export type Reminder = ReminderBase &
  ({ readonly kind: 'card_ends' } | { readonly kind: 'case_decided'; readonly caseId: CaseId });

/**
 * Keeps the reminder of the user who is calling, in place of one of the same kind. With it goes, sealed, whom the super-app is to tell.
 */
export type KeepReminder = (reminder: Reminder) => Promise<void>;

/** The kinds that an account waits for. */
export type ListReminders = (account: AccountKey) => Promise<readonly ReminderKind[]>;

/** Forgets one; one that is not there is no error. */
export type ForgetReminder = (account: AccountKey, kind: ReminderKind) => Promise<void>;

/** Forgets a reminder as long as it is due then: one that the user has asked for anew meanwhile stays. */
export type FinishReminder = (reminder: Reminder) => Promise<void>;

/** Forgets all of an account. */
export type ForgetReminders = (account: AccountKey) => Promise<void>;

/** Those that are due at an instant, the longest due first. */
export type LoadDueReminders = (at: Instant, limit: number) => Promise<readonly Reminder[]>;

/** Moves a reminder in one conditional write that names when it was due. @returns false where somebody else was first */
export type MoveReminder = (reminder: Reminder, next: Pick<Reminder, 'dueAt' | 'tries'>) => Promise<boolean>;

/**
 * Has the super-app tell the user: that it is time, and nothing about them.
 * @returns `declined` where the user takes no such message any more; `unavailable` where it may work later
 */
export type SendReminder = (reminder: Reminder) => Promise<'sent' | 'declined' | 'unavailable'>;
