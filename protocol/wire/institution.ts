import { claimNames } from '../purposes/claims';
import { purposeIds } from '../purposes/purpose-table';
import { looks, Names } from './history';
import { terminal } from './partner-parts';
import { PartnerGrant } from './partners';
import { Refusal } from './refusal';
import { clientId } from './registration';
import { handle, hexId, instant, receipt, type Typed } from './schema';
import { RedeemCodeRequest, VerificationAnswer } from './verification';

const purpose = { type: 'string', enum: purposeIds } as const;
const claimsAsked = RedeemCodeRequest.properties.claims;
const claimsTold = { type: 'array', maxItems: 20, items: { type: 'string', enum: claimNames } } as const;

/** An institution's server has a scanned code checked: what for, which claims; without them, all that it is registered for. */
export const VerificationOrder = {
  type: 'object',
  additionalProperties: false,
  required: ['code', 'purpose', 'counter'],
  properties: {
    /** The text of the holder's QR code. */
    code: RedeemCodeRequest.properties.code,
    purpose,
    claims: claimsAsked,
    /** The institution's own name of the counter. A code that is bound to a counter is redeemed by that one alone. */
    counter: terminal,
  },
} as const;
export type VerificationOrder = Typed<typeof VerificationOrder>;

const { eventId: _id, ...told } = VerificationAnswer.properties;

/** What a check told: as a merchant's terminal hears it, and under which names it can be asked about later. */
export const Verification = {
  type: 'object',
  additionalProperties: false,
  required: [
    ...(['id', 'reference', 'purpose', 'mode', 'tier', 'stepUp', 'facts', 'claims'] as const),
    ...(['portrait', 'matchMark', 'receipt'] as const),
  ],
  properties: {
    /** Of this check; the receipt bears the same. */
    id: hexId,
    /** Of the holder's card, for this institution and for no other: it asks for the card's status by it. */
    reference: { type: 'string', pattern: '^[A-Za-z0-9_-]{86}$', maxLength: 86 },
    ...told,
  },
} as const;
export type Verification = Typed<typeof Verification>;

/** A check as it can be read later: what was told by name, and nothing of the person. */
export const MadeVerification = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'counter', 'purpose', 'mode', 'tier', 'stepUp', 'facts', 'claims', 'look', 'receipt'],
  properties: {
    id: hexId,
    counter: terminal,
    purpose,
    mode: VerificationAnswer.properties.mode,
    tier: VerificationAnswer.properties.tier,
    stepUp: VerificationAnswer.properties.stepUp,
    facts: {
      type: 'object',
      additionalProperties: false,
      required: ['redeemedAt', 'status', 'statusAsOf'],
      properties: { redeemedAt: instant, status: { const: 'valid' }, statusAsOf: instant },
    },
    /** Names of what was told. */
    claims: claimsTold,
    /** What staff said of portrait and person; null while they have not said. */
    look: { anyOf: [{ type: 'string', enum: looks }, { type: 'null' }] },
    receipt,
  },
} as const;
export type MadeVerification = Typed<typeof MadeVerification>;

/** What staff said of portrait and person, once for each check. */
export const LookOrder = {
  type: 'object',
  additionalProperties: false,
  required: ['look'],
  properties: { look: { type: 'string', enum: looks } },
} as const;
export type LookOrder = Typed<typeof LookOrder>;

/** Opens a session of a counter, whose code the holder scans first. */
export const CounterOrder = {
  type: 'object',
  additionalProperties: false,
  required: ['purpose', 'counter'],
  properties: { purpose, claims: claimsAsked, counter: terminal },
} as const;
export type CounterOrder = Typed<typeof CounterOrder>;

/** A session that is open, and the text of the QR code that the counter shows. */
export const OpenedCounter = {
  type: 'object',
  additionalProperties: false,
  required: ['session', 'code', 'serverTime', 'expiresAt'],
  properties: {
    session: handle,
    code: { type: 'string', minLength: 1, maxLength: 60 },
    serverTime: instant,
    expiresAt: instant,
  },
} as const;
export type OpenedCounter = Typed<typeof OpenedCounter>;

/** What became of a session: nobody has scanned, somebody has, it is over, or the one who scanned cannot go on. */
export const CounterStanding = {
  type: 'object',
  additionalProperties: false,
  required: ['state', 'reason'],
  properties: {
    state: { type: 'string', enum: ['open', 'claimed', 'over', 'hindered'] },
    /** What hinders the holder; else null. */
    reason: { anyOf: [Refusal.properties.code, { type: 'null' }] },
  },
} as const;
export type CounterStanding = Typed<typeof CounterStanding>;

/**
 * The status of the card behind a reference; `unknown` for every reference that is not the caller's, or whose consent is withdrawn or has ended,
 * whatever the reason.
 */
export const CardStatus = {
  type: 'object',
  additionalProperties: false,
  required: ['status', 'asOf'],
  properties: {
    status: { type: 'string', enum: ['valid', 'suspended', 'revoked', 'expired', 'unknown'] },
    asOf: instant,
  },
} as const;
export type CardStatus = Typed<typeof CardStatus>;

/** What a server may hear of itself: it tells a developer that token and proof are as they should be. */
export const InstitutionSelf = {
  type: 'object',
  additionalProperties: false,
  required: ['client_id', 'names', 'scope', 'grants'],
  properties: {
    client_id: clientId,
    /** Of its partner. */
    names: Names,
    /** What the token is for: words with a space between them (RFC 6749, section 3.3). */
    scope: { type: 'string', minLength: 1, maxLength: 200 },
    /** What the partner is registered for now. */
    grants: { type: 'array', maxItems: 8, items: PartnerGrant },
  },
} as const;
export type InstitutionSelf = Typed<typeof InstitutionSelf>;

/** A consent that lives. */
export const ConsentGiven = {
  type: 'object',
  additionalProperties: false,
  required: ['state', 'purpose', 'until'],
  properties: { state: { const: 'given' }, purpose, until: instant },
} as const;

/** One that the holder has withdrawn. */
export const ConsentWithdrawn = {
  type: 'object',
  additionalProperties: false,
  required: ['state', 'purpose', 'at'],
  properties: { state: { const: 'withdrawn' }, purpose, at: instant },
} as const;

/** One whose end has come, withdrawn before or not. */
export const ConsentEnded = {
  type: 'object',
  additionalProperties: false,
  required: ['state', 'until'],
  properties: { state: { const: 'ended' }, until: instant },
} as const;

/** How the consent stands by which a reference is known; one that has ended tells no more than when. */
export const CardConsent = { anyOf: [ConsentGiven, ConsentWithdrawn, ConsentEnded] } as const;
export type CardConsent = Typed<typeof CardConsent>;

/** Why a call was refused, and what to do (RFC 9457). */
export const ProblemDetails = {
  type: 'object',
  additionalProperties: false,
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    /** Where this kind of problem is described; the same for good. */
    type: { type: 'string', minLength: 1, maxLength: 300 },
    title: { type: 'string', minLength: 1, maxLength: 100 },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { type: 'string', minLength: 1, maxLength: 400 },
    /** For programs to decide by. */
    code: Refusal.properties.code,
    at: Refusal.properties.at,
    until: Refusal.properties.until,
  },
} as const;
export type ProblemDetails = Typed<typeof ProblemDetails>;
