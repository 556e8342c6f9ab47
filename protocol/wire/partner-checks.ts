import { claimNames } from '../purposes/claims';
import { checkModes, purposeIds } from '../purposes/purpose-table';
import { looks } from './history';
import { hexId, instant, receipt, type Typed } from './schema';

const position = {
  type: 'object',
  additionalProperties: false,
  required: ['at', 'id'],
  properties: { at: instant, id: hexId },
} as const;
const next = { anyOf: [position, { type: 'null' }] } as const;

/** The checks that a partner's staff made, newest first: a clerk hears the own ones, who manages hears all. */
export const ListChecksRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: { action: { const: 'listChecks' }, before: position },
} as const;
export type ListChecksRequest = Typed<typeof ListChecksRequest>;

/** What a partner keeps of a check: names of the claims that were told, and nobody's values. */
export const MadeCheck = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'at', 'purpose', 'mode', 'tier', 'shop', 'terminal', 'claims', 'stepUp', 'receipt', 'look'],
  properties: {
    id: hexId,
    at: instant,
    purpose: { type: 'string', enum: purposeIds },
    mode: { type: 'string', enum: checkModes },
    tier: { type: 'string', enum: ['light', 'full'] },
    shop: { type: 'string', minLength: 1, maxLength: 40 },
    terminal: { type: 'string', minLength: 1, maxLength: 40 },
    claims: { type: 'array', maxItems: 20, items: { type: 'string', enum: claimNames } },
    stepUp: { type: 'array', maxItems: 2, items: { type: 'string', enum: ['fingerprint', 'face'] } },
    /** What the service signed of it, the same as the holder has; null of a pass, which is its own proof. */
    receipt: { anyOf: [receipt, { type: 'null' }] },
    /** Null where staff have not said. */
    look: { anyOf: [{ type: 'string', enum: looks }, { type: 'null' }] },
  },
} as const;
export type MadeCheck = Typed<typeof MadeCheck>;

export const ListChecksReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'checks', 'next'],
  properties: { ok: { const: true }, checks: { type: 'array', maxItems: 20, items: MadeCheck }, next },
} as const;
export type ListChecksReply = Typed<typeof ListChecksReply>;

/** All checks of a period as comma-separated values, page by page; the pages follow one another in one file. */
export const ExportChecksRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'from', 'to'],
  properties: { action: { const: 'exportChecks' }, from: instant, to: instant, before: position },
} as const;
export type ExportChecksRequest = Typed<typeof ExportChecksRequest>;

export const ExportChecksReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'csv', 'next'],
  properties: { ok: { const: true }, csv: { type: 'string', maxLength: 1_000_000 }, next },
} as const;
export type ExportChecksReply = Typed<typeof ExportChecksReply>;
