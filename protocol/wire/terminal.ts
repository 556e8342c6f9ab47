import { staffRoles } from '../partners/roles';
import { claimNames } from '../purposes/claims';
import { purposeIds } from '../purposes/purpose-table';
import { looks, Names } from './history';
import { hexId, type Typed } from './schema';

/** Asks where the caller works: their shop, terminal and registered purposes. */
export const DescribeTerminalRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: { action: { const: 'describeTerminal' } },
} as const;
export type DescribeTerminalRequest = Typed<typeof DescribeTerminalRequest>;

/** A purpose that a partner is registered for, and the claims that it may be told. */
export const PurposeGrant = {
  type: 'object',
  additionalProperties: false,
  required: ['purpose', 'claims'],
  properties: {
    purpose: { type: 'string', enum: purposeIds },
    claims: {
      type: 'array',
      minItems: 1,
      maxItems: 20,
      items: { type: 'string', enum: claimNames },
    },
  },
} as const;
export type PurposeGrant = Typed<typeof PurposeGrant>;

export const DescribeTerminalReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'partner', 'shop', 'terminal', 'role', 'grants'],
  properties: {
    ok: { const: true },
    partner: Names,
    shop: { type: 'string', minLength: 1, maxLength: 40 },
    terminal: { type: 'string', minLength: 1, maxLength: 40 },
    role: { type: 'string', enum: staffRoles },
    /** What the partner is registered for. */
    grants: { type: 'array', minItems: 1, maxItems: 8, items: PurposeGrant },
  },
} as const;
export type DescribeTerminalReply = Typed<typeof DescribeTerminalReply>;

/** Says what a comparison of portrait and person came to, once for each check, by the terminal that made the check. */
export const ReportLookRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'eventId', 'look'],
  properties: { action: { const: 'reportLook' }, eventId: hexId, look: { type: 'string', enum: looks } },
} as const;
export type ReportLookRequest = Typed<typeof ReportLookRequest>;

export const ReportLookReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'look'],
  properties: { ok: { const: true }, look: { type: 'string', enum: looks } },
} as const;
export type ReportLookReply = Typed<typeof ReportLookReply>;
