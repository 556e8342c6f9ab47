import type { Typed } from './schema';

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

/** Number of an event of one identity: the first is 1, and none is left out. */
export const eventNumber = { type: 'integer', minimum: 1, maximum: 1_000_000_000 } as const;
