import { endReasons } from '../lifecycle/end-reasons';
import { base64url, calendarDate, fileId, handle, hexId, instant, thumbprint, type Typed } from './schema';
import { FingerprintAnswer } from './step-up';

/** The card as its holder's phone shows it. */
export const Card = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'status', 'tier', 'maskedName', 'mintedAt', 'validTo'],
  properties: {
    id: hexId,
    status: { type: 'string', enum: ['valid', 'suspended', 'revoked', 'expired'] },
    /** `light` (grey): proofed remotely. `full` (colour): an operator at a counter saw person and physical card. */
    tier: { type: 'string', enum: ['light', 'full'] },
    maskedName: { type: 'string', minLength: 1, maxLength: 40 },
    mintedAt: instant,
    validTo: calendarDate,
    /** Why it is suspended or revoked, and since when. */
    ended: {
      type: 'object',
      additionalProperties: false,
      required: ['reason', 'at'],
      properties: { reason: { type: 'string', enum: endReasons }, at: instant },
    },
    /** Until then it serves light tasks alone, since it came to another phone; absent once that is over. */
    limitedUntil: instant,
    /** Present where a fingerprint is bound to it, which some tasks ask for. */
    fingerprint: { const: 'bound' },
    /** When the kill code was made that stops it, where there is one. */
    killCodeMadeAt: instant,
  },
} as const;
export type Card = Typed<typeof Card>;

export const GetCardRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: {
    action: { const: 'getCard' },
    /** Of the key that this phone holds for the card: it learns whether the card is bound to another one. */
    key: thumbprint,
  },
} as const;
export type GetCardRequest = Typed<typeof GetCardRequest>;

export const SuspendCardRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: { action: { const: 'suspendCard' } },
} as const;
export type SuspendCardRequest = Typed<typeof SuspendCardRequest>;

export const ResumeCardRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: { action: { const: 'resumeCard' } },
} as const;
export type ResumeCardRequest = Typed<typeof ResumeCardRequest>;

export const CardReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'card'],
  properties: {
    ok: { const: true },
    card: Card,
    /** The card is bound to another phone's key. */
    boundElsewhere: {
      type: 'object',
      additionalProperties: false,
      required: ['since'],
      properties: { since: instant },
    },
    /** Present where what the phone holds as its credential is believed by nobody any more: the phone asks for a new one. */
    renew: { const: true },
  },
} as const;
export type CardReply = Typed<typeof CardReply>;

export const MintCardReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'card', 'credential'],
  properties: {
    ok: { const: true },
    card: Card,
    /** An SD-JWT VC (RFC 9901), `dc+sd-jwt`: issuer-signed JWT, then each disclosure, joined and ended by `~`. */
    credential: { type: 'string', pattern: '^[A-Za-z0-9_.~-]+~$', maxLength: 8000 },
  },
} as const;
export type MintCardReply = Typed<typeof MintCardReply>;

/**
 * Asks for the credential again, or for a new one where the present one's key signs no more. `proof` is the key proof
 * (`protocol/statements/key-proof`) of the card's key over the handle of a showing that was prepared for it. Answered by a `MintCardReply`.
 */
export const RenewCredentialRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'proof'],
  properties: { action: { const: 'renewCredential' }, proof: base64url(600) },
} as const;
export type RenewCredentialRequest = Typed<typeof RenewCredentialRequest>;

/** Asks for the handle of the next showing; the handle is the nonce that the holder's key signs. */
export const PrepareShowingRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: { action: { const: 'prepareShowing' } },
} as const;
export type PrepareShowingRequest = Typed<typeof PrepareShowingRequest>;

export const PrepareShowingReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'handle'],
  properties: { ok: { const: true }, handle },
} as const;
export type PrepareShowingReply = Typed<typeof PrepareShowingReply>;

/** Opens a showing. `statement` is a COSE_Sign1 by the holder's key (`protocol/statements/showing-statement`). */
export const OpenShowingRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'statement'],
  properties: {
    action: { const: 'openShowing' },
    statement: base64url(800),
    /** What the purpose asks the holder to prove anew: a touch over `stepUpChallenge`, a selfie in the folder `stepUpFolder`. */
    stepUp: {
      type: 'object',
      additionalProperties: false,
      required: [],
      properties: { fingerprint: FingerprintAnswer, selfie: fileId },
    },
  },
} as const;
export type OpenShowingRequest = Typed<typeof OpenShowingRequest>;

/** Asks for a number that stands for the open showing, for scanners of bar codes. */
export const AliasShowingRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: { action: { const: 'aliasShowing' } },
} as const;
export type AliasShowingRequest = Typed<typeof AliasShowingRequest>;

export const AliasShowingReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'alias', 'serverTime', 'expiresAt'],
  properties: {
    ok: { const: true },
    alias: { type: 'string', pattern: '^29[0-9]{16}$', maxLength: 18 },
    serverTime: instant,
    expiresAt: instant,
  },
} as const;
export type AliasShowingReply = Typed<typeof AliasShowingReply>;

/** What both screens can compare by eye: a word in the reader's language and a colour, by their index in a fixed list. */
export const MatchMark = {
  type: 'object',
  additionalProperties: false,
  required: ['word', 'colour'],
  properties: {
    word: { type: 'integer', minimum: 0, maximum: 255 },
    colour: { type: 'integer', minimum: 0, maximum: 7 },
  },
} as const;
export type MatchMark = Typed<typeof MatchMark>;

export const OpenShowingReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'serverTime', 'expiresAt', 'matchMark'],
  properties: { ok: { const: true }, serverTime: instant, expiresAt: instant, matchMark: MatchMark },
} as const;
export type OpenShowingReply = Typed<typeof OpenShowingReply>;
