import { instant, reminderKinds, type AccountKey, type ReminderKind } from '../../../protocol';
import type {
  FinishReminder,
  ForgetReminder,
  ForgetReminders,
  KeepReminder,
  ListReminders,
  LoadDueReminders,
  MoveReminder,
  Reminder,
} from '../../_core/reminders/reminder';
import type { SealedKey } from '../../_core/sealed-key';
import type { Sealing } from '../crypto/sealing';
import { countOf, database } from './app';
import { openIdOf, type PresentUser } from './caller';

/** A reminder as it lies in the collection `reminders`: whom to tell is sealed under a key of its own. */
type ReminderDocument = Reminder & { readonly _id: string; readonly dataKey: SealedKey; readonly sealed: string };

const idOf = (account: AccountKey, kind: ReminderKind): string => `${kind} ${account}`;

export interface Reminders {
  /** Speaks of the user who is calling. */
  readonly keepReminder: (user: PresentUser) => KeepReminder;
  readonly listReminders: ListReminders;
  readonly forgetReminder: ForgetReminder;
  readonly finishReminder: FinishReminder;
  readonly forgetReminders: ForgetReminders;
  readonly loadDueReminders: LoadDueReminders;
  readonly moveReminder: MoveReminder;
  /** Whom to tell of a reminder, for the message itself and for nothing else; null where it is gone. */
  readonly openRecipient: (reminder: Reminder) => Promise<string | null>;
}

/** Reminders in the collection `reminders`. */
export const createReminders = (sealing: Sealing): Reminders => {
  const collection = database.collection('reminders');
  const { command } = database;
  const context = (id: string): string => `recipient of ${id}`;
  return {
    keepReminder: (user) => async (reminder) => {
      const id = idOf(reminder.account, reminder.kind);
      const dataKey = sealing.newDataKey();
      const sealed = sealing.seal(dataKey, context(id), Buffer.from(openIdOf(user)));
      await collection.doc(id).set({ ...reminder, dataKey, sealed });
    },
    listReminders: async (account) => {
      const ids = reminderKinds.map((kind) => idOf(account, kind));
      const query = { _id: command.in(ids) };
      const { data } = (await collection.where(query).limit(ids.length).get()) as { data: readonly ReminderDocument[] };
      return data.map(({ kind }) => kind);
    },
    forgetReminder: async (account, kind) => {
      await collection.where({ _id: idOf(account, kind) }).remove();
    },
    finishReminder: async ({ account, kind, dueAt }) => {
      await collection.where({ _id: idOf(account, kind), dueAt }).remove();
    },
    forgetReminders: async (account) => {
      const ids = reminderKinds.map((kind) => idOf(account, kind));
      await collection.where({ _id: command.in(ids) }).remove();
    },
    loadDueReminders: async (at, limit) => {
      const due = collection
        .where({ dueAt: command.lte(at) })
        .orderBy('dueAt', 'asc')
        .limit(limit);
      const { data } = (await due.get()) as { data: readonly ReminderDocument[] };
      return data.map(({ _id, dataKey: _key, sealed: _sealed, ...reminder }) => ({
        ...reminder,
        dueAt: instant(reminder.dueAt),
      }));
    },
    moveReminder: async ({ account, kind, dueAt }, next) => {
      const query = { _id: idOf(account, kind), dueAt };
      const answer = (await collection.where(query).update({ dueAt: next.dueAt, tries: next.tries })) as {
        updated?: unknown;
      };
      return countOf(answer.updated) === 1;
    },
    openRecipient: async ({ account, kind }) => {
      const id = idOf(account, kind);
      const { data } = (await collection.where({ _id: id }).limit(1).get()) as { data: readonly ReminderDocument[] };
      const [found] = data;
      return found ? sealing.open(found.dataKey, context(id), found.sealed).toString() : null;
    },
  };
};
