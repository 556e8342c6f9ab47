import type { DocumentFields, FieldName } from '../protocol';
import { showDate } from './days';
import type { Language } from './guidance';
import { fieldName } from './refusal';

/** One field as the holder checks it. */
export interface ReadField {
  readonly name: string;
  readonly value: string;
  /** The recogniser is less sure here than elsewhere. */
  readonly isDoubtful: boolean;
}

/** Below this confidence the holder is asked to look closely; the recogniser's median is above 0.99. */
const DOUBT = 0.95;

const values = {
  zh: { male: '男', female: '女', endless: '长期', unread: '未能识别' },
  en: { male: 'Male', female: 'Female', endless: 'No end', unread: 'Could not be read' },
} as const;

/** Groups of an identity number, as people read it out: region, birth date, order. */
const grouped = (number: string): string => number.replace(/^(.{6})(.{8})(.{4})$/, '$1 $2 $3');

const valueOf = (fields: DocumentFields, field: FieldName, language: Language): string => {
  const said = values[language];
  switch (field) {
    case 'sex':
      return said[fields.sex.value];
    case 'number':
      return grouped(fields.number.value);
    case 'birthDate':
    case 'validFrom':
      return showDate(fields[field].value, language);
    case 'validTo':
      return fields.validTo ? showDate(fields.validTo.value, language) : said.endless;
    case 'ethnicity':
      return fields.ethnicity?.value ?? said.unread;
    case 'name':
    case 'address':
    case 'issuingAuthority':
      return fields[field].value;
  }
};

const sides = {
  front: ['name', 'sex', 'ethnicity', 'birthDate', 'address', 'number'],
  back: ['issuingAuthority', 'validFrom', 'validTo'],
} as const satisfies Record<string, readonly FieldName[]>;

/** What was read, by the side of the card that it stands on. */
export const readFields = (fields: DocumentFields, language: Language): Record<'front' | 'back', ReadField[]> => {
  const show = (field: FieldName): ReadField => ({
    name: fieldName(field, language),
    value: valueOf(fields, field, language),
    isDoubtful: field === 'validTo' && !fields.validTo ? false : (fields[field]?.confidence ?? 0) < DOUBT,
  });
  return { front: sides.front.map(show), back: sides.back.map(show) };
};
