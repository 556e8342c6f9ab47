import { calendarDate, checkedIdNumber, type CalendarDate, type IdNumber } from '../ids';
import { gb11643 } from '../spec/gb11643';

/** A resident identity number and what its digits say. */
export interface ParsedIdNumber {
  readonly number: IdNumber;
  readonly birthDate: CalendarDate;
  readonly sex: 'male' | 'female';
  /** Six digits (GB/T 2260) of where the number was first given out. Codes have come and gone since: not checked here. */
  readonly region: string;
}

/** What is wrong: not 18 characters of the right kind, the check character, or a birth date that cannot be. */
export type IdNumberFault = 'form' | 'check_digit' | 'date';

const daysOf = (year: number, month: number): number => {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
};

const birthDateOf = (number: string, today: CalendarDate): CalendarDate | null => {
  const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)];
  if (Number(year) < gb11643.firstYear || Number(month) < 1 || Number(month) > 12) return null;
  if (Number(day) < 1 || Number(day) > daysOf(Number(year), Number(month))) return null;
  const date = calendarDate(`${year}-${month}-${day}`);
  return date <= today ? date : null;
};

const checkCharacter = (number: string): string => {
  const sum = gb11643.weights.reduce((total, weight, at) => total + weight * Number(number.charAt(at)), 0);
  return gb11643.checkCharacters.charAt(sum % 11);
};

/**
 * Reads a resident identity number (GB 11643-1999). A lower-case `x` is taken for `X`; nothing else is forgiven.
 * @param today the calendar date in China: nobody is born after it
 */
export const parseIdNumber = (
  text: string,
  today: CalendarDate,
): ({ readonly ok: true } & ParsedIdNumber) | { readonly ok: false; readonly fault: IdNumberFault } => {
  const number = text.endsWith('x') ? `${text.slice(0, -1)}X` : text;
  if (!gb11643.form.test(number)) return { ok: false, fault: 'form' };
  if (number.charAt(17) !== checkCharacter(number)) return { ok: false, fault: 'check_digit' };
  const birthDate = birthDateOf(number, today);
  if (!birthDate) return { ok: false, fault: 'date' };
  return {
    ok: true,
    number: checkedIdNumber(number),
    birthDate,
    sex: Number(number.charAt(16)) % 2 === 1 ? 'male' : 'female',
    region: number.slice(0, 6),
  };
};
