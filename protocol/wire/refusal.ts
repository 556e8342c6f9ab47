import { errorTable, type ErrorCode } from '../errors/error-table';
import { instant, type Typed } from './schema';

/** The fields of a resident identity card. */
export const fieldNames = [
  'name',
  'sex',
  'ethnicity',
  'birthDate',
  'address',
  'number',
  'issuingAuthority',
  'validFrom',
  'validTo',
] as const;

/** One field of a resident identity card. */
export type FieldName = (typeof fieldNames)[number];

const codes = Object.keys(errorTable) as ErrorCode[]; // eslint-disable-line @typescript-eslint/consistent-type-assertions -- keys of a constant

/** Why a request was refused, and what narrows it down. Never carries a value of the caller's or of a person's. */
export const Refusal = {
  type: 'object',
  additionalProperties: false,
  required: ['code'],
  properties: {
    code: { type: 'string', enum: codes },
    /** Which picture was at fault. */
    picture: { type: 'string', enum: ['front', 'back', 'selfie'] },
    /** Which fields could not be read, or disagree. */
    fields: { type: 'array', maxItems: 9, items: { type: 'string', enum: fieldNames } },
    /** Where in the request the fault lies, as a JSON Pointer (RFC 6901) of the schema's own names. */
    at: { type: 'string', maxLength: 200 },
    /** What the holder has still to prove for the purpose. */
    missing: { type: 'array', maxItems: 2, items: { type: 'string', enum: ['fingerprint', 'face'] } },
    /** Until when it is refused: milliseconds since 1970. */
    until: instant,
    /** How often this step may still be tried. */
    triesLeft: { type: 'integer', minimum: 0, maximum: 20 },
  },
} as const;
export type Refusal = Typed<typeof Refusal>;

/** What a refused call replies. */
export const RefusedReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'error'],
  properties: { ok: { const: false }, error: Refusal },
} as const;
export type RefusedReply = Typed<typeof RefusedReply>;
