import { fieldNames } from './refusal';
import { guardianSteps } from './guardian';
import { base64url, calendarDate, fileId, handle, hexId, instant, type Typed } from './schema';

/** Opens an enrolment. Each sensitive purpose has a consent of its own (PIPL, article 29). */
export const StartEnrolmentRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'consents'],
  properties: {
    action: { const: 'startEnrolment' },
    consents: {
      type: 'array',
      minItems: 1,
      maxItems: 4,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['subject', 'text'],
        properties: {
          /** `faceTemplate` may be left out: the card is made without it. */
          subject: { type: 'string', enum: ['document', 'face', 'faceTemplate'] },
          /** Version of the text that the holder read. */
          text: { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}$', maxLength: 7 },
        },
      },
    },
  },
} as const;
export type StartEnrolmentRequest = Typed<typeof StartEnrolmentRequest>;

export const StartEnrolmentReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'caseId', 'evidenceFolder', 'expiresAt'],
  properties: {
    ok: { const: true },
    caseId: hexId,
    /** Folder of cloud storage that this case's pictures are uploaded to, each under a random name. */
    evidenceFolder: { type: 'string', pattern: '^evidence/[0-9a-f]{32}$', maxLength: 41 },
    expiresAt: instant,
  },
} as const;
export type StartEnrolmentReply = Typed<typeof StartEnrolmentReply>;

/** Reads both sides of the card from two uploaded pictures. */
export const ReadDocumentRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'caseId', 'front', 'back'],
  properties: { action: { const: 'readDocument' }, caseId: hexId, front: fileId, back: fileId },
} as const;
export type ReadDocumentRequest = Typed<typeof ReadDocumentRequest>;

const confidence = { type: 'number', minimum: 0, maximum: 1 } as const;
const text = (maxLength: number) =>
  ({
    type: 'object',
    additionalProperties: false,
    required: ['value', 'confidence'],
    properties: { value: { type: 'string', minLength: 1, maxLength }, confidence },
  }) as const;
const date = {
  type: 'object',
  additionalProperties: false,
  required: ['value', 'confidence'],
  properties: { value: calendarDate, confidence },
} as const;

/** What was read from the two sides, each field with the recogniser's confidence from 0 to 1. */
export const DocumentFields = {
  type: 'object',
  additionalProperties: false,
  required: [...fieldNames],
  properties: {
    name: text(40),
    sex: {
      type: 'object',
      additionalProperties: false,
      required: ['value', 'confidence'],
      properties: { value: { type: 'string', enum: ['male', 'female'] }, confidence },
    },
    /** Null where what was read is none of the 56 names and no near miss of one; the holder can complete it later. */
    ethnicity: { anyOf: [text(10), { type: 'null' }] },
    birthDate: date,
    address: text(120),
    number: {
      type: 'object',
      additionalProperties: false,
      required: ['value', 'confidence'],
      properties: { value: { type: 'string', pattern: '^[0-9]{17}[0-9X]$', maxLength: 18 }, confidence },
    },
    issuingAuthority: text(60),
    validFrom: date,
    /** Null: 长期, no end. */
    validTo: { anyOf: [date, { type: 'null' }] },
  },
} as const;
export type DocumentFields = Typed<typeof DocumentFields>;

export const ReadDocumentReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'fields'],
  properties: {
    ok: { const: true },
    fields: DocumentFields,
    /** Of a child under 14, how far the guardian's consent has come; absent of everybody else. */
    guardian: { type: 'string', enum: guardianSteps },
  },
} as const;
export type ReadDocumentReply = Typed<typeof ReadDocumentReply>;

/** Compares a selfie with the document's portrait and with the authority. */
export const MatchFaceRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'caseId', 'selfie'],
  properties: { action: { const: 'matchFace' }, caseId: hexId, selfie: fileId },
} as const;
export type MatchFaceRequest = Typed<typeof MatchFaceRequest>;

/**
 * The outcome of the comparison, by band: the score itself stays in the service, since whoever hears it can climb it.
 * `matched` carries the nonce that the phone's new key signs.
 */
export const MatchFaceReply = {
  anyOf: [
    {
      type: 'object',
      additionalProperties: false,
      required: ['ok', 'outcome', 'nonce'],
      properties: { ok: { const: true }, outcome: { const: 'matched' }, nonce: handle },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['ok', 'outcome', 'triesLeft'],
      properties: {
        ok: { const: true },
        outcome: { const: 'retake' },
        triesLeft: { type: 'integer', minimum: 1, maximum: 20 },
      },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['ok', 'outcome'],
      properties: { ok: { const: true }, outcome: { const: 'inReview' } },
    },
  ],
} as const;
export type MatchFaceReply = Typed<typeof MatchFaceReply>;

/** Proves the phone's key and mints the card. `proof` is a COSE_Sign1 by that key (`protocol/statements/key-proof`). */
export const MintCardRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'caseId', 'proof'],
  properties: {
    action: { const: 'mintCard' },
    caseId: hexId,
    proof: base64url(600),
    /** The same proof by the key of the card before: the card then stays on its phone. */
    priorProof: base64url(600),
  },
} as const;
export type MintCardRequest = Typed<typeof MintCardRequest>;
