import type { CalendarDate, FieldName } from '../../../protocol';
import { DocumentFields, parseIdNumber } from '../../../protocol';
import { done, refuse, type Result } from '../result';
import type { ReadFields, ReadText } from './ports';
import { FIELD_CONFIDENCE_MIN } from './thresholds';

const onFront = ['name', 'sex', 'birthDate', 'address', 'number'] as const satisfies readonly FieldName[];
const onBack = ['issuingAuthority', 'validFrom', 'validTo'] as const satisfies readonly FieldName[];
const isDate = (text: string): boolean => {
  const [year, month, day] = text.split('-').map(Number);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || year === undefined || month === undefined || day === undefined) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

/** Terms for which a resident identity card is issued, in years (Resident Identity Card Law, article 5). */
const TERMS = [5, 10, 20];

const {
  name: wireName,
  address: wireAddress,
  issuingAuthority: wireAuthority,
  ethnicity: wireEthnicity,
} = DocumentFields.properties;
/** The longest free texts that the wire carries, in characters; every other field has a form of its own. */
const longest: Readonly<Partial<Record<FieldName, number>>> = {
  name: wireName.properties.value.maxLength,
  address: wireAddress.properties.value.maxLength,
  issuingAuthority: wireAuthority.properties.value.maxLength,
  ethnicity: wireEthnicity.anyOf[0].properties.value.maxLength,
};

/** Chinese characters, at least two; transcribed names have a dot within. */
const isName = (text: string): boolean =>
  Array.from(text).length > 1 && /^\p{Script=Han}+(?:[·•・‧]\p{Script=Han}+)*$/u.test(text);

/** Control and format characters and lone surrogates: no card is printed with them, and no credential can carry the last. */
const isPrintable = (text: string): boolean => !/[\p{Cc}\p{Cf}\p{Cs}]/u.test(text);

const readable = (name: FieldName, field: ReadText | undefined): field is ReadText =>
  field !== undefined &&
  field.value !== '' &&
  field.confidence >= FIELD_CONFIDENCE_MIN &&
  field.value.length <= (longest[name] ?? Infinity) &&
  (name === 'name' ? isName(field.value) : isPrintable(field.value));

/** Sorts out which fields could not be read, by the side that they stand on. */
const unreadable = (front: ReadFields, back: ReadFields): ReturnType<typeof refuse> | null => {
  const lostInFront = onFront.filter((name) => !readable(name, front[name]));
  if (lostInFront.length > 0) return refuse('field_unreadable', { picture: 'front', fields: [...lostInFront] });
  const lostInBack = onBack.filter((name) => !readable(name, back[name]));
  if (lostInBack.length > 0) return refuse('field_unreadable', { picture: 'back', fields: [...lostInBack] });
  return null;
};

/** The days on which a card may end: of 29 February, in a year without one, the 28th or 1 March. */
const endsOf = (from: string): string[] => {
  const days = from.endsWith('-02-29') ? ['-02-28', '-02-29', '-03-01'] : [from.slice(4)];
  return TERMS.flatMap((years) => days.map((day) => String(Number(from.slice(0, 4)) + years).padStart(4, '0') + day));
};

/** The fields of the validity period that contradict each other, the birth date or today. */
const periodFaults = (from: string, to: string, birthDate: string, today: CalendarDate): FieldName[] => {
  if (!isDate(from) || from < birthDate || from > today) return ['validFrom'];
  if (to === '长期') return [];
  if (!isDate(to)) return ['validTo'];
  return endsOf(from).includes(to) ? [] : ['validFrom', 'validTo'];
};

/**
 * Checks what was read from the two sides and against each other: the number by its check digit and date (GB 11643-1999), birth
 * date and sex against the number, the validity period against its legal terms and against today.
 * Refuses `field_unreadable` (which), `number_check_failed`, `fields_disagree` (which), `document_expired`.
 * @param today the calendar date in China
 */
export const checkDocument = (front: ReadFields, back: ReadFields, today: CalendarDate): Result<DocumentFields> => {
  const lost = unreadable(front, back);
  if (lost) return lost;
  const { name, sex, ethnicity, birthDate, address, number } = front;
  const { issuingAuthority, validFrom, validTo } = back;
  if (!name || !sex || !birthDate || !address || !number || !issuingAuthority || !validFrom || !validTo) {
    return refuse('field_unreadable');
  }

  const parsed = parseIdNumber(number.value, today);
  if (!parsed.ok) return refuse('number_check_failed', { picture: 'front', fields: ['number'] });

  const sexRead = sex.value === '男' ? 'male' : sex.value === '女' ? 'female' : null;
  if (sexRead === null) return refuse('field_unreadable', { picture: 'front', fields: ['sex'] });
  const disagreeing: FieldName[] = [];
  if (birthDate.value !== parsed.birthDate) disagreeing.push('birthDate', 'number');
  if (sexRead !== parsed.sex) disagreeing.push('sex', 'number');
  if (disagreeing.length > 0) return refuse('fields_disagree', { picture: 'front', fields: [...new Set(disagreeing)] });

  const faults = periodFaults(validFrom.value, validTo.value, parsed.birthDate, today);
  if (faults.length > 0) return refuse('fields_disagree', { picture: 'back', fields: faults });
  if (validTo.value !== '长期' && validTo.value < today) return refuse('document_expired', { picture: 'back' });

  return done({
    name,
    sex: { value: sexRead, confidence: sex.confidence },
    ethnicity: readable('ethnicity', ethnicity) ? ethnicity : null,
    birthDate,
    address,
    number: { value: parsed.number, confidence: number.confidence },
    issuingAuthority,
    validFrom,
    validTo: validTo.value === '长期' ? null : validTo,
  });
};
