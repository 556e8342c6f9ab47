import fc from 'fast-check';
import { calendarDate, maskName, maskNumber, parseIdNumber } from '../../../protocol';

const today = calendarDate('2026-11-22');

/** The check character by ISO 7064 itself: the whole number, with X for ten, is one modulo eleven. */
const completed = (digits: string): string => {
  const characters = '0123456789X';
  const found = Array.from(characters).find((_, value) => {
    const all = Array.from(digits).map(Number).concat(value);
    return all.reduce((sum, digit) => (sum * 2 + digit) % 11, 0) === 1;
  });
  return digits + (found ?? '');
};

const born = fc.date({ min: new Date('1850-01-01'), max: new Date('2026-11-22'), noInvalidDate: true });
const digits = fc
  .tuple(fc.integer({ min: 100000, max: 999999 }), born, fc.integer({ min: 0, max: 999 }))
  .map(([region, date, order]) => ({
    region: String(region),
    date: date.toISOString().slice(0, 10),
    order: String(order).padStart(3, '0'),
  }));
const numberOf = (parts: { region: string; date: string; order: string }): string =>
  completed(parts.region + parts.date.replaceAll('-', '') + parts.order);

describe('the identity number', () => {
  // GB 11643-1999, the standard's two examples
  it.each([
    ['11010519491231002X', '1949-12-31', 'female', '110105'],
    ['440524188001010014', '1880-01-01', 'male', '440524'],
  ])('reads %s as the standard does', (text, birthDate, sex, region) => {
    expect(parseIdNumber(text, today)).toEqual({ ok: true, number: text, birthDate, sex, region });
  });

  it('reads every number that ISO 7064 makes', () => {
    fc.assert(
      fc.property(digits, (parts) => {
        const number = numberOf(parts);
        const sex = Number(parts.order) % 2 === 1 ? 'male' : 'female';
        expect(parseIdNumber(number, today)).toEqual({
          ok: true,
          number,
          birthDate: parts.date,
          sex,
          region: parts.region,
        });
      }),
    );
  });

  it('finds every misread digit and every exchange of neighbours', () => {
    fc.assert(
      fc.property(digits, fc.nat({ max: 16 }), fc.integer({ min: 1, max: 9 }), (parts, position, step) => {
        const number = numberOf(parts);
        const misread = (Number(number.charAt(position)) + step) % 10;
        expect(parseIdNumber(number.slice(0, position) + String(misread) + number.slice(position + 1), today).ok).toBe(
          false,
        );
        const [one, other] = [number.charAt(position), number.charAt(position + 1)];
        if (one !== other && other !== 'X') {
          expect(parseIdNumber(number.slice(0, position) + other + one + number.slice(position + 2), today).ok).toBe(
            false,
          );
        }
      }),
    );
  });

  it('takes a lower-case x for X', () => {
    expect(parseIdNumber('11010519491231002x', today)).toMatchObject({ ok: true, number: '11010519491231002X' });
  });

  it.each([
    ['a digit short', '1101051949123100X'],
    ['the fifteen digits of old', '110105491231002'],
    ['a digit more', '11010519491231002X0'],
    ['full-width digits', '１１０１０５１９４９１２３１００２Ｘ'],
    ['Arabic digits', '١١٠١٠٥١٩٤٩١٢٣١٠٠٢X'],
    ['a space', '11010519491231002 X'],
    ['a line break', '11010519491231002X\n'],
    ['X before the end', '1101051949123100XX'],
    ['nothing', ''],
  ])('has another form than %s', (_, text) => {
    expect(parseIdNumber(text, today)).toEqual({ ok: false, fault: 'form' });
  });

  it('says when the check character is wrong', () => {
    expect(parseIdNumber('110105194912310021', today)).toEqual({ ok: false, fault: 'check_digit' });
  });

  it.each([
    ['29 February of a common year', '1101051900' + '0229' + '002'],
    ['31 April', '1101051949' + '0431' + '002'],
    ['month 13', '1101051949' + '1301' + '002'],
    ['month 0', '1101051949' + '0001' + '002'],
    ['day 0', '1101051949' + '1200' + '002'],
    ['day 32', '1101051949' + '1232' + '002'],
    ['a day before 1850', '1101051849' + '1231' + '002'],
    ['tomorrow', '1101052026' + '1123' + '002'],
  ])('knows nobody born on %s', (_, text) => {
    expect(parseIdNumber(completed(text), today)).toEqual({ ok: false, fault: 'date' });
  });

  it.each([
    ['29 February of a leap year', '1101052000' + '0229' + '002'],
    ['the first day of 1850', '1101051850' + '0101' + '002'],
    ['today', '1101052026' + '1122' + '002'],
  ])('knows somebody born on %s', (_, text) => {
    expect(parseIdNumber(completed(text), today).ok).toBe(true);
  });
});

describe('masks', () => {
  it.each([
    ['林晓梅', '林**'],
    ['林梅', '林*'],
    ['林', '*'],
    ['欧阳修', '欧阳*'],
    ['欧阳小小', '欧阳**'],
    ['欧阳', '欧*'],
    ['司马相如', '司马**'],
    ['阿卜杜拉·买买提', '阿***·***'],
    ['阿卜杜拉•买买提', '阿***•***'],
    ['𠮷田', '𠮷*'],
    ['林𠮷', '林*'],
    ['', ''],
  ])('shows %s as %s', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });

  it('never shows a whole name', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('林晓梅欧阳司马·•𠮷a')), minLength: 1, maxLength: 8 }),
        (name) => {
          fc.pre(Array.from(name).some((character) => !'·•'.includes(character)));
          expect(maskName(name)).toContain('*');
          expect(Array.from(maskName(name))).toHaveLength(Array.from(name).length);
        },
      ),
    );
  });

  it('shows of a number its first and last character', () => {
    const parsed = parseIdNumber('11010519491231002X', today);
    expect(parsed.ok && maskNumber(parsed.number)).toBe('1****************X');
  });
});
