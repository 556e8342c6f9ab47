import type { HistoryEntry } from '../protocol';
import { inChina, showDate } from './days';
import type { Language } from './guidance';
import { isDated, tellEntry, type ListedEntry } from './history';

/** The entries of one day in China. */
export interface ListedDay {
  readonly date: string;
  readonly name: string;
  readonly entries: readonly ListedEntry[];
}

const today = { zh: '今天', en: 'Today' } as const;

/**
 * The history by days, newest first; an entry that is missing stands with its neighbour.
 * @param now milliseconds since 1970, for the name of the present day
 */
export const listDays = (entries: readonly HistoryEntry[], now: number, language: Language): ListedDay[] => {
  const days = new Map<string, ListedEntry[]>();
  let last = entries.find(isDated)?.at ?? now;
  for (const entry of entries) {
    if (isDated(entry)) last = entry.at;
    const { date } = inChina(last);
    days.set(date, [...(days.get(date) ?? []), tellEntry(entry, language)]);
  }
  const present = inChina(now).date;
  return [...days].map(([date, ofDay]) => ({
    date,
    name: date === present ? today[language] : showDate(date, language),
    entries: ofDay,
  }));
};
