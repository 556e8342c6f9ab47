import fc from 'fast-check';
import { inChina, showAge, showDate } from '../../../miniprogram/presenters/days';
import { foreignTexts, languages } from './languages';

describe('a date', () => {
  it.each([
    ['2029-04-12', '2029年4月12日', '12 Apr 2029'],
    ['1995-12-01', '1995年12月1日', '1 Dec 1995'],
    ['2000-01-31', '2000年1月31日', '31 Jan 2000'],
  ])('is written as people write it: %s', (date, zh, en) => {
    expect([showDate(date, 'zh'), showDate(date, 'en')]).toEqual([zh, en]);
  });

  it('is the same day in both languages, on every day of a century', () => {
    const day = fc.date({ min: new Date('1950-01-01'), max: new Date('2049-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, (at) => {
        const date = at.toISOString().slice(0, 10);
        const [year, month, dayOfMonth] = date.split('-').map(Number);
        expect(showDate(date, 'zh')).toBe(`${String(year)}年${String(month)}月${String(dayOfMonth)}日`);
        expect(new Date(`${showDate(date, 'en')} 00:00 UTC`).toISOString().slice(0, 10)).toBe(date);
      }),
    );
  });
});

describe('an instant', () => {
  it.each([
    ['2026-11-22T15:59:59.999Z', '2026-11-22', '23:59'],
    ['2026-11-22T16:00:00.000Z', '2026-11-23', '00:00'],
    ['2026-12-31T15:59:59.999Z', '2026-12-31', '23:59'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01', '00:00'],
    ['2028-02-28T16:00:00.000Z', '2028-02-29', '00:00'],
    ['2026-07-01T00:05:09.000Z', '2026-07-01', '08:05'],
  ])('is told by the clocks of China: %s', (instant, date, time) => {
    expect(inChina(Date.parse(instant))).toEqual({ date, time });
  });

  it('is told as the time zone database tells it', () => {
    const parts = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Shanghai',
      dateStyle: 'short',
      timeStyle: 'short',
    });
    // From 1992 on: China has had no summer time since.
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1992, 0), max: Date.UTC(2099, 0) }), (instant) => {
        const { date, time } = inChina(instant);
        expect(`${date} ${time}`).toBe(parts.format(instant));
      }),
    );
  });
});

describe('an age', () => {
  it.each([
    [-5000, '刚刚', 'just now'],
    [0, '刚刚', 'just now'],
    [999, '刚刚', 'just now'],
    [1000, '1 秒前', '1 s ago'],
    [59_999, '59 秒前', '59 s ago'],
    [60_000, '1 分钟前', '1 min ago'],
    [3_600_000, '60 分钟前', '60 min ago'],
  ])('of %d ms is told at a glance', (milliseconds, zh, en) => {
    expect([showAge(milliseconds, 'zh'), showAge(milliseconds, 'en')]).toEqual([zh, en]);
  });

  it.each(languages)('is never negative, wherever two clocks stand, in %s', (language) => {
    fc.assert(
      fc.property(fc.integer({ min: -10_000_000, max: 10_000_000 }), (milliseconds) => {
        const told = showAge(milliseconds, language);
        expect(told).not.toContain('-');
        expect(foreignTexts([told], language)).toEqual([]);
      }),
    );
  });
});
