import fc from 'fast-check';
import { birthDate, isoDate, validity } from '../../../cloudfunctions/_adapters/embedded/card/dates';

const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });

describe('the date of birth', () => {
  it('is read as the card prints it', () => {
    fc.assert(
      fc.property(days, (day) => {
        const [year, month, date] = [day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()].map(String);
        const print = `${year ?? ''}年${month ?? ''}月${date ?? ''}日`;
        expect(birthDate(print)).toBe(day.toISOString().slice(0, 10));
      }),
    );
  });

  it.each([
    ['1979年817日', '1979-08-17'],
    ['19798月17日', '1979-08-17'],
    ['1950年1209', '1950-12-09'],
    ['1950年12月9', '1950-12-09'],
  ])('is found in %s, which can be read one way only', (print, date) => {
    expect(birthDate(print)).toBe(date);
  });

  it.each(['1979年112日', '1979年111', '1979年2月30日', '1979年13月1日', '1979年', '', '年月日'])(
    'is not guessed from %s',
    (print) => {
      expect(birthDate(print)).toBeNull();
    },
  );
});

describe('the period of validity', () => {
  it.each([
    ['2017.10.22-2037.10.22', { from: '2017-10-22', to: '2037-10-22' }],
    ['2017.10.22-长期', { from: '2017-10-22', to: '长期' }],
    ['2017.1022-20371022', { from: '2017-10-22', to: '2037-10-22' }],
  ])('is read from %s', (print, period) => {
    expect(validity(print)).toEqual(period);
  });

  it.each(['2017.10.22', '2017.13.22-2037.10.22', '2017.10.22-2037.02.30', '长期', ''])(
    'is not found in %s',
    (print) => {
      expect(validity(print)).toBeNull();
    },
  );
});

it('knows no day that the calendar lacks', () => {
  expect(isoDate('2023', '2', '29')).toBeNull();
  expect(isoDate('2024', '2', '29')).toBe('2024-02-29');
  expect(isoDate('2024', '00', '10')).toBeNull();
});
