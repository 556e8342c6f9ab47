import { purposeIds } from '../purposes/purpose-table';
import { MatchMark } from './card';
import { hexId, instant, type Typed } from './schema';

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
    /** Random, made by the scanning phone for this scan. */
    requestId: hexId,
  },
} as const;
export type RedeemCodeRequest = Typed<typeof RedeemCodeRequest>;

/** The claims that this purpose discloses, and no others. */
export const DisclosedClaims = {
  type: 'object',
  additionalProperties: false,
  required: [],
  properties: {
    masked_name: { type: 'string', minLength: 1, maxLength: 40 },
    masked_number: { type: 'string', minLength: 1, maxLength: 18 },
    age_over_18: { type: 'boolean' },
  },
} as const;
export type DisclosedClaims = Typed<typeof DisclosedClaims>;

/** The answer to a verifier: facts, each with the instant at which it was true, and nothing more than the purpose needs. */
export const VerificationAnswer = {
  type: 'object',
  additionalProperties: false,
  required: ['eventId', 'purpose', 'tier', 'facts', 'claims', 'portrait', 'matchMark'],
  properties: {
    eventId: hexId,
    purpose: { type: 'string', enum: purposeIds },
    tier: { type: 'string', enum: ['light', 'full'] },
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
