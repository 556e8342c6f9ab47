import { claimNames } from '../purposes/claims';
import { purposeIds } from '../purposes/purpose-table';
import { MatchMark } from './card';
import { calendarDate, hexId, instant, receipt, type Typed } from './schema';

/** Redeems a scanned code, once. The same request id from the same terminal gets the same answer again for 60 s. */
export const RedeemCodeRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'code', 'purpose', 'requestId'],
  properties: {
    action: { const: 'redeemCode' },
    /** The text of the QR code: base45 (RFC 9285). */
    code: { type: 'string', pattern: '^[0-9A-Z $%*+./:-]+$', maxLength: 400 },
    purpose: { type: 'string', enum: purposeIds },
    /** Which claims are asked for; without them, all that the partner is registered for. */
    claims: {
      type: 'array',
      minItems: 1,
      maxItems: 20,
      items: { type: 'string', enum: claimNames },
    },
    /** Random, made by the scanning phone for this scan. */
    requestId: hexId,
  },
} as const;
export type RedeemCodeRequest = Typed<typeof RedeemCodeRequest>;

const text = <const Max extends number>(maxLength: Max) => ({ type: 'string', minLength: 1, maxLength }) as const;

/** The claims that were granted and asked for, and no others; what a card lacks is left out. */
export const DisclosedClaims = {
  type: 'object',
  additionalProperties: false,
  required: [],
  properties: {
    age_over_18: { type: 'boolean' },
    masked_name: text(40),
    masked_number: text(18),
    name: text(40),
    number: { type: 'string', pattern: '^[0-9]{17}[0-9X]$', maxLength: 18 },
    sex: { type: 'string', enum: ['male', 'female'] },
    birthdate: calendarDate,
    ethnicity: text(10),
    address: text(120),
    document_issuing_authority: text(60),
    document_expires_on: calendarDate,
  },
} as const;
export type DisclosedClaims = Typed<typeof DisclosedClaims>;

/** The answer to a verifier: facts, each with the instant at which it was true, and nothing more than the purpose needs. */
export const VerificationAnswer = {
  type: 'object',
  additionalProperties: false,
  required: ['eventId', 'purpose', 'mode', 'tier', 'stepUp', 'facts', 'claims', 'portrait', 'matchMark', 'receipt'],
  properties: {
    eventId: hexId,
    purpose: { type: 'string', enum: purposeIds },
    mode: { type: 'string', enum: ['shown', 'bound', 'asked'] },
    tier: { type: 'string', enum: ['light', 'full'] },
    /** What the holder proved anew when the card was shown. */
    stepUp: { type: 'array', maxItems: 2, items: { type: 'string', enum: ['fingerprint', 'face'] } },
    facts: {
      type: 'object',
      additionalProperties: false,
      required: ['signatureValidAt', 'codeMadeAt', 'redeemedAt', 'status', 'statusAsOf'],
      properties: {
        signatureValidAt: instant,
        codeMadeAt: instant,
        /** The one and only redemption of this showing. */
        redeemedAt: instant,
        status: { const: 'valid' },
        statusAsOf: instant,
      },
    },
    claims: DisclosedClaims,
    /** A JPEG of 96×128 as base64, where the purpose needs a look; staff compare it with the person before them. */
    portrait: {
      anyOf: [{ type: 'string', pattern: '^[A-Za-z0-9+/]+={0,2}$', maxLength: 24000 }, { type: 'null' }],
    },
    matchMark: MatchMark,
    /** What the service signed of this check (`protocol/receipt`); the holder is given the same. */
    receipt,
  },
} as const;
export type VerificationAnswer = Typed<typeof VerificationAnswer>;

export const RedeemCodeReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'answer'],
  properties: { ok: { const: true }, answer: VerificationAnswer },
} as const;
export type RedeemCodeReply = Typed<typeof RedeemCodeReply>;
