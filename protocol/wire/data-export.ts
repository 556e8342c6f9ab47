import { purposeIds } from '../purposes/purpose-table';
import { Card } from './card';
import { eventNumber, looks } from './history';
import { base64url, calendarDate, handle, hexId, instant, thumbprint, type Typed } from './schema';

/** Asks for the challenge that the card's key signs to be told everything. */
export const PrepareExportRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: { action: { const: 'prepareExport' } },
} as const;
export type PrepareExportRequest = Typed<typeof PrepareExportRequest>;

export const PrepareExportReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'challenge', 'expiresAt'],
  properties: {
    ok: { const: true },
    challenge: handle,
    /** Until then all pages are had by the one signature. */
    expiresAt: instant,
  },
} as const;
export type PrepareExportReply = Typed<typeof PrepareExportReply>;

/**
 * Everything that is stored of the caller: the first page with the person and the card, further ones with older events. `statement` is
 * a COSE_Sign1 by the card's key (`protocol/statements/order-statement`), and the same for every page.
 */
export const ExportDataRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'statement'],
  properties: { action: { const: 'exportData' }, statement: base64url(600), before: eventNumber },
} as const;
export type ExportDataRequest = Typed<typeof ExportDataRequest>;

const text = (maxLength: number) => ({ type: 'string', maxLength }) as const;
const orNone = <const Schema>(schema: Schema) => ({ anyOf: [schema, { type: 'null' }] }) as const;

/** The person as proofed. */
export const ExportedPerson = {
  type: 'object',
  additionalProperties: false,
  required: [
    'name',
    'number',
    'sex',
    'ethnicity',
    'birthDate',
    'address',
    'issuingAuthority',
    'validFrom',
    'validTo',
    'portrait',
  ],
  properties: {
    name: text(60),
    number: text(18),
    sex: { type: 'string', enum: ['male', 'female'] },
    ethnicity: orNone(text(40)),
    birthDate: calendarDate,
    address: text(200),
    issuingAuthority: text(100),
    validFrom: calendarDate,
    /** Null: no end. */
    validTo: orNone(calendarDate),
    /** A JPEG as base64. */
    portrait: { type: 'string', pattern: '^[A-Za-z0-9+/]+={0,2}$', maxLength: 60_000 },
  },
} as const;
export type ExportedPerson = Typed<typeof ExportedPerson>;

/** What is kept beside the events. */
export const ExportedRecord = {
  type: 'object',
  additionalProperties: false,
  required: ['person', 'card', 'holderKey', 'consents', 'lastingConsents', 'fingerprint', 'faceTemplate'],
  properties: {
    person: ExportedPerson,
    card: Card,
    /** Thumbprint of the phone's key that the card is bound to. */
    holderKey: thumbprint,
    /** The finger that is bound, as the phone's hardware names it. */
    fingerprint: orNone({
      type: 'object',
      additionalProperties: false,
      required: ['fid', 'uid', 'cpuId', 'counter'],
      properties: {
        fid: orNone(text(200)),
        uid: text(200),
        cpuId: text(200),
        counter: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
      },
    } as const),
    /** What is kept of the face: 32-bit floats, little-endian, as base64; and the version of the text that was consented to. */
    faceTemplate: orNone({
      type: 'object',
      additionalProperties: false,
      required: ['embedding', 'consentText'],
      properties: {
        embedding: { type: 'string', pattern: '^[A-Za-z0-9+/]+={0,2}$', maxLength: 8000 },
        consentText: text(20),
      },
    } as const),
    /** What was consented to for the enrolment of this card, by the version of the text. */
    consents: {
      type: 'array',
      maxItems: 10,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['subject', 'text', 'at'],
        properties: {
          subject: { type: 'string', enum: ['document', 'face', 'faceTemplate'] },
          text: text(20),
          at: instant,
        },
      },
    },
    /** Who may ask after the card, or might until it was withdrawn. */
    lastingConsents: {
      type: 'array',
      maxItems: 256,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['number', 'client', 'partner', 'purpose', 'until', 'withdrawnAt'],
        properties: {
          /** Of the entry that it was given with. */
          number: eventNumber,
          /** The server that asked, and its business. */
          client: text(40),
          partner: text(40),
          purpose: { type: 'string', enum: purposeIds },
          until: instant,
          withdrawnAt: orNone(instant),
        },
      },
    },
  },
} as const;
export type ExportedRecord = Typed<typeof ExportedRecord>;

/** An event with what proves it: `commitment` is SHA-256 of the salt's bytes and the content's UTF-8. */
export const ExportedEvent = {
  type: 'object',
  additionalProperties: false,
  required: ['number', 'id', 'at', 'commitment', 'salt', 'content', 'look'],
  properties: {
    number: eventNumber,
    id: hexId,
    at: instant,
    commitment: thumbprint,
    salt: base64url(40),
    /** JSON, byte for byte as it was committed to. */
    content: text(4000),
    /** What staff said, where it was a check and they did. */
    look: orNone({ type: 'string', enum: looks } as const),
  },
} as const;
export type ExportedEvent = Typed<typeof ExportedEvent>;

export const ExportDataReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'format', 'madeAt', 'record', 'events', 'next'],
  properties: {
    ok: { const: true },
    format: { const: 'wechat-id-export/1' },
    madeAt: instant,
    /** Null on further pages. */
    record: orNone(ExportedRecord),
    /** Newest first. */
    events: { type: 'array', maxItems: 50, items: ExportedEvent },
    /** What to ask for next; null where nothing is older. */
    next: orNone(eventNumber),
  },
} as const;
export type ExportDataReply = Typed<typeof ExportDataReply>;
