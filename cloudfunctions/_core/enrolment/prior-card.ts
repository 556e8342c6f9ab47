import type { ErrorCode, IdentityKey, Instant } from '../../../protocol';
import type { Identity, Person } from '../card/identity';
import type { LoadIdentity, LoadIdentityOfAccount } from '../card/identity-ports';
import { isStoppedFor, type Stops } from '../card/stops';
import type { ProofedCase } from './case';

/**
 * Why a face proofed anew does not make up for what stopped the card before; null where it does. What was proved before the card was
 * stopped is not anew: whoever has the phone since may have found that enrolment on it.
 */
const unremedied = (
  { card, person }: Identity,
  { createdAt, guardian }: ProofedCase,
  { validFrom }: Person,
): ErrorCode | null => {
  if (isStoppedFor(card.stops, ['operator', 'nothing'])) return 'card_not_active';
  const isOlder = validFrom <= person.validFrom;
  if (isOlder && isStoppedFor(card.stops, ['new_document'])) return 'document_not_current';
  const since = (at: Instant): Stops => card.stops.filter((one) => one.at > at);
  if (isStoppedFor(since(createdAt), ['face'])) return 'wrong_step';
  return isStoppedFor(since(guardian?.at ?? createdAt), ['guardian']) ? 'guardian_needed' : null;
};

/** Why a case cannot put its card in place of the one that the person has; null where it can, or has been there already. */
export const refusalBy = (present: Identity, found: ProofedCase, person: Person): ErrorCode | null => {
  if (present.account !== found.account) return 'identity_has_card';
  return present.caseId === found.id ? null : unremedied(present, found, person);
};

/**
 * Why a case will not be minted from, as far as can be told before it is: a call that is refused must cost nothing that is not given
 * back, such as a place in a status list. Null where nothing is in the way; the minting itself decides.
 */
export const foreseenRefusal = async (
  ports: { readonly loadIdentity: LoadIdentity; readonly loadIdentityOfAccount: LoadIdentityOfAccount },
  found: ProofedCase,
  { key, person }: { readonly key: IdentityKey; readonly person: Person },
): Promise<ErrorCode | null> => {
  // Another call of this very case may bind between the two reads: the second then finds the person whom the first did not.
  const present = (await ports.loadIdentity(key)) ?? (await ports.loadIdentityOfAccount(found.account));
  if (!present) return null;
  return present.key === key ? refusalBy(present, found, person) : 'account_has_card';
};
