import { base64url, handle, hexId, instant, type Typed } from './schema';

/** Makes a kill code; the one before it works for some days more. */
export const IssueKillCodeRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: { action: { const: 'issueKillCode' } },
} as const;
export type IssueKillCodeRequest = Typed<typeof IssueKillCodeRequest>;

/** The code, for this once: the service keeps a keyed hash of it alone. */
export const IssueKillCodeReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'code', 'madeAt', 'address'],
  properties: {
    ok: { const: true },
    /** In groups, as it is to be written down. */
    code: { type: 'string', pattern: '^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){4}$', maxLength: 24 },
    madeAt: instant,
    /** Where it is typed in, from any browser. */
    address: { type: 'string', pattern: '^https?://[A-Za-z0-9.:-]+/[A-Za-z0-9/_-]+$', maxLength: 200 },
    /** Until when the code works that this one has replaced; absent where there was none. */
    replacedUntil: instant,
  },
} as const;
export type IssueKillCodeReply = Typed<typeof IssueKillCodeReply>;

/** Stops a card by its kill code: sent over HTTP by anyone, as JSON or as a form. */
export const KillOrder = {
  type: 'object',
  additionalProperties: false,
  required: ['code'],
  /** As somebody typed it. */
  properties: { code: { type: 'string', minLength: 1, maxLength: 80 } },
} as const;
export type KillOrder = Typed<typeof KillOrder>;

/** Asks for the challenge that the card's key signs to have everything deleted. */
export const PrepareDeletionRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: { action: { const: 'prepareDeletion' } },
} as const;
export type PrepareDeletionRequest = Typed<typeof PrepareDeletionRequest>;

export const PrepareDeletionReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'challenge', 'expiresAt', 'keys'],
  properties: {
    ok: { const: true },
    challenge: handle,
    expiresAt: instant,
    /** The issuer's published keys, by which the phone will verify the proof. */
    keys: {
      type: 'array',
      minItems: 1,
      maxItems: 20,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['kid', 'key'],
        properties: {
          kid: { type: 'string', minLength: 1, maxLength: 100 },
          /** An uncompressed point of P-256: 65 bytes. */
          key: { type: 'string', pattern: '^[A-Za-z0-9_-]{87}$', maxLength: 87 },
        },
      },
    },
  },
} as const;
export type PrepareDeletionReply = Typed<typeof PrepareDeletionReply>;

/** Has everything deleted. `statement` is a COSE_Sign1 by the card's key (`protocol/statements/order-statement`). */
export const DeleteAccountRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'statement'],
  properties: { action: { const: 'deleteAccount' }, statement: base64url(600) },
} as const;
export type DeleteAccountRequest = Typed<typeof DeleteAccountRequest>;

export const DeleteAccountReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'id', 'deletedAt', 'unreadableEvents', 'proof'],
  properties: {
    ok: { const: true },
    id: hexId,
    deletedAt: instant,
    /** Events that stay in the log as leaves which nobody can open. */
    unreadableEvents: { type: 'integer', minimum: 0, maximum: 1_000_000_000 },
    /** A JWS (`protocol/deletion/deletion-proof`). */
    proof: { type: 'string', pattern: '^[A-Za-z0-9_-]+[.][A-Za-z0-9_-]+[.][A-Za-z0-9_-]{86}$', maxLength: 2000 },
  },
} as const;
export type DeleteAccountReply = Typed<typeof DeleteAccountReply>;
