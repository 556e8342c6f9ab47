import fc from 'fast-check';
import { calendarDate, type CalendarDate, type FieldName } from '../../protocol';
import type { ReadFields } from '../../cloudfunctions/_core/proofing/ports';
import { idNumberOf } from './id-number';

/** Both sides of a card as the recogniser reads them. */
export interface Reading {
  readonly front: ReadFields;
  readonly back: ReadFields;
}

const text = (value: string): { value: string; confidence: number } => ({ value, confidence: 0.97 });

const wellRead: Reading = {
  front: {
    name: text('林晓梅'),
    sex: text('女'),
    ethnicity: text('汉'),
    birthDate: text('1990-05-17'),
    address: text('北京市朝阳区测试路1号'),
    number: text(idNumberOf('110105', '1990-05-17', '024')),
  },
  back: { issuingAuthority: text('北京市公安局朝阳分局'), validFrom: text('2016-03-10'), validTo: text('2036-03-10') },
};

/** A reading without fault on 2026-03-10, with some fields read otherwise; null for a field that was not read at all. */
export const readingWith = (changes: Partial<Record<FieldName, string | null>> = {}): Reading => {
  const changed = (fields: ReadFields): ReadFields =>
    Object.fromEntries(
      Object.entries(fields)
        .map(([name, field]) => [name, name in changes ? changes[name as FieldName] : field.value, field] as const)
        .flatMap(([name, value, field]) => (typeof value === 'string' ? [[name, { ...field, value }]] : [])),
    );
  return { front: changed(wellRead.front), back: changed(wellRead.back) };
};

const iso = (date: Date): CalendarDate => calendarDate(date.toISOString().slice(0, 10));
const between = (first: string, last: string) =>
  fc.date({ min: new Date(first), max: new Date(last), noInvalidDate: true }).map(iso);

/** The last day of a term: of 29 February, the day that a register writes in a year without one. */
const endOfTerm = (from: string, years: number, leap: '02-28' | '03-01'): string => {
  const year = Number(from.slice(0, 4)) + years;
  return from.endsWith('02-29') && year % 4 !== 0 ? `${year}-${leap}` : `${year}${from.slice(4)}`;
};

/** A person whose card was issued within the last five years, read without fault on the day. */
export const wellFormedReading = (today: string): fc.Arbitrary<Reading> =>
  fc
    .record({
      name: fc.constantFrom('林晓梅', '欧阳修', '王一', '阿卜杜拉·买买提', '次仁卓玛'),
      region: fc.stringMatching(/^[1-8]\d{5}$/),
      birthDate: between('1900-01-01', '2015-12-31'),
      order: fc.integer({ min: 0, max: 999 }).map((order) => String(order).padStart(3, '0')),
      ethnicity: fc.option(fc.constantFrom('汉', '维吾尔', '藏')),
      from: between('2021-04-01', today),
      years: fc.constantFrom(5, 10, 20, null),
      leap: fc.constantFrom('02-28', '03-01'),
    })
    .map(({ name, region, birthDate, order, ethnicity, from, years, leap }) =>
      readingWith({
        name,
        ethnicity,
        birthDate,
        sex: Number(order) % 2 === 1 ? '男' : '女',
        number: idNumberOf(region, birthDate, order),
        validFrom: from,
        validTo: years === null ? '长期' : endOfTerm(from, years, leap),
      }),
    );
