import type { DisclosableClaim } from '../purposes/claims';

/**
 * Under which name the identity card's credential carries a claim. What is missing here is derived by the service from the person, as the
 * masked forms are, and told by its answer alone: the credential cannot prove it without telling more.
 */
export const credentialNames = {
  name: 'name',
  number: 'personal_administrative_number',
  sex: 'sex',
  birthdate: 'birthdate',
  ethnicity: 'ethnicity',
  address: 'address',
  document_issuing_authority: 'document_issuing_authority',
  document_expires_on: 'document_expires_on',
} as const satisfies Partial<Record<DisclosableClaim, string>>;

const nameOf: Partial<Record<DisclosableClaim, string>> = credentialNames;

/**
 * What a presentation discloses where those claims were consented to, by the credential's names for them; phone and service reckon it
 * alike. A person without one of them, as without an end of the document, has a credential without it.
 */
export const presentableClaims = (claims: readonly DisclosableClaim[]): readonly string[] =>
  claims.flatMap((claim) => nameOf[claim] ?? []);
