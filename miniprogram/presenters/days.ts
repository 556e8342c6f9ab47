import type { Language } from './guidance';

const two = (number: number): string => String(number).padStart(2, '0');

/** A calendar date as people write it. @param date `YYYY-MM-DD` */
export const showDate = (date: string, language: Language): string => {
  const [year = '', month = '', day = ''] = date.split('-');
  if (language === 'zh') return `${year}年${String(Number(month))}月${String(Number(day))}日`;
  return `${String(Number(day))} ${months[Number(month) - 1] ?? month} ${year}`;
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** China has one time zone, whatever the phone is set to. In milliseconds. */
const CHINA = 8 * 3_600_000;

/** An instant as the day and the time of day in China. @param instant milliseconds since 1970 */
export const inChina = (instant: number): { readonly date: string; readonly time: string } => {
  const at = new Date(instant + CHINA);
  return {
    date: `${String(at.getUTCFullYear())}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`,
    time: `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`,
  };
};

/** An instant as a day and a time of day in China, as people write them. @param instant milliseconds since 1970 */
export const showMoment = (instant: number, language: Language): string => {
  const { date, time } = inChina(instant);
  return `${showDate(date, language)} ${time}`;
};

const DAY_MS = 24 * 3_600_000;

/** How many days lie between two calendar dates. @param from, to `YYYY-MM-DD` */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

/** How long ago, in the words of a glance. @param milliseconds what has passed */
export const showAge = (milliseconds: number, language: Language): string => {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  if (seconds < 1) return language === 'zh' ? '刚刚' : 'just now';
  if (minutes < 1) return language === 'zh' ? `${String(seconds)} 秒前` : `${String(seconds)} s ago`;
  return language === 'zh' ? `${String(minutes)} 分钟前` : `${String(minutes)} min ago`;
};

const MINUTE = 60_000;
const units = [
  { from: 48 * 60 * MINUTE, length: 24 * 60 * MINUTE, zh: '天', en: 'd' },
  { from: 60 * MINUTE, length: 60 * MINUTE, zh: '小时', en: 'h' },
  { from: MINUTE, length: MINUTE, zh: '分钟', en: 'min' },
] as const;

/** How long something has waited, in one unit. @param milliseconds what has passed */
export const showWait = (milliseconds: number, language: Language): string => {
  const unit = units.find(({ from }) => milliseconds >= from);
  if (!unit) return language === 'zh' ? '刚刚' : 'just now';
  return `${String(Math.floor(milliseconds / unit.length))} ${unit[language]}`;
};
