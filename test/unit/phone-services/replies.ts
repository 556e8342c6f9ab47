import type { RedeemCodeReply } from '../../../protocol';

export const CASE = 'c'.repeat(32);
export const NONCE = 'AAECAwQFBgcICQoLDA0ODw';

/** A card as the service tells it. */
export const cardReply = (status: 'valid' | 'suspended' | 'revoked' | 'expired' = 'valid') => ({
  ok: true as const,
  card: {
    id: 'a'.repeat(32),
    status,
    tier: 'light' as const,
    maskedName: '林**',
    mintedAt: 1_795_000_000_000,
    validTo: '2029-04-12',
  },
});

export const mintReply = { ...cardReply(), credential: 'head.body.sign~' };

/** An accepted check; `person` goes into the masked name. */
export const redeemReply = (person = '林'): RedeemCodeReply => ({
  ok: true,
  answer: {
    eventId: 'e'.repeat(32),
    purpose: 'parcel-pickup',
    mode: 'shown',
    tier: 'light',
    stepUp: [],
    facts: {
      signatureValidAt: 1_795_000_000_000,
      codeMadeAt: 1_794_999_999_000,
      redeemedAt: 1_795_000_000_000,
      status: 'valid',
      statusAsOf: 1_795_000_000_000,
    },
    claims: { masked_name: `${person}**` },
    portrait: null,
    matchMark: { word: 1, colour: 2 },
    receipt: 'a.receipt.signed',
  },
});

/** A document as the function `public` answers with it. */
export const published = (document: unknown, statusCode = 200) => ({
  statusCode,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: typeof document === 'string' ? document : JSON.stringify(document),
});

export const refused = (code: string, more: object = {}) => ({ ok: false, error: { code, ...more } });
