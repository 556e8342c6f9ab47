import fc from 'fast-check';
import { DAY, readDay, wholeDays } from '../../../miniprogram/presenters/china-days';
import { inChina } from '../../../miniprogram/presenters/days';

const at = (instant: string): number => Date.parse(instant);

describe('a day as it was typed', () => {
  it.each(['2026-11-01', '2026/11/1', '2026.11.01', '20261101', '2026年11月1日', ' 2026 - 11 - 1 '])(
    'begins at midnight in China: %s',
    (typed) => {
      expect(readDay(typed)).toBe(at('2026-10-31T16:00:00Z'));
    },
  );

  it.each([
    '',
    '2026-02-29',
    '2026-02-30',
    '2026-13-01',
    '2026-00-10',
    '2026-11-00',
    '2026-11-31',
    '2026111',
    '202611010',
    '26-11-01',
    '1-11-2026',
    '2026-11-01T00:00',
    '2026年11月',
    '-2026-11-01',
    '1969-12-31',
    '1970-01-01',
    '2100-01-02',
    '0001-01-01',
    '２０２６-11-01',
    'NaN',
  ])('is none where there is no such day, or the protocol cannot tell it: “%s”', (typed) => {
    expect(readDay(typed)).toBeNull();
  });

  it('is the day that the screens show, whatever the phone’s own time zone', () => {
    const days = fc.integer({ min: 1, max: 47_000 }).map((number) => number * DAY - 8 * 3_600_000);
    fc.assert(
      fc.property(days, (begin) => {
        const { date, time } = inChina(begin);
        expect([readDay(date), time]).toEqual([begin, '00:00']);
        expect(readDay(date.replaceAll('-', ''))).toBe(begin);
      }),
    );
  });
});

describe('a period', () => {
  it('of whole days is told by its first and its last one', () => {
    const from = at('2026-10-01T00:00:00+08:00');
    expect(wholeDays(from, from + DAY)).toEqual({ first: '2026-10-01', last: '2026-10-01' });
    expect(wholeDays(from, from + 3 * DAY)).toEqual({ first: '2026-10-01', last: '2026-10-03' });
  });

  it.each([
    ['begins within a day', 1, DAY],
    ['ends within a day', 0, DAY - 1],
    ['ends a millisecond late', 0, DAY + 1],
    ['is empty', 0, 0],
    ['runs backwards', DAY, 0],
  ])('that %s is not one of whole days', (_, from, to) => {
    const begin = at('2026-10-01T00:00:00+08:00');
    expect(wholeDays(begin + from, begin + to)).toBeNull();
  });
});
