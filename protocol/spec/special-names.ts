/**
 * Names that lead to nobody in the public DNS (IANA, Special-Use Domain Names): a name below one of these is a machine's own, a home
 * network's, or none at all.
 * https://www.iana.org/assignments/special-use-domain-names
 */
export const specialNames = [
  // RFC 6761
  'localhost',
  'invalid',
  'test',
  // RFC 6762
  'local',
  // RFC 7686
  'onion',
  // RFC 8375
  'home.arpa',
  // RFC 9476
  'alt',
  // Reserved by ICANN for private use, resolution 2024.07.29.06
  'internal',
] as const;
