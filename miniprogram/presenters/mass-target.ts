import type { MassTarget } from '../protocol';
import { wholeDays } from './china-days';
import { showDate, showMoment } from './days';
import type { Fact } from './facts';
import type { Language } from './guidance';

const words = {
  zh: {
    kid: '签发密钥',
    office: '签发机关',
    minted: '办证时间',
    day: (day: string) => `${day}，全天`,
    days: (first: string, last: string) => `${first}至${last}，含首尾两天`,
    period: (from: string, to: string) => `${from} 至 ${to} 之前`,
  },
  en: {
    kid: 'Cards of the key',
    office: 'Cards of the office',
    minted: 'Cards minted',
    day: (day: string) => `${day}, all day`,
    days: (first: string, last: string) => `${first} to ${last}, both included`,
    period: (from: string, to: string) => `${from} until before ${to}`,
  },
} as const;

const tellPeriod = (from: number, to: number, language: Language): string => {
  const said = words[language];
  const days = wholeDays(from, to);
  if (!days) return said.period(showMoment(from, language), showMoment(to, language));
  const [first, last] = [showDate(days.first, language), showDate(days.last, language)];
  return first === last ? said.day(first) : said.days(first, last);
};

/** Which cards an act on many is about, as a screen shows it. */
export const tellMassTarget = (target: MassTarget, language: Language): Fact => {
  const said = words[language];
  switch (target.by) {
    case 'kid':
      return { name: said.kid, value: target.kid, isCode: true };
    case 'office':
      return { name: said.office, value: target.office };
    case 'minted':
      return { name: said.minted, value: tellPeriod(target.from, target.to, language) };
  }
};
