import { endReasons, holdReasons, operatorRevocations } from '../lifecycle/end-reasons';
import { counterReasons, deletionReasons, guardianshipReasons, resumptionReasons } from '../operators/reasons';
import { singleActs } from '../operators/roles';
import { suspensionReasons } from '../partners/reasons';
import { CardsOfKey, MassTarget } from './mass-acts';
import { hexId, instant, type Typed } from './schema';
import { partnerId } from './partner-parts';
import { askedInstitutionActs, institutionActsToDecide } from './registration';

/** What an act on one is about: a card, a case or a partner, by its exact id. */
const target = partnerId;
const hash = { type: 'string', pattern: '^[0-9a-f]{64}$', maxLength: 64 } as const;
const kind = { type: 'string', enum: singleActs } as const;
const reason = {
  type: 'string',
  enum: [
    ...new Set([
      ...operatorRevocations,
      ...suspensionReasons,
      ...resumptionReasons,
      ...counterReasons,
      ...guardianshipReasons,
    ]),
  ],
} as const;
/** Proposed where the visitor is (`wire/visit`). */
const ofVisitor = {
  kind: { const: 'delete_at_counter' },
  target: hexId,
  reason: { type: 'string', enum: deletionReasons },
} as const;
const ofMany = {
  revoke: {
    kind: { const: 'revoke_cards' },
    target: MassTarget,
    reason: { type: 'string', enum: operatorRevocations },
  },
  /** Only for a key that signs no more: a new credential would be by the same key. */
  renew: { kind: { const: 'renew_cards' }, target: CardsOfKey, reason: { const: 'issuer_compromised' } },
} as const;

const ofAsked = ['action', 'kind', 'target', 'reason'] as const;
const action = { const: 'proposeAct' } as const;
/** Acts on partners' servers. */
const institutionActs = [
  {
    type: 'object',
    additionalProperties: false,
    required: ofAsked,
    properties: { action, ...askedInstitutionActs.register },
  },
  {
    type: 'object',
    additionalProperties: false,
    required: ofAsked,
    properties: { action, ...askedInstitutionActs.addKey },
  },
  {
    type: 'object',
    additionalProperties: false,
    required: ofAsked,
    properties: { action, ...askedInstitutionActs.withdrawKey },
  },
  {
    type: 'object',
    additionalProperties: false,
    required: ofAsked,
    properties: { action, ...askedInstitutionActs.move },
  },
  {
    type: 'object',
    additionalProperties: false,
    required: ofAsked,
    properties: { action, ...askedInstitutionActs.end },
  },
] as const;

/** Proposes an act that takes a second operator. */
export const ProposeActRequest = {
  anyOf: [
    {
      type: 'object',
      additionalProperties: false,
      required: ofAsked,
      properties: { action, kind, target, reason },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ofAsked,
      properties: { action, ...ofMany.revoke },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ofAsked,
      properties: { action, ...ofMany.renew },
    },
    ...institutionActs,
  ],
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

const waiting = {
  proposal: hexId,
  hash,
  proposedAt: instant,
  /** The random id of the operator who proposed it. */
  proposedBy: hexId,
  /** Whether the caller proposed it, and so cannot confirm it. */
  isOwn: { type: 'boolean' },
} as const;
const ofWaiting = ['proposal', 'kind', 'target', 'reason', 'hash', 'proposedAt', 'proposedBy', 'isOwn'] as const;

/** An act that waits for a second operator. */
export const WaitingAct = {
  anyOf: [
    {
      type: 'object',
      additionalProperties: false,
      required: ofWaiting,
      properties: { ...waiting, kind, target, reason },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ofWaiting,
      properties: { ...waiting, ...ofVisitor },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ofWaiting,
      properties: { ...waiting, ...ofMany.revoke },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ofWaiting,
      properties: { ...waiting, ...ofMany.renew },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ofWaiting,
      properties: { ...waiting, ...institutionActsToDecide.register },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ofWaiting,
      properties: { ...waiting, ...institutionActsToDecide.addKey },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ofWaiting,
      properties: { ...waiting, ...institutionActsToDecide.withdrawKey },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ofWaiting,
      properties: { ...waiting, ...institutionActsToDecide.move },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ofWaiting,
      properties: { ...waiting, ...institutionActsToDecide.end },
    },
  ],
} as const;
export type WaitingAct = Typed<typeof WaitingAct>;

export const ListActsReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'acts'],
  properties: {
    ok: { const: true },
    acts: {
      type: 'array',
      maxItems: 50,
      items: WaitingAct,
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
  required: ['ok', 'card', 'status', 'tier', 'mintedAt', 'stops'],
  properties: {
    ok: { const: true },
    card: hexId,
    status: { type: 'string', enum: ['valid', 'suspended', 'revoked', 'expired'] },
    tier: { type: 'string', enum: ['light', 'full'] },
    mintedAt: instant,
    /** What stops it, the gravest last: an operator releases what is an operator's to release. */
    stops: {
      type: 'array',
      maxItems: endReasons.length,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['reason', 'at'],
        properties: { reason: { type: 'string', enum: endReasons }, at: instant },
      },
    },
  },
} as const;
export type FindCardReply = Typed<typeof FindCardReply>;

/** Suspends a card; its holder cannot resume it. */
export const HoldCardRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'card', 'reason'],
  properties: { action: { const: 'holdCard' }, card: hexId, reason: { type: 'string', enum: holdReasons } },
} as const;
export type HoldCardRequest = Typed<typeof HoldCardRequest>;

export const ReleaseCardRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'card'],
  properties: { action: { const: 'releaseCard' }, card: hexId },
} as const;
export type ReleaseCardRequest = Typed<typeof ReleaseCardRequest>;
