import { purposeTable, type AccountKey, type DisclosableClaim, type PurposeId } from '../../protocol';
import { terminals } from './service-world';

/** What a terminal asks for: everything that it may be told, the first claim alone, or one that no light task has. */
export type Asked = 'all' | 'first' | 'too much';

export const askedClaims = (purpose: PurposeId, asked: Asked): DisclosableClaim[] | undefined => {
  if (asked === 'all') return undefined;
  return asked === 'first' ? purposeTable[purpose].claims.slice(0, 1) : ['name', 'document_issuing_authority'];
};

/** The claims that a terminal may be told, or why none. */
export const granted = (terminal: number, purpose: PurposeId, asked: Asked): string | readonly DisclosableClaim[] => {
  const grant = terminals[terminal]?.grants.find((one) => one.purpose === purpose);
  if (terminal === terminals.length - 1) return 'not_permitted';
  if (!grant) return 'purpose_not_registered';
  const claims = askedClaims(purpose, asked) ?? grant.claims;
  return claims.every((claim) => grant.claims.includes(claim))
    ? grant.claims.filter((claim) => claims.includes(claim))
    : 'claims_not_granted';
};

export const accountOfTerminal = (at: number): AccountKey => {
  const terminal = terminals[at];
  if (!terminal) throw new Error('no such terminal');
  return terminal.account;
};
