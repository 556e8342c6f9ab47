import type { FromSchema } from 'json-schema-to-ts';

const date = { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' } as const;
const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength }) as const;

/** One sample person as `people.json` has them. */
export const SamplePerson = {
  type: 'object',
  additionalProperties: false,
  required: [
    'id',
    'fictional',
    'name',
    'pinyin',
    'sex',
    'ethnicity',
    'birthDate',
    'idNumber',
    'address',
    'issuingAuthority',
    'validFrom',
    'validTo',
    'description',
  ],
  properties: {
    id: { type: 'string', pattern: '^[a-z]+(-[a-z]+)*$', maxLength: 40 },
    /** A real person cannot be entered here by mistake. */
    fictional: { const: true },
    name: text(40),
    pinyin: text(60),
    sex: { type: 'string', enum: ['male', 'female'] },
    ethnicity: text(10),
    birthDate: date,
    idNumber: { type: 'string', pattern: '^[0-9]{17}[0-9X]$' },
    address: text(120),
    issuingAuthority: text(60),
    validFrom: date,
    /** Null: 长期, no end. */
    validTo: { anyOf: [date, { type: 'null' }] },
    /** What the person looks like, in English. */
    description: text(200),
  },
} as const;
export type SamplePerson = FromSchema<typeof SamplePerson>;

/** One sample child as `children.json` has them. */
export const SampleChild = {
  ...SamplePerson,
  required: [...SamplePerson.required, 'face', 'guardians'],
  properties: {
    ...SamplePerson.properties,
    /** The sample person whose portrait and selfies stand for the child's. */
    face: SamplePerson.properties.id,
    /** The sample people whom the register knows as guardians. */
    guardians: { type: 'array', minItems: 1, maxItems: 2, items: SamplePerson.properties.id },
  },
} as const;
export type SampleChild = FromSchema<typeof SampleChild>;

/** The whole of `children.json`. */
export const SampleChildren = {
  type: 'object',
  additionalProperties: false,
  required: ['note', 'people'],
  properties: { note: text(400), people: { type: 'array', minItems: 1, items: SampleChild } },
} as const;
export type SampleChildren = FromSchema<typeof SampleChildren>;

/** The whole of `people.json`. */
export const SamplePeople = {
  type: 'object',
  additionalProperties: false,
  required: ['note', 'people'],
  properties: { note: text(400), people: { type: 'array', minItems: 1, items: SamplePerson } },
} as const;
export type SamplePeople = FromSchema<typeof SamplePeople>;
