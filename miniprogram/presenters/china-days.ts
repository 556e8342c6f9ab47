import { inChina } from './days';

/** China has no summer time. In milliseconds. */
export const DAY = 24 * 3_600_000;

/** The end of what the protocol can tell: the year 2100. */
const END = 4_102_444_800_000;

const two = (digits: string): string => digits.padStart(2, '0');

/**
 * The instant at which a day begins in China, of a date as somebody typed it: `2026-11-01`, `2026/11/1`, `20261101`, `2026年11月1日`.
 * @returns milliseconds since 1970; null where there is no such day
 */
export const readDay = (typed: string): number | null => {
  const text = typed.replace(/\s/g, '');
  const parts = /^(\d{4})(\d\d)(\d\d)$/.exec(text) ?? /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text);
  if (!parts) return null;
  const [, year = '', month = '', day = ''] = parts;
  const date = `${year}-${two(month)}-${two(day)}`;
  const at = Date.parse(`${date}T00:00:00+08:00`);
  // A host may take 30 February for 2 March.
  return at >= 0 && at < END && inChina(at).date === date ? at : null;
};

const isMidnight = (instant: number): boolean => readDay(inChina(instant).date) === instant;

/** The first and the last day of a period of whole days in China, both `YYYY-MM-DD`; null of any other period. */
export const wholeDays = (from: number, to: number): { readonly first: string; readonly last: string } | null =>
  from < to && isMidnight(from) && isMidnight(to) ? { first: inChina(from).date, last: inChina(to - DAY).date } : null;
