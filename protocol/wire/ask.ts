import { RedeemCodeRequest } from './verification';
import { handle, instant, type Typed } from './schema';

const number = { type: 'string', pattern: '^[0-9]{9}$', maxLength: 9 } as const;

/** The longest message that a partner's page and the holder's phone both show. */
export const BINDING_MESSAGE_MAX = 40;

/** Asks for a number that the holder reads out to an institution, once: whoever is told it can ask this holder, and learns nothing. */
export const OpenAskNumberRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: { action: { const: 'openAskNumber' } },
} as const;
export type OpenAskNumberRequest = Typed<typeof OpenAskNumberRequest>;

export const OpenAskNumberReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'number', 'serverTime', 'expiresAt'],
  properties: { ok: { const: true }, number, serverTime: instant, expiresAt: instant },
} as const;
export type OpenAskNumberReply = Typed<typeof OpenAskNumberReply>;

/** Whether an institution has asked by the caller's own number. */
export const FindAskRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'number'],
  properties: { action: { const: 'findAsk' }, number },
} as const;
export type FindAskRequest = Typed<typeof FindAskRequest>;

export const FindAskReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'session'],
  properties: {
    ok: { const: true },
    /** The session by which it asked, to be claimed as a counter's is; null while nobody has. */
    session: { anyOf: [handle, { type: 'null' }] },
  },
} as const;
export type FindAskReply = Typed<typeof FindAskReply>;

/** What a session asks beside what a counter's does, where its answer goes to an institution's server and not to a scanner. */
export const AskTold = {
  type: 'object',
  additionalProperties: false,
  required: ['bindingMessage', 'tier', 'presentation', 'consentDays', 'serverTime', 'expiresAt'],
  properties: {
    /** The same words stand on the institution's screen. */
    bindingMessage: { type: 'string', minLength: 1, maxLength: BINDING_MESSAGE_MAX },
    /** The least tier that the institution accepts: the purpose's own, or more. */
    tier: { type: 'string', enum: ['light', 'full'] },
    /** What a presentation of the credential is to be bound to (RFC 9901, section 4.3), where one is asked for. */
    presentation: {
      anyOf: [
        {
          type: 'object',
          additionalProperties: false,
          required: ['nonce', 'audience'],
          properties: {
            nonce: { type: 'string', pattern: '^[A-Za-z0-9._~-]{16,128}$', maxLength: 128 },
            audience: { type: 'string', minLength: 1, maxLength: 100 },
          },
        },
        { type: 'null' },
      ],
    },
    /** For how many days the institution may ask after the card and hears of its end; 0: this once. */
    consentDays: { type: 'integer', minimum: 0, maximum: 3660 },
    serverTime: instant,
    /** Until when its holder can consent, by the server's clock. */
    expiresAt: instant,
  },
} as const;
export type AskTold = Typed<typeof AskTold>;

/**
 * Answers an ask: with a code of a showing that was opened for its session, which is redeemed for the institution at once. Sent to the
 * function `verifier` by the holder's phone. The same answer may be sent again.
 */
export const AnswerAskRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'session', 'code'],
  properties: {
    action: { const: 'answerAsk' },
    session: handle,
    code: RedeemCodeRequest.properties.code,
    /** An SD-JWT VC with the claims that were asked for and a key binding, where a presentation is asked for. */
    presentation: { type: 'string', pattern: '^[A-Za-z0-9._~-]+$', maxLength: 16384 },
  },
} as const;
export type AnswerAskRequest = Typed<typeof AnswerAskRequest>;

export const AnswerAskReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'answeredAt'],
  properties: { ok: { const: true }, answeredAt: instant },
} as const;
export type AnswerAskReply = Typed<typeof AnswerAskReply>;

/** Declines an ask that the caller has claimed. */
export const DeclineAskRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'session'],
  properties: { action: { const: 'declineAsk' }, session: handle },
} as const;
export type DeclineAskRequest = Typed<typeof DeclineAskRequest>;

export const DeclineAskReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok'],
  properties: { ok: { const: true } },
} as const;
export type DeclineAskReply = Typed<typeof DeclineAskReply>;
