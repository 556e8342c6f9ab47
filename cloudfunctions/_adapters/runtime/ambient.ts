import { randomBytes as nodeRandomBytes } from 'node:crypto';
import { calendarDate, instant, type CalendarDate } from '../../../protocol';
import type { Now, RandomBytes } from '../../_core/ambient-ports';

/** The server's clock. */
export const now: Now = () => instant(Date.now());

/** Today in China, where cards begin and end at midnight. */
export const today = (): CalendarDate =>
  calendarDate(new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date()));

/** Strong randomness of the platform. */
export const randomBytes: RandomBytes = (length) => nodeRandomBytes(length);
