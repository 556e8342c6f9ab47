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
  required: ['ok', 'number', 'expiresAt'],
  properties: { ok: { const: true }, number, expiresAt: instant },
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

export const ReceiveVisitorReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'about', 'reference', 'maskedName', 'portrait', 'tier'],
  properties: {
    ok: { const: true },
    about: { type: 'string', enum: ['card', 'case'] },
    /** The id of the card or the case: what a second operator is asked about. */
    reference: hexId,
    maskedName: { type: 'string', minLength: 1, maxLength: 40 },
    /** The register's portrait, to compare with the person: a JPEG as base64. */
    portrait: { type: 'string', pattern: '^[A-Za-z0-9+/]+={0,2}$', maxLength: 24000 },
    /** Null for a case. */
    tier: { anyOf: [{ type: 'string', enum: ['light', 'full'] }, { type: 'null' }] },
  },
} as const;
export type ReceiveVisitorReply = Typed<typeof ReceiveVisitorReply>;

/** Raises the visitor's card: the operator has seen person and physical card, and types the last four characters of its number. */
export const RaiseVisitorRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'number', 'lastFour', 'personSeen', 'documentSeen'],
  properties: {
    action: { const: 'raiseVisitor' },
    number,
    lastFour: { type: 'string', pattern: '^[0-9]{3}[0-9X]$', maxLength: 4 },
    personSeen: { const: true },
    documentSeen: { const: true },
  },
} as const;
export type RaiseVisitorRequest = Typed<typeof RaiseVisitorRequest>;
