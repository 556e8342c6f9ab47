import { keyStandings } from '../keys/issuer-key';
import { kid } from './mass-acts';
import { instant, type Typed } from './schema';

/** The service's own keys, as its operators see them: names, never keys. */
export const ListKeysRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: { action: { const: 'listKeys' } },
} as const;
export type ListKeysRequest = Typed<typeof ListKeysRequest>;

export const ListKeysReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'keys'],
  properties: {
    ok: { const: true },
    keys: {
      type: 'array',
      maxItems: 100,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['kid', 'use', 'from', 'to', 'standing', 'queued'],
        properties: {
          kid,
          /** What it signs: cards and their status, or receipts. */
          use: { type: 'string', enum: ['cards', 'receipts'] },
          from: instant,
          to: instant,
          standing: { type: 'string', enum: keyStandings },
          /** Cards that it signed and that wait for a new credential. */
          queued: { type: 'integer', minimum: 0, maximum: 2_000_000_000 },
        },
      },
    },
  },
} as const;
export type ListKeysReply = Typed<typeof ListKeysReply>;
