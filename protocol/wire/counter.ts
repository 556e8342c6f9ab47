import { errorTable, type ErrorCode } from '../errors/error-table';
import { claimNames } from '../purposes/claims';
import { purposeIds } from '../purposes/purpose-table';
import { AskTold } from './ask';
import { Names } from './history';
import { handle, instant, type Typed } from './schema';

const purpose = { type: 'string', enum: purposeIds } as const;
const claims = {
  type: 'array',
  minItems: 1,
  maxItems: 20,
  items: { type: 'string', enum: claimNames },
} as const;
const codes = Object.keys(errorTable) as ErrorCode[]; // eslint-disable-line @typescript-eslint/consistent-type-assertions -- keys of a constant

/** Opens a session of the caller's terminal: what for, and which claims; without them, all that the partner is registered for. */
export const OpenCounterRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'purpose'],
  properties: { action: { const: 'openCounter' }, purpose, claims },
} as const;
export type OpenCounterRequest = Typed<typeof OpenCounterRequest>;

export const OpenCounterReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'session', 'code', 'serverTime', 'expiresAt'],
  properties: {
    ok: { const: true },
    session: handle,
    /** The text of the QR code that the counter shows. */
    code: { type: 'string', minLength: 1, maxLength: 60 },
    serverTime: instant,
    expiresAt: instant,
  },
} as const;
export type OpenCounterReply = Typed<typeof OpenCounterReply>;

/** Asks what became of a session of the caller's own. */
export const ReadCounterRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'session'],
  properties: { action: { const: 'readCounter' }, session: handle },
} as const;
export type ReadCounterRequest = Typed<typeof ReadCounterRequest>;

export const ReadCounterReply = {
  anyOf: [
    {
      type: 'object',
      additionalProperties: false,
      required: ['ok', 'state'],
      properties: { ok: { const: true }, state: { type: 'string', enum: ['open', 'claimed', 'over'] } },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['ok', 'state', 'reason'],
      properties: { ok: { const: true }, state: { const: 'hindered' }, reason: { type: 'string', enum: codes } },
    },
  ],
} as const;
export type ReadCounterReply = Typed<typeof ReadCounterReply>;

/** The holder scanned a counter's code. */
export const ClaimCounterRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'session'],
  properties: { action: { const: 'claimCounter' }, session: handle },
} as const;
export type ClaimCounterRequest = Typed<typeof ClaimCounterRequest>;

/** Who asks, for what, and what they will be told: what the holder consents to. */
export const ClaimCounterReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'partner', 'terminal', 'purpose', 'claims', 'portrait', 'stepUp'],
  properties: {
    ok: { const: true },
    partner: Names,
    terminal: { type: 'string', minLength: 1, maxLength: 40 },
    purpose,
    claims,
    /** Whether staff see the portrait. */
    portrait: { type: 'boolean' },
    /** What the holder has to prove anew. */
    stepUp: { type: 'array', maxItems: 2, items: { type: 'string', enum: ['fingerprint', 'face'] } },
    /** There where the phone hands its code in by `answerAsk`; absent where the counter scans it. */
    ask: AskTold,
  },
} as const;
export type ClaimCounterReply = Typed<typeof ClaimCounterReply>;
