import { purposeIds } from '../purposes/purpose-table';
import { eventNumber, Names } from './history-parts';
import { instant, type Typed } from './schema';

const purpose = { type: 'string', enum: purposeIds } as const;

/** How a consent stands that an institution may ask after the card for a while. */
export const ConsentStanding = {
  anyOf: [
    {
      type: 'object',
      additionalProperties: false,
      required: ['state', 'until'],
      properties: { state: { const: 'given' }, until: instant },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['state', 'at'],
      properties: { state: { const: 'withdrawn' }, at: instant },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['state'],
      /** Its time is over, or later ones to the same partner took its place. */
      properties: { state: { const: 'ended' } },
    },
  ],
} as const;
export type ConsentStanding = Typed<typeof ConsentStanding>;

/**
 * Withdraws the consent that was given with an entry of the history, and all that its partner has for the same purpose; again is harmless. The
 * reply is `StandingReply`.
 */
export const WithdrawLastingConsentRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'number'],
  properties: { action: { const: 'withdrawLastingConsent' }, number: eventNumber },
} as const;
export type WithdrawLastingConsentRequest = Typed<typeof WithdrawLastingConsentRequest>;

/** Asks who may ask after the card. */
export const ListConsentsRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: { action: { const: 'listConsents' } },
} as const;
export type ListConsentsRequest = Typed<typeof ListConsentsRequest>;

/** Whom the holder lets ask after the card, for what, and until when; the newest first, each partner once for a purpose. */
export const ListConsentsReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'consents'],
  properties: {
    ok: { const: true },
    consents: {
      type: 'array',
      maxItems: 256,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['number', 'partner', 'purpose', 'until'],
        properties: {
          /** Of the entry that the last of them was given with. */
          number: eventNumber,
          partner: Names,
          purpose,
          until: instant,
        },
      },
    },
  },
} as const;
export type ListConsentsReply = Typed<typeof ListConsentsReply>;
