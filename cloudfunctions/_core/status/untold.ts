import { standingOf, type Stops } from '../card/stops';
import type { CredentialRecord } from './credential-record';
import type { StatusPlace } from './status-list';

/** What the status lists do not tell yet of an identity. */
export interface Untold {
  /** The revision that last changed what they are to tell. */
  readonly since: number;
  /** Places of credentials before the present one, to be revoked. */
  readonly retired: readonly StatusPlace[];
}

/** What of an identity the lists tell, and what they do not tell yet. */
export interface Told {
  readonly card: {
    readonly stops: Stops;
    readonly credential: CredentialRecord;
  };
  readonly untold: Untold | null;
}

/**
 * What the lists do not tell after a change. Every change of an identity goes through here, so that none of its status, and no new
 * credential, can be made without being published.
 * @param revision the revision that the change makes
 */
export const untoldAfter = (prior: Told, next: Told, revision: number): Untold | null => {
  const { list, index } = prior.card.credential;
  const isMoved = next.card.credential.list !== list || next.card.credential.index !== index;
  const isSame = standingOf(next.card.stops) === standingOf(prior.card.stops);
  if (!isMoved && isSame) return prior.untold;
  return { since: revision, retired: [...(prior.untold?.retired ?? []), ...(isMoved ? [{ list, index }] : [])] };
};
