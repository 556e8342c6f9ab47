import { HistoryEntry } from './history';
import { eventNumber } from './history-parts';
import { LookStanding } from './rights';
import { base64url, type Typed } from './schema';

/** Opens one entry of the holder's own history, with what proves it. */
export const OpenEntryRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'number'],
  properties: { action: { const: 'openEntry' }, number: eventNumber },
} as const;
export type OpenEntryRequest = Typed<typeof OpenEntryRequest>;

/** What an event's leaf is computed from: SHA-256 of the salt's bytes and the content's UTF-8 is its commitment. */
export const EntryOpening = {
  type: 'object',
  additionalProperties: false,
  required: ['salt', 'content'],
  properties: {
    salt: base64url(40),
    /** JSON, byte for byte as it was committed to. */
    content: { type: 'string', minLength: 2, maxLength: 8000 },
  },
} as const;
export type EntryOpening = Typed<typeof EntryOpening>;

export const OpenEntryReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'entry', 'opening', 'standing'],
  properties: {
    ok: { const: true },
    entry: HistoryEntry,
    /** Null of an entry that is missing: nothing is left that could be proved. */
    opening: { anyOf: [EntryOpening, { type: 'null' }] },
    /** Null of an entry that is no partner's look; of a missing one it tells the consent alone, null where none is kept. */
    standing: { anyOf: [LookStanding, { type: 'null' }] },
  },
} as const;
export type OpenEntryReply = Typed<typeof OpenEntryReply>;
