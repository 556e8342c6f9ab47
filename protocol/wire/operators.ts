import { cardReasons, counterReasons, resumptionReasons } from '../operators/reasons';
import { criticalActs } from '../operators/roles';
import { suspensionReasons } from '../partners/reasons';
import { hexId, instant, type Typed } from './schema';
import { partnerId } from './partner-parts';

/** What a critical act is about: a card, a case or a partner, by its exact id. */
const target = partnerId;
const hash = { type: 'string', pattern: '^[0-9a-f]{64}$', maxLength: 64 } as const;
const actReason = {
  type: 'string',
  enum: [...new Set([...cardReasons, ...suspensionReasons, ...resumptionReasons, ...counterReasons])],
} as const;

/** Proposes an act that takes a second operator. */
export const ProposeActRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'kind', 'target', 'reason'],
  properties: {
    action: { const: 'proposeAct' },
    kind: { type: 'string', enum: criticalActs },
    target,
    reason: actReason,
  },
} as const;
export type ProposeActRequest = Typed<typeof ProposeActRequest>;

export const ProposeActReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'proposal', 'hash', 'expiresAt'],
  properties: { ok: { const: true }, proposal: hexId, hash, expiresAt: instant },
} as const;
export type ProposeActReply = Typed<typeof ProposeActReply>;

/** Confirms another operator's proposal; `hash` is that of the act as the screen showed it. */
export const ConfirmActRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'proposal', 'hash'],
  properties: { action: { const: 'confirmAct' }, proposal: hexId, hash },
} as const;
export type ConfirmActRequest = Typed<typeof ConfirmActRequest>;

export const WithdrawActRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'proposal'],
  properties: { action: { const: 'withdrawAct' }, proposal: hexId },
} as const;
export type WithdrawActRequest = Typed<typeof WithdrawActRequest>;

export const ListActsRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: { action: { const: 'listActs' } },
} as const;
export type ListActsRequest = Typed<typeof ListActsRequest>;

export const ListActsReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'acts'],
  properties: {
    ok: { const: true },
    acts: {
      type: 'array',
      maxItems: 50,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['proposal', 'kind', 'target', 'reason', 'hash', 'proposedAt', 'isOwn'],
        properties: {
          proposal: hexId,
          kind: { type: 'string', enum: criticalActs },
          target,
          reason: actReason,
          hash,
          proposedAt: instant,
          /** Whether the caller proposed it, and so cannot confirm it. */
          isOwn: { type: 'boolean' },
        },
      },
    },
  },
} as const;
export type ListActsReply = Typed<typeof ListActsReply>;

/** Looks a card up, by exact reference only. */
export const FindCardRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'by', 'reference'],
  properties: { action: { const: 'findCard' }, by: { type: 'string', enum: ['card', 'case'] }, reference: hexId },
} as const;
export type FindCardRequest = Typed<typeof FindCardRequest>;

/** What an operator learns of a card: nothing of the person. */
export const FindCardReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'card', 'status', 'tier', 'mintedAt', 'held'],
  properties: {
    ok: { const: true },
    card: hexId,
    status: { type: 'string', enum: ['valid', 'suspended', 'revoked', 'expired'] },
    tier: { type: 'string', enum: ['light', 'full'] },
    mintedAt: instant,
    /** Why the service has stopped it; null where it has not. */
    held: { anyOf: [{ type: 'string', enum: cardReasons }, { type: 'null' }] },
  },
} as const;
export type FindCardReply = Typed<typeof FindCardReply>;

/** Stops a card; its holder cannot resume it. */
export const HoldCardRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'card', 'reason'],
  properties: { action: { const: 'holdCard' }, card: hexId, reason: { type: 'string', enum: cardReasons } },
} as const;
export type HoldCardRequest = Typed<typeof HoldCardRequest>;

export const ReleaseCardRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'card'],
  properties: { action: { const: 'releaseCard' }, card: hexId },
} as const;
export type ReleaseCardRequest = Typed<typeof ReleaseCardRequest>;
