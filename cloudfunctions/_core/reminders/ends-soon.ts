import { instant, type CalendarDate, type Instant } from '../../../protocol';

/** How long before its last day a holder is told that a card ends, in days: time enough for a new identity card. */
const DAYS_BEFORE = 30;

const DAY_MS = 24 * 60 * 60 * 1000;

/** From when on a card ends soon: nine in the morning in China, some weeks before its last day. */
export const endsSoonAt = (validTo: CalendarDate): Instant =>
  instant(Date.parse(`${validTo}T09:00:00+08:00`) - DAYS_BEFORE * DAY_MS);
