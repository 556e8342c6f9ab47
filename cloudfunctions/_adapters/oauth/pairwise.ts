import { createHmac } from 'node:crypto';

/** The address by which the library tells partners apart; nobody asks it (RFC 6761, `.invalid`). */
export const sectorOf = (partner: string): string => `https://${partner}.partner.invalid/`;

/**
 * A holder's name for one partner (OpenID Connect Core 1.0, section 8.1): all servers of a partner know a holder by one name, two
 * partners by two that nobody without the key can tie together.
 * @param key 32 bytes, kept apart from the database
 * @throws Error where the library knows no sector: the names of all such clients would be the same
 */
export const pairwiseName = (key: Uint8Array, sector: unknown, accountId: string): string => {
  if (typeof sector !== 'string' || sector === '')
    throw new Error('a client without a sector has no names for holders');
  return createHmac('sha256', key)
    .update(JSON.stringify([sector, accountId]))
    .digest('base64url');
};

/** The same name where no client asks: the library calls a sector by the host of its address. */
export const nameForPartner = (key: Uint8Array, partner: string, accountId: string): string =>
  pairwiseName(key, new URL(sectorOf(partner)).host, accountId);
