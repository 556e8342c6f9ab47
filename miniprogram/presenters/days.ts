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

/** How long ago, in the words of a glance. @param milliseconds what has passed */
export const showAge = (milliseconds: number, language: Language): string => {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  if (seconds < 1) return language === 'zh' ? '刚刚' : 'just now';
  if (minutes < 1) return language === 'zh' ? `${String(seconds)} 秒前` : `${String(seconds)} s ago`;
  return language === 'zh' ? `${String(minutes)} 分钟前` : `${String(minutes)} min ago`;
};
