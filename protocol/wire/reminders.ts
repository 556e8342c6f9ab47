import { reminderKinds } from '../reminders/reminder-kinds';
import { hexId, type Typed } from './schema';

const kind = { type: 'string', enum: reminderKinds } as const;

/** Which messages there are, and which of them this account waits for. */
export const GetRemindersRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: { action: { const: 'getReminders' } },
} as const;
export type GetRemindersRequest = Typed<typeof GetRemindersRequest>;

/** The user has allowed one message of that kind in the super-app's own dialogue: it is sent once, when it is time. */
export const WantReminderRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'kind'],
  properties: {
    action: { const: 'wantReminder' },
    kind,
    /** Of `case_decided`: which case. */
    caseId: hexId,
  },
} as const;
export type WantReminderRequest = Typed<typeof WantReminderRequest>;

/** The user wants no such message any more. */
export const DropReminderRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'kind'],
  properties: { action: { const: 'dropReminder' }, kind },
} as const;
export type DropReminderRequest = Typed<typeof DropReminderRequest>;

export const RemindersReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'reminders'],
  properties: {
    ok: { const: true },
    reminders: {
      type: 'array',
      maxItems: reminderKinds.length,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['kind', 'template', 'isWanted'],
        properties: {
          kind,
          /** The super-app's name of the message: what its dialogue is asked with. */
          template: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$', maxLength: 64 },
          isWanted: { type: 'boolean' },
        },
      },
    },
  },
} as const;
export type RemindersReply = Typed<typeof RemindersReply>;
