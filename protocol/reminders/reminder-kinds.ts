/** What the holder can be reminded of by a message of the super-app's. */
export const reminderKinds = [
  /** The card's last day is near. */
  'card_ends',
  /** A case in review is decided. */
  'case_decided',
] as const;

/** What the holder can be reminded of. */
export type ReminderKind = (typeof reminderKinds)[number];
