import { purposeIds } from '../purposes/purpose-table';
import { hexId, instant, type Typed } from './schema';

/** A name that people read, in each language of the screens. */
export const Names = {
  type: 'object',
  additionalProperties: false,
  required: ['zh', 'en'],
  properties: {
    zh: { type: 'string', minLength: 1, maxLength: 60 },
    en: { type: 'string', minLength: 1, maxLength: 60 },
  },
} as const;
export type Names = Typed<typeof Names>;

/** What staff said after comparing the portrait with the person. */
export const looks = ['same', 'unsure', 'different'] as const;
export type Look = (typeof looks)[number];

/** The holder's own history, newest first. `before` is the `next` of the page before; without it, the newest page. */
export const ListHistoryRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: {
    action: { const: 'listHistory' },
    before: {
      type: 'object',
      additionalProperties: false,
      required: ['at', 'id'],
      properties: { at: instant, id: hexId },
    },
  },
} as const;
export type ListHistoryRequest = Typed<typeof ListHistoryRequest>;

/** One thing that happened to the card. */
export const HistoryEntry = {
  anyOf: [
    {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'at', 'kind'],
      properties: {
        id: hexId,
        at: instant,
        kind: { type: 'string', enum: ['card_minted', 'card_suspended', 'card_resumed'] },
      },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'at', 'kind', 'purpose', 'partner', 'terminal', 'look'],
      properties: {
        id: hexId,
        at: instant,
        kind: { const: 'card_checked' },
        purpose: { type: 'string', enum: purposeIds },
        partner: Names,
        terminal: { type: 'string', minLength: 1, maxLength: 40 },
        /** Null while staff have not said. */
        look: { anyOf: [{ type: 'string', enum: looks }, { type: 'null' }] },
      },
    },
  ],
} as const;
export type HistoryEntry = Typed<typeof HistoryEntry>;

export const ListHistoryReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'entries', 'next'],
  properties: {
    ok: { const: true },
    entries: { type: 'array', maxItems: 20, items: HistoryEntry },
    /** What to ask for next; null where nothing is older. */
    next: {
      anyOf: [
        {
          type: 'object',
          additionalProperties: false,
          required: ['at', 'id'],
          properties: { at: instant, id: hexId },
        },
        { type: 'null' },
      ],
    },
  },
} as const;
export type ListHistoryReply = Typed<typeof ListHistoryReply>;
