import { Ajv } from 'ajv';
import { SamplePeople } from '../../../local/people/person';
import { samplePeople } from '../../../local/people';
import { calendarDate, parseIdNumber } from '../../../protocol';

const today = calendarDate('2026-11-01');

/** Whole years between two dates. */
const yearsBetween = (from: string, to: string): number =>
  Number(to.slice(0, 4)) - Number(from.slice(0, 4)) - (to.slice(5) < from.slice(5) ? 1 : 0);

describe('the sample people', () => {
  it('are eight, each with an id and a number of their own', () => {
    expect(samplePeople).toHaveLength(8);
    expect(new Set(samplePeople.map(({ id }) => id)).size).toBe(8);
    expect(new Set(samplePeople.map(({ idNumber }) => idNumber)).size).toBe(8);
  });

  it.each(samplePeople.map((person) => [person.id, person] as const))(
    '%s: the number agrees with the card',
    (_, person) => {
      expect(parseIdNumber(person.idNumber, today)).toMatchObject({
        ok: true,
        number: person.idNumber,
        birthDate: person.birthDate,
        sex: person.sex,
      });
      // The highest sequences are not given out in practice: no real person's number.
      expect(Number(person.idNumber.slice(14, 17))).toBeGreaterThanOrEqual(996);
    },
  );

  it.each(samplePeople.map((person) => [person.id, person] as const))(
    '%s: the term of validity is the one of the law',
    (_, person) => {
      const age = yearsBetween(person.birthDate, person.validFrom);
      const term = person.validTo === null ? null : yearsBetween(person.validFrom, person.validTo);
      // Resident Identity Card Law, article 5: ten years from 16, twenty from 26, without end from 46.
      expect(age).toBeGreaterThanOrEqual(16);
      expect(term).toBe(age >= 46 ? null : age >= 26 ? 20 : 10);
      expect(person.validTo ?? '9999').toMatch(
        person.validTo === null ? /^9999$/ : new RegExp(`${person.validFrom.slice(4)}$`),
      );
      expect(person.validTo === null || person.validTo > today).toBe(true);
    },
  );
});

describe('the schema of people.json', () => {
  const isValid = new Ajv().compile(SamplePeople);
  const [first] = samplePeople;
  const file = (person: object): object => ({ note: 'n', people: [person] });

  it('accepts a person and refuses one who is not marked as fictional, incomplete, or carries more', () => {
    expect(isValid(file({ ...first }))).toBe(true);
    expect(isValid(file({ ...first, fictional: false }))).toBe(false);
    expect(isValid(file({ ...first, name: '' }))).toBe(false);
    expect(isValid(file({ ...first, idNumber: '11010819640623999' }))).toBe(false);
    expect(isValid(file({ ...first, validTo: '长期' }))).toBe(false);
    expect(isValid(file({ ...first, telephone: '1' }))).toBe(false);
  });
});
