import { inChina } from './days';
import type { Language } from './guidance';
import type { Choice } from './staff';

const DAY = 86_400_000;
/** China has one time zone. In milliseconds. */
const CHINA = 8 * 3_600_000;

/** Periods that can be exported, in days up to and with the present one. */
const lasts = { today: 1, week: 7, month: 31, year: 366 } as const;

/** A period that can be exported. */
export type PeriodId = keyof typeof lasts;

const names = {
  zh: { today: '今天', week: '最近 7 天', month: '最近 31 天', year: '最近一年' },
  en: { today: 'Today', week: 'The last 7 days', month: 'The last 31 days', year: 'The last year' },
} as const satisfies Record<Language, Record<PeriodId, string>>;

export const periodIds: readonly PeriodId[] = ['today', 'week', 'month', 'year'];

export const listPeriods = (language: Language): Choice[] =>
  periodIds.map((id) => ({ id, name: names[language][id], text: '' }));

/** The period in whole days of China, the present one with all that is still to come. @param now milliseconds since 1970 */
export const periodOf = (id: PeriodId, now: number): { readonly from: number; readonly to: number } => {
  const tomorrow = (Math.floor((now + CHINA) / DAY) + 1) * DAY - CHINA;
  return { from: Math.max(0, tomorrow - lasts[id] * DAY), to: tomorrow };
};

/** The file's name: of what, and the first and the last day. */
export const fileNameOf = ({ from, to }: { readonly from: number; readonly to: number }): string =>
  `checks-${inChina(from).date}-to-${inChina(to - 1).date}.csv`;
