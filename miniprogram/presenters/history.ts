import { purposeTable, type HistoryEntry } from '../protocol';
import { inChina, showDate } from './days';
import type { Language } from './guidance';

/** One thing that happened, as the history lists it. */
export interface ListedEntry {
  readonly id: string;
  readonly icon: string;
  readonly title: string;
  readonly text: string;
  readonly time: string;
  /** What staff said, where it was a check. */
  readonly look: string;
  /** What to do, where something may be wrong. */
  readonly alarm: string;
}

/** The entries of one day in China. */
export interface ListedDay {
  readonly date: string;
  readonly name: string;
  readonly entries: readonly ListedEntry[];
}

const words = {
  zh: {
    kinds: { card_minted: '办好电子证', card_suspended: '您停用了电子证', card_resumed: '您恢复了电子证' },
    looks: { same: '工作人员：是本人', unsure: '工作人员：不能确定', different: '工作人员：不是本人' },
    unsaid: '工作人员未填写核对结果',
    alarm: '如果当时不是您本人，请停用电子证并到柜台反映。',
    today: '今天',
  },
  en: {
    kinds: { card_minted: 'Card made', card_suspended: 'You suspended the card', card_resumed: 'You resumed the card' },
    looks: { same: 'Staff: same person', unsure: 'Staff: not sure', different: 'Staff: not the same person' },
    unsaid: 'Staff have not said what they saw',
    alarm: 'If that was not you, suspend the card and tell a counter.',
    today: 'Today',
  },
} as const;

const icons = { card_minted: 'card', card_suspended: 'pause', card_resumed: 'play', card_checked: 'shop' } as const;

const listed = (entry: HistoryEntry, language: Language): ListedEntry => {
  const { kinds, looks, unsaid, alarm } = words[language];
  const { time } = inChina(entry.at);
  const { id, kind } = entry;
  if (kind !== 'card_checked')
    return { id, icon: icons[kind], title: kinds[kind], text: '', time, look: '', alarm: '' };
  return {
    id,
    icon: icons[kind],
    title: entry.partner[language],
    text: `${purposeTable[entry.purpose].names[language]} · ${entry.terminal}`,
    time,
    look: entry.look ? looks[entry.look] : unsaid,
    alarm: entry.look === 'different' ? alarm : '',
  };
};

/** The history by days, newest first. @param now milliseconds since 1970, for the name of the present day */
export const listDays = (entries: readonly HistoryEntry[], now: number, language: Language): ListedDay[] => {
  const days = new Map<string, ListedEntry[]>();
  for (const entry of entries) {
    const { date } = inChina(entry.at);
    days.set(date, [...(days.get(date) ?? []), listed(entry, language)]);
  }
  const today = inChina(now).date;
  return [...days].map(([date, ofDay]) => ({
    date,
    name: date === today ? words[language].today : showDate(date, language),
    entries: ofDay,
  }));
};
