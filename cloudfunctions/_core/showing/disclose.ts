import {
  maskName,
  maskNumber,
  type CalendarDate,
  type DisclosableClaim,
  type DisclosedClaims,
} from '../../../protocol';
import { isOfAge, type Person } from '../card/identity';

/**
 * The claims of a person, those that are asked for and no others. What the document lacks is left out: an ethnicity that could not be
 * read, the end of a document without one.
 * @param on the day in China by which an age is told
 */
export const disclose = (person: Person, claims: readonly DisclosableClaim[], on: CalendarDate): DisclosedClaims => {
  const all = {
    age_over_18: isOfAge(person, 18, on),
    masked_name: maskName(person.name),
    masked_number: maskNumber(person.number),
    name: person.name,
    number: person.number,
    sex: person.sex,
    birthdate: person.birthDate,
    ethnicity: person.ethnicity,
    address: person.address,
    document_issuing_authority: person.issuingAuthority,
    document_expires_on: person.validTo,
  } satisfies Record<DisclosableClaim, unknown>;
  const told = claims.flatMap((claim) => (all[claim] === null ? [] : [[claim, all[claim]] as const]));
  return Object.fromEntries(told);
};
