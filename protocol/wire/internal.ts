import { DocumentFields } from './enrolment';
import { fileId, instant, type Typed } from './schema';

/**
 * A call between two functions of the service: the caller's JSON text and an HMAC-SHA256 over it by the key that both hold, as
 * base64url.
 */
export const AuthenticatedCall = {
  type: 'object',
  additionalProperties: false,
  required: ['payload', 'mac'],
  properties: {
    /** A portrait is the longest thing that it carries. */
    payload: { type: 'string', minLength: 2, maxLength: 26000 },
    mac: { type: 'string', pattern: '^[A-Za-z0-9_-]{43}$', maxLength: 43 },
  },
} as const;
export type AuthenticatedCall = Typed<typeof AuthenticatedCall>;

/** What the payload of a call to `proofing` says: read both sides of a card. */
export const ReadPicturesCall = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'front', 'back', 'issuedAt'],
  properties: { action: { const: 'readDocument' }, front: fileId, back: fileId, issuedAt: instant },
} as const;
export type ReadPicturesCall = Typed<typeof ReadPicturesCall>;

/** What the payload of a call to `proofing` says: measure a selfie. */
export const CheckSelfieCall = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'selfie', 'issuedAt'],
  properties: { action: { const: 'checkSelfie' }, selfie: fileId, issuedAt: instant },
} as const;
export type CheckSelfieCall = Typed<typeof CheckSelfieCall>;

const base64 = { type: 'string', pattern: '^[A-Za-z0-9+/]+={0,2}$' } as const;

/** What the payload of a call to `proofing` says: measure a portrait that the service keeps. */
export const MeasurePortraitCall = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'jpeg', 'issuedAt'],
  properties: { action: { const: 'measurePortrait' }, jpeg: { ...base64, maxLength: 24000 }, issuedAt: instant },
} as const;
export type MeasurePortraitCall = Typed<typeof MeasurePortraitCall>;

/** What `proofing` replies to `measurePortrait`; null where no face is seen. */
export const MeasuredPortraitReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'embedding'],
  properties: { ok: { const: true }, embedding: { anyOf: [{ ...base64, maxLength: 8000 }, { type: 'null' }] } },
} as const;
export type MeasuredPortraitReply = Typed<typeof MeasuredPortraitReply>;

/** What `proofing` replies to `readDocument`. */
export const ProofedDocumentReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'fields', 'jpeg', 'embedding'],
  properties: {
    ok: { const: true },
    fields: DocumentFields,
    /** The portrait: JPEG of 96×128. */
    jpeg: { ...base64, maxLength: 24000 },
    /** 32-bit floats, little-endian. */
    embedding: { ...base64, maxLength: 8000 },
  },
} as const;
export type ProofedDocumentReply = Typed<typeof ProofedDocumentReply>;

/** What `proofing` replies to `checkSelfie`. */
export const CheckedSelfieReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'jpeg', 'embedding'],
  properties: {
    ok: { const: true },
    /** The selfie for the authority: JPEG, at most 640 pixels on its longer side. */
    jpeg: { ...base64, maxLength: 1_000_000 },
    embedding: { ...base64, maxLength: 8000 },
  },
} as const;
export type CheckedSelfieReply = Typed<typeof CheckedSelfieReply>;
