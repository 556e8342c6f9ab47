import { calendarDate, instant, type CalendarDate, type Instant } from '../../protocol';

/** A clock that stands still until a test moves it. */
export interface Clock {
  readonly now: () => Instant;
  /** The calendar date in China. */
  readonly today: () => CalendarDate;
  readonly advance: (milliseconds: number) => void;
}

const CHINA_OFFSET_MS = 8 * 60 * 60 * 1000;

/** @param start an instant as ISO 8601 */
export const createClock = (start = '2026-03-10T02:00:00.000Z'): Clock => {
  let at = Date.parse(start);
  return {
    now: () => instant(at),
    today: () => calendarDate(new Date(at + CHINA_OFFSET_MS).toISOString().slice(0, 10)),
    advance: (milliseconds) => {
      at += milliseconds;
    },
  };
};
