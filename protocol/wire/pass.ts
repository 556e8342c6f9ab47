import { purposeIds } from '../purposes/purpose-table';
import { Names } from './history';
import { base64url, handle, hexId, instant, uncompressedPoint, type Typed } from './schema';

/** Asks for the nonce that the holder's key signs together with the keys of the passes. */
export const PreparePassesRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: { action: { const: 'preparePasses' } },
} as const;
export type PreparePassesRequest = Typed<typeof PreparePassesRequest>;

export const PreparePassesReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'nonce'],
  properties: { ok: { const: true }, nonce: handle },
} as const;
export type PreparePassesReply = Typed<typeof PreparePassesReply>;

/** Fetches one to ten offline passes. `keys` is a COSE_Sign1 by the holder's key (`protocol/pass/pass-keys`). */
export const FetchPassesRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'keys'],
  properties: { action: { const: 'fetchPasses' }, keys: base64url(1600) },
} as const;
export type FetchPassesRequest = Typed<typeof FetchPassesRequest>;

/** The claims that passes commit to: all of them light. */
export const PassFacts = {
  type: 'object',
  additionalProperties: false,
  required: ['masked_name', 'masked_number', 'age_over_18'],
  properties: {
    masked_name: { type: 'string', minLength: 1, maxLength: 40 },
    masked_number: { type: 'string', pattern: '^[0-9][*]{16}[0-9X]$', maxLength: 18 },
    age_over_18: { type: 'boolean' },
  },
} as const;
/** Everything that a pass can tell of a person: light claims alone. */
export type PassFacts = Typed<typeof PassFacts>;

export const FetchPassesReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'serverTime', 'issuedAt', 'expiresAt', 'claims', 'passes'],
  properties: {
    ok: { const: true },
    serverTime: instant,
    /** As of when they tell the card's status: the service's time, rounded down. */
    issuedAt: instant,
    /** When all of them end. */
    expiresAt: instant,
    claims: PassFacts,
    /** In the order of the keys. */
    passes: {
      type: 'array',
      minItems: 1,
      maxItems: 10,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['pass', 'salts'],
        properties: {
          /** A CWT in a COSE_Sign1 (`protocol/pass/pass`). */
          pass: base64url(500),
          /** What opens each claim, in the order of `passClaims`. */
          salts: { type: 'array', minItems: 3, maxItems: 3, items: handle },
        },
      },
    },
  },
} as const;
export type FetchPassesReply = Typed<typeof FetchPassesReply>;

/** Asks for everything that a terminal needs to check passes without a network. */
export const PrepareOfflineRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: { action: { const: 'prepareOffline' } },
} as const;
export type PrepareOfflineRequest = Typed<typeof PrepareOfflineRequest>;

const maybeInstant = { anyOf: [instant, { type: 'null' }] } as const;

export const PrepareOfflineReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'serverTime', 'keys', 'partner', 'terminal', 'purposes'],
  properties: {
    ok: { const: true },
    serverTime: instant,
    /** The issuer's keys, and from when to when each may sign passes. */
    keys: {
      type: 'array',
      minItems: 1,
      maxItems: 20,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['key', 'notBefore', 'notAfter'],
        properties: {
          key: uncompressedPoint,
          notBefore: maybeInstant,
          notAfter: maybeInstant,
        },
      },
    },
    partner: Names,
    terminal: { type: 'string', minLength: 1, maxLength: 40 },
    /** The purposes that a pass serves and of which the partner is registered for every claim. */
    purposes: { type: 'array', maxItems: 20, items: { type: 'string', enum: purposeIds } },
  },
} as const;
export type PrepareOfflineReply = Typed<typeof PrepareOfflineReply>;

/** Hands in passes that were accepted without a network. The same use again gets the same answer again. */
export const ReconcilePassesRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'uses'],
  properties: {
    action: { const: 'reconcilePasses' },
    uses: {
      type: 'array',
      minItems: 1,
      maxItems: 50,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['requestId', 'text', 'acceptedAt'],
        properties: {
          /** Random, made by the accepting phone for this acceptance. */
          requestId: hexId,
          /** The text of the QR code: `P1:` and base45 (RFC 9285). */
          text: { type: 'string', pattern: '^P1:[0-9A-Z $%*+./:-]+$', maxLength: 800 },
          /** By the accepting phone's idea of the service's time. */
          acceptedAt: instant,
        },
      },
    },
  },
} as const;
export type ReconcilePassesRequest = Typed<typeof ReconcilePassesRequest>;

/** What became of one pass that was handed in. */
export const PassUseResult = {
  anyOf: [
    {
      type: 'object',
      additionalProperties: false,
      required: ['requestId', 'outcome', 'notValidSince'],
      properties: {
        requestId: hexId,
        outcome: { const: 'first_use' },
        /** Since when the card had not been valid any more when the pass was accepted; null where it was valid. */
        notValidSince: maybeInstant,
      },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['requestId', 'outcome', 'firstUsedAt', 'notValidSince'],
      properties: {
        requestId: hexId,
        /** The pass was used elsewhere, or a second time: its holder was told too. */
        outcome: { const: 'used_before' },
        firstUsedAt: instant,
        notValidSince: maybeInstant,
      },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['requestId', 'outcome', 'reason'],
      properties: {
        requestId: hexId,
        outcome: { const: 'refused' },
        reason: { type: 'string', enum: ['code_not_recognised', 'code_expired'] },
      },
    },
  ],
} as const;
export type PassUseResult = Typed<typeof PassUseResult>;

export const ReconcilePassesReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'results'],
  properties: {
    ok: { const: true },
    /** In the order of the uses. */
    results: { type: 'array', minItems: 1, maxItems: 50, items: PassUseResult },
  },
} as const;
export type ReconcilePassesReply = Typed<typeof ReconcilePassesReply>;
