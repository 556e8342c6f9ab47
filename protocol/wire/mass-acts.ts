import { operatorRevocations } from '../lifecycle/end-reasons';
import { said } from './partner-parts';
import { hexId, instant, type Typed } from './schema';

/** The name of one of the service's own keys. */
export const kid = { type: 'string', pattern: '^[A-Za-z0-9_.-]+$', minLength: 1, maxLength: 100 } as const;

/** Cards whose credential that key signed. */
export const CardsOfKey = {
  type: 'object',
  additionalProperties: false,
  required: ['by', 'kid'],
  properties: { by: { const: 'kid' }, kid },
} as const;
export type CardsOfKey = Typed<typeof CardsOfKey>;

/** Which cards an act on many is about. */
export const MassTarget = {
  anyOf: [
    CardsOfKey,
    {
      type: 'object',
      additionalProperties: false,
      required: ['by', 'office'],
      /** Cards of identity cards that this office issued: its name as it stands on them. */
      properties: { by: { const: 'office' }, office: said(60) },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['by', 'from', 'to'],
      /** Cards minted from one instant on and before another. */
      properties: { by: { const: 'minted' }, from: instant, to: instant },
    },
  ],
} as const;
export type MassTarget = Typed<typeof MassTarget>;

/** The newest acts on many cards, and how far they are. */
export const ListMassActsRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: { action: { const: 'listMassActs' } },
} as const;
export type ListMassActsRequest = Typed<typeof ListMassActsRequest>;

const count = { type: 'integer', minimum: 0, maximum: 2_000_000_000 } as const;
const progress = {
  /** The proposal that it carries out. */
  proposal: hexId,
  /** How many cards were gone through, of how many when it began. */
  count,
  total: count,
  startedAt: instant,
  /** Null while it goes on. */
  finishedAt: { anyOf: [instant, { type: 'null' }] },
} as const;
const told = ['proposal', 'count', 'total', 'startedAt', 'finishedAt'] as const;

/** One act on many cards. */
export const MassActEntry = {
  anyOf: [
    {
      type: 'object',
      additionalProperties: false,
      required: ['kind', 'target', 'reason', ...told],
      properties: {
        kind: { const: 'revoke_cards' },
        target: MassTarget,
        reason: { type: 'string', enum: operatorRevocations },
        ...progress,
      },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['kind', 'target', ...told],
      properties: { kind: { const: 'renew_cards' }, target: CardsOfKey, ...progress },
    },
  ],
} as const;
export type MassActEntry = Typed<typeof MassActEntry>;

export const ListMassActsReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'acts'],
  properties: { ok: { const: true }, acts: { type: 'array', maxItems: 50, items: MassActEntry } },
} as const;
export type ListMassActsReply = Typed<typeof ListMassActsReply>;
