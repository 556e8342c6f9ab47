import {
  claimNames,
  type ClaimsRequest,
  type DisclosableClaim,
  type DisclosedClaims,
  type ToldClaims,
} from '../../../protocol';

/** The name of each claim towards institutions: OpenID Connect's own where it has one (Core 1.0, section 5.1), else ours. */
const openIdNames = {
  age_over_18: 'age_over_18',
  masked_name: 'masked_name',
  masked_number: 'masked_number',
  name: 'name',
  number: 'number',
  sex: 'gender',
  birthdate: 'birthdate',
  ethnicity: 'ethnicity',
  address: 'address',
  document_issuing_authority: 'document_issuing_authority',
  document_expires_on: 'document_expires_on',
} as const satisfies Readonly<Record<DisclosableClaim, keyof ToldClaims>>;

type AskedClaims = NonNullable<ClaimsRequest['id_token']['verified_claims']>['claims'];

/** By what name each claim is asked for and told, in the order in which screens list them. */
export const openIdClaimNames: readonly string[] = claimNames.map((claim) => openIdNames[claim]);

/** The claims that are asked for, in the order in which screens list them. */
export const claimsAsked = (asked: AskedClaims): readonly DisclosableClaim[] =>
  claimNames.filter((claim) => asked[openIdNames[claim]] !== undefined);

/** The same claims under the names by which they are told; an address is OpenID Connect's object (Core 1.0, section 5.1.1). */
export const toldClaims = ({ sex, address, ...others }: DisclosedClaims): ToldClaims => ({
  ...others,
  ...(sex !== undefined && { gender: sex }),
  ...(address !== undefined && { address: { formatted: address } }),
});
