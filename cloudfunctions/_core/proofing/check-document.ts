import type { CalendarDate, DocumentFields, FieldName } from '../../../protocol';
import { parseIdNumber } from '../../../protocol';
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

const readable = (field: ReadText | undefined): field is ReadText =>
  field !== undefined && field.value !== '' && field.confidence >= FIELD_CONFIDENCE_MIN;

/** Sorts out which fields could not be read, by the side that they stand on. */
const unreadable = (front: ReadFields, back: ReadFields): ReturnType<typeof refuse> | null => {
  const lostInFront = onFront.filter((name) => !readable(front[name]));
  if (lostInFront.length > 0) return refuse('field_unreadable', { picture: 'front', fields: [...lostInFront] });
  const lostInBack = onBack.filter((name) => !readable(back[name]));
  if (lostInBack.length > 0) return refuse('field_unreadable', { picture: 'back', fields: [...lostInBack] });
  return null;
};

/** The fields of the validity period that contradict each other. */
const periodFaults = (from: string, to: string, birthDate: string): FieldName[] => {
  if (!isDate(from) || from < birthDate) return ['validFrom'];
  if (to === '长期') return [];
  if (!isDate(to)) return ['validTo'];
  const isTerm = TERMS.some(
    (years) => to === `${String(Number(from.slice(0, 4)) + years).padStart(4, '0')}${from.slice(4)}`,
  );
  // A card issued on 29 February ends on the 28th or on 1 March.
  return isTerm || from.endsWith('-02-29') ? [] : ['validFrom', 'validTo'];
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

  const faults = periodFaults(validFrom.value, validTo.value, parsed.birthDate);
  if (faults.length > 0) return refuse('fields_disagree', { picture: 'back', fields: faults });
  if (validTo.value !== '长期' && validTo.value < today) return refuse('document_expired', { picture: 'back' });

  return done({
    name,
    sex: { value: sexRead, confidence: sex.confidence },
    ethnicity: readable(ethnicity) ? ethnicity : null,
    birthDate,
    address,
    number: { value: parsed.number, confidence: number.confidence },
    issuingAuthority,
    validFrom,
    validTo: validTo.value === '长期' ? null : validTo,
  });
};
