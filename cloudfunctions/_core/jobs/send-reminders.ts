import { instant, type CalendarDate, type Instant } from '../../../protocol';
import type { Now } from '../ambient-ports';
import { hasEnded } from '../card/identity';
import type { LoadIdentityOfAccount } from '../card/identity-ports';
import type { LoadCase } from '../enrolment/case-ports';
import { oneByOne } from '../one-by-one';
import { endsSoonAt } from '../reminders/ends-soon';
import type { FinishReminder, LoadDueReminders, MoveReminder, Reminder, SendReminder } from '../reminders/reminder';
import { CASE_LOOK_MS } from '../reminders/want-reminder';

export interface SendRemindersPorts {
  readonly now: Now;
  readonly today: () => CalendarDate;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
  readonly loadCase: LoadCase;
  readonly loadDueReminders: LoadDueReminders;
  readonly moveReminder: MoveReminder;
  readonly finishReminder: FinishReminder;
  readonly sendReminder: SendReminder;
}

/** How many one run looks at; what is left is the next run's. */
const AT_ONCE = 100;
/** For how long a run has a reminder for itself, and how long it waits after a failure, in milliseconds. */
const CLAIM_MS = 10 * 60 * 1000;
/** After so many failures a message is given up: it would come too late to be of use. */
const TRIES = 20;

type When = { readonly kind: 'now' } | { readonly kind: 'later'; readonly at: Instant } | { readonly kind: 'never' };

/** Whether it is time: the card may have been renewed or deleted since, the case may still wait. */
const whenOf = async (ports: SendRemindersPorts, reminder: Reminder): Promise<When> => {
  const now = ports.now();
  if (reminder.kind === 'card_ends') {
    const identity = await ports.loadIdentityOfAccount(reminder.account);
    if (!identity || hasEnded(identity.card, ports.today())) return { kind: 'never' };
    const at = endsSoonAt(identity.card.validTo);
    return at > now ? { kind: 'later', at } : { kind: 'now' };
  }
  const found = await ports.loadCase(reminder.caseId, reminder.account);
  if (!found) return { kind: 'never' };
  return found.state === 'inReview' ? { kind: 'later', at: instant(now + CASE_LOOK_MS) } : { kind: 'now' };
};

/** @returns whether a message was sent */
const look = async (ports: SendRemindersPorts, found: Reminder): Promise<boolean> => {
  const claimed: Reminder = { ...found, dueAt: instant(ports.now() + CLAIM_MS), tries: found.tries + 1 };
  // Of two runs at the same time one goes on; one that is interrupted is taken up again later.
  if (!(await ports.moveReminder(found, claimed))) return false;
  const when = await whenOf(ports, found);
  if (when.kind === 'later') {
    await ports.moveReminder(claimed, { dueAt: when.at, tries: 0 });
    return false;
  }
  const outcome = when.kind === 'never' ? 'declined' : await ports.sendReminder(claimed);
  if (outcome !== 'unavailable' || claimed.tries >= TRIES) await ports.finishReminder(claimed);
  return outcome === 'sent';
};

/** Sends what users wanted to be told, once it is time. @returns how many messages were sent */
export const sendReminders = async (ports: SendRemindersPorts): Promise<number> => {
  const due = await ports.loadDueReminders(ports.now(), AT_ONCE);
  let sent = 0;
  await oneByOne(due, async (reminder) => {
    if (await look(ports, reminder)) sent += 1;
  });
  return sent;
};
