import { guardianSteps } from './guardian';
import { hexId, instant, type Typed } from './schema';

const number = { type: 'string', pattern: '^[0-9]{8}$', maxLength: 8 } as const;

/** The holder stands at a counter: asks for a number that is read out to the operator, once, within five minutes. */
export const CallCounterRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  /** With a case, the one whose document was read and whose face is not to be compared; without, the card. */
  properties: { action: { const: 'callCounter' }, caseId: hexId },
} as const;
export type CallCounterRequest = Typed<typeof CallCounterRequest>;

export const CallCounterReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'number', 'serverTime', 'expiresAt'],
  properties: { ok: { const: true }, number, serverTime: instant, expiresAt: instant },
} as const;
export type CallCounterReply = Typed<typeof CallCounterReply>;

/** The operator types the number that the holder reads out. */
export const ReceiveVisitorRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'number'],
  properties: { action: { const: 'receiveVisitor' }, number },
} as const;
export type ReceiveVisitorRequest = Typed<typeof ReceiveVisitorRequest>;

/** The operator types the kill code that a visitor without a phone has brought on paper; sent unspaced, in upper case. */
export const ReceiveByCodeRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'killCode'],
  properties: {
    action: { const: 'receiveByCode' },
    killCode: { type: 'string', pattern: '^[0-9A-HJKMNP-TV-Z]{20}$', maxLength: 20 },
  },
} as const;
export type ReceiveByCodeRequest = Typed<typeof ReceiveByCodeRequest>;

export const ReceiveVisitorReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'number', 'about', 'reference', 'maskedName', 'portrait', 'tier', 'may'],
  properties: {
    ok: { const: true },
    /** Of the visit: the one that was read out, or one that was drawn for who brought a kill code. */
    number,
    about: { type: 'string', enum: ['card', 'case'] },
    /** The id of the card or the case: what a second operator is asked about. */
    reference: hexId,
    maskedName: { type: 'string', minLength: 1, maxLength: 40 },
    /** The register's portrait, to compare with the person: a JPEG as base64. */
    portrait: { type: 'string', pattern: '^[A-Za-z0-9+/]+={0,2}$', maxLength: 24000 },
    /** Null for a case. */
    tier: { anyOf: [{ type: 'string', enum: ['light', 'full'] }, { type: 'null' }] },
    /** What the counter can do about the card as it stands. */
    may: { type: 'array', maxItems: 2, items: { type: 'string', enum: ['raise', 'delete'] } },
    /** Of a case of a child under 14; absent of all others. */
    guardian: {
      type: 'object',
      additionalProperties: false,
      required: ['step'],
      properties: {
        step: { type: 'string', enum: guardianSteps },
        /** Who has consented: name and portrait, to compare with the adult and their papers. */
        maskedName: { type: 'string', minLength: 1, maxLength: 40 },
        portrait: { type: 'string', pattern: '^[A-Za-z0-9+/]+={0,2}$', maxLength: 24000 },
      },
    },
  },
} as const;
export type ReceiveVisitorReply = Typed<typeof ReceiveVisitorReply>;

/** What an operator says of a visitor: person and physical card were seen, and these are the last four characters of its number. */
const seen = {
  number,
  lastFour: { type: 'string', pattern: '^[0-9]{3}[0-9X]$', maxLength: 4 },
  personSeen: { const: true },
  documentSeen: { const: true },
} as const;
const ofSeen = ['action', 'number', 'lastFour', 'personSeen', 'documentSeen'] as const;

/** Raises the visitor's card. */
export const RaiseVisitorRequest = {
  type: 'object',
  additionalProperties: false,
  required: ofSeen,
  properties: { action: { const: 'raiseVisitor' }, ...seen },
} as const;
export type RaiseVisitorRequest = Typed<typeof RaiseVisitorRequest>;

/** Proposes that everything of the visitor is deleted. */
export const DeleteVisitorRequest = {
  type: 'object',
  additionalProperties: false,
  required: ofSeen,
  properties: { action: { const: 'deleteVisitor' }, ...seen },
} as const;
export type DeleteVisitorRequest = Typed<typeof DeleteVisitorRequest>;

export const DeleteVisitorReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'proposal', 'hash', 'expiresAt', 'proofAddress'],
  properties: {
    ok: { const: true },
    proposal: hexId,
    hash: { type: 'string', pattern: '^[0-9a-f]{64}$', maxLength: 64 },
    expiresAt: instant,
    /** Where anybody reads the proof once it is done: the visitor takes it with them. */
    proofAddress: { type: 'string', pattern: '^https?://[A-Za-z0-9.:-]+/[A-Za-z0-9/_-]+$', maxLength: 200 },
  },
} as const;
export type DeleteVisitorReply = Typed<typeof DeleteVisitorReply>;
