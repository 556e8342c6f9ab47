import { base64url, handle, hexId, instant, type Typed } from './schema';
import { FingerprintAnswer } from './step-up';

/** How far a guardian's consent has come: none yet, one whose guardianship nobody has confirmed, or one that holds. */
export const guardianSteps = ['needed', 'unconfirmed', 'given'] as const;
export type GuardianStep = (typeof guardianSteps)[number];

const number = { type: 'string', pattern: '^[0-9]{8}$', maxLength: 8 } as const;
const maskedName = { type: 'string', minLength: 1, maxLength: 40 } as const;
const age = { type: 'integer', minimum: 0, maximum: 150 } as const;

/** The child's phone asks for a number that the guardian types on their own, once, within ten minutes. */
export const CallGuardianRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'caseId'],
  properties: { action: { const: 'callGuardian' }, caseId: hexId },
} as const;
export type CallGuardianRequest = Typed<typeof CallGuardianRequest>;

export const CallGuardianReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'number', 'serverTime', 'expiresAt'],
  properties: { ok: { const: true }, number, serverTime: instant, expiresAt: instant },
} as const;
export type CallGuardianReply = Typed<typeof CallGuardianReply>;

/** The guardian types the number. From then on it serves nobody else. */
export const OpenGuardianCallRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'number'],
  properties: { action: { const: 'openGuardianCall' }, number },
} as const;
export type OpenGuardianCallRequest = Typed<typeof OpenGuardianCallRequest>;

/** Whom and what a consent would be for, and the challenge that the guardian's card signs. */
export const OpenGuardianCallReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'caseId', 'challenge', 'maskedName', 'age', 'processes', 'fingerprint', 'expiresAt'],
  properties: {
    ok: { const: true },
    caseId: hexId,
    challenge: handle,
    maskedName,
    age,
    /** What is processed of the child, as was chosen on the child's phone. */
    processes: { type: 'array', maxItems: 4, items: { type: 'string', enum: ['document', 'face', 'faceTemplate'] } },
    /** Whether the guardian's card has a finger bound, which is then to be shown. */
    fingerprint: { type: 'boolean' },
    expiresAt: instant,
  },
} as const;
export type OpenGuardianCallReply = Typed<typeof OpenGuardianCallReply>;

/** The guardian consents. `statement` is a COSE_Sign1 by their card's key (`protocol/statements/guardian-statement`). */
export const ConsentAsGuardianRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'number', 'statement'],
  properties: {
    action: { const: 'consentAsGuardian' },
    number,
    statement: base64url(700),
    /** Over `guardianChallenge`. */
    fingerprint: FingerprintAnswer,
  },
} as const;
export type ConsentAsGuardianRequest = Typed<typeof ConsentAsGuardianRequest>;

/** `unconfirmed` where the register does not know: papers are to be shown at a counter. */
export const ConsentAsGuardianReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'guardian'],
  properties: { ok: { const: true }, guardian: { type: 'string', enum: ['unconfirmed', 'given'] } },
} as const;
export type ConsentAsGuardianReply = Typed<typeof ConsentAsGuardianReply>;

export const ListWardsRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: { action: { const: 'listWards' } },
} as const;
export type ListWardsRequest = Typed<typeof ListWardsRequest>;

/** The children under 14 whose cards the caller has consented to. */
export const ListWardsReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'wards'],
  properties: {
    ok: { const: true },
    wards: {
      type: 'array',
      maxItems: 20,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['reference', 'maskedName', 'age', 'consentedAt', 'withdrawnAt'],
        properties: {
          /** Names the child's card, towards its guardian alone. */
          reference: hexId,
          maskedName,
          age,
          consentedAt: instant,
          withdrawnAt: { anyOf: [instant, { type: 'null' }] },
        },
      },
    },
  },
} as const;
export type ListWardsReply = Typed<typeof ListWardsReply>;

/** Takes a consent back: the child's card is suspended and its face template deleted. Again, it is harmless. */
export const WithdrawAsGuardianRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'reference'],
  properties: { action: { const: 'withdrawAsGuardian' }, reference: hexId },
} as const;
export type WithdrawAsGuardianRequest = Typed<typeof WithdrawAsGuardianRequest>;
