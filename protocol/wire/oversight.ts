import { base64url, hexId, instant, type Typed } from './schema';

const count = { type: 'integer', minimum: 0, maximum: 2_000_000_000 } as const;

/** Asks for figures: how many there are of what, and of nobody in particular. */
export const GetFiguresRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: { action: { const: 'getFigures' } },
} as const;
export type GetFiguresRequest = Typed<typeof GetFiguresRequest>;

export const GetFiguresReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'cases', 'cards', 'storedFaces', 'facesLevel'],
  properties: {
    ok: { const: true },
    cases: {
      type: 'array',
      maxItems: 20,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['state', 'count'],
        properties: { state: { type: 'string', minLength: 1, maxLength: 20 }, count },
      },
    },
    cards: {
      type: 'array',
      maxItems: 10,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['status', 'tier', 'count'],
        properties: {
          /** As it was set: a card whose last day is over counts as what it was. */
          status: { type: 'string', enum: ['valid', 'suspended', 'revoked'] },
          tier: { type: 'string', enum: ['light', 'full'] },
          count,
        },
      },
    },
    storedFaces: count,
    /** `near` from 80 %, `reached` from 100,000 stored faces on, which are to be reported to the authority. */
    facesLevel: { type: 'string', enum: ['below', 'near', 'reached'] },
  },
} as const;
export type GetFiguresReply = Typed<typeof GetFiguresReply>;

const position = {
  type: 'object',
  additionalProperties: false,
  required: ['at', 'id'],
  properties: { at: instant, id: hexId },
} as const;

/** What operators, partners and their staff did, newest first. */
export const ListAuditRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: { action: { const: 'listAudit' }, before: position },
} as const;
export type ListAuditRequest = Typed<typeof ListAuditRequest>;

export const ListAuditReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'entries', 'next'],
  properties: {
    ok: { const: true },
    entries: {
      type: 'array',
      maxItems: 50,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'at', 'salt', 'content'],
        properties: {
          id: hexId,
          at: instant,
          salt: base64url(22),
          /** JSON of `id`, `at` and `happening`, byte for byte as the log's leaf is made from it and the salt. */
          content: { type: 'string', minLength: 2, maxLength: 8000 },
        },
      },
    },
    next: { anyOf: [position, { type: 'null' }] },
  },
} as const;
export type ListAuditReply = Typed<typeof ListAuditReply>;
