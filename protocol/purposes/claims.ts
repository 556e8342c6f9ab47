/** Every claim about a person that a verifier may be told, in the order in which screens list them. */
export const claimNames = [
  'age_over_18',
  'masked_name',
  'masked_number',
  'name',
  'number',
  'sex',
  'birthdate',
  'ethnicity',
  'address',
  'document_issuing_authority',
  'document_expires_on',
] as const;

/** A claim that a verifier may be told. */
export type DisclosableClaim = (typeof claimNames)[number];
