import type { Instant } from '../ids';
import { statusType } from '../spec/status-list';
import { verifyStatusListToken, type StatusListExpectation, type StatusListFault } from './status-list-token';
import type { StatusReference } from './status-reference';

/** A status list token as it was fetched, and when, by the clock of whoever asks. */
export interface FetchedStatusList {
  readonly token: string;
  readonly fetchedAt: Instant;
}

export type StatusFault =
  | StatusListFault
  /** The list could not be had. */
  | 'unfetchable'
  /** The copy is older than the list lets it grow. */
  | 'stale'
  /** The list has no such entry. */
  | 'out_of_range'
  /** The entry says what has no meaning here. */
  | 'unknown_status';

/** What a published list says of a credential: its status and since when that is known, or why it cannot be told. */
export type PublishedStatus =
  | { readonly status: 'valid' | 'suspended' | 'revoked'; readonly asOf: Instant }
  | { readonly status: 'undetermined'; readonly reason: StatusFault };

const meaning = new Map<number, 'valid' | 'suspended' | 'revoked'>([
  [statusType.valid, 'valid'],
  [statusType.invalid, 'revoked'],
  [statusType.suspended, 'suspended'],
]);

/**
 * The status of a credential by its issuer's list. Whatever is in doubt is `undetermined`, and never `valid`. Never throws.
 * @param fetched null where the list could not be had
 * @param expected.keys the keys of the issuer whose key verified the credential, and of nobody else
 */
export const statusOf = (
  { uri, index }: StatusReference,
  fetched: FetchedStatusList | null,
  expected: Omit<StatusListExpectation, 'expectedUri'>,
): PublishedStatus => {
  const undetermined = (reason: StatusFault): PublishedStatus => ({ status: 'undetermined', reason });
  if (!fetched) return undetermined('unfetchable');
  const verified = verifyStatusListToken(fetched.token, { ...expected, expectedUri: uri });
  if (!verified.ok) return undetermined(verified.fault);
  const { list } = verified;
  // A copy from the future is a wrong clock's: how old it is, nobody knows.
  const age = expected.now - fetched.fetchedAt;
  if (age < 0 || age >= list.ttlMs) return undetermined('stale');
  const value = list.valueAt(index);
  if (value === null) return undetermined('out_of_range');
  const status = meaning.get(value);
  return status === undefined ? undetermined('unknown_status') : { status, asOf: list.issuedAt };
};
