import type { CardId, Tier } from '../../../protocol';
import { standingOf, type Stops } from '../card/stops';
import type { Consenting } from './consent';

/** What institutions that may ask after the card were not told of yet. */
export interface Unannounced {
  /** The revision that last changed what they are to hear. */
  readonly since: number;
}

/** What of an identity institutions hear, and what they were not told of yet. */
interface Heard extends Consenting {
  readonly card: { readonly id: CardId; readonly tier: Tier; readonly stops: Stops };
  readonly unannounced: Unannounced | null;
}

const isLiving = (number: number, { consents = [] }: Heard): boolean =>
  consents.some((one) => one.number === number && one.withdrawnAt === null);

/**
 * Whether institutions are to hear of a change: of the card's standing, its tier, a card in its place, or a consent's withdrawal. There is no
 * clock here, so whoever announces looks which consents have ended, and whether the card is what was told last.
 * @param revision the revision that the change makes
 */
export const unannouncedAfter = (prior: Heard, next: Heard, revision: number): Unannounced | null => {
  const { consents = [] } = next;
  const isWithdrawn = consents.some(({ number, withdrawnAt }) => withdrawnAt !== null && isLiving(number, prior));
  const isSame =
    standingOf(next.card.stops) === standingOf(prior.card.stops) &&
    next.card.tier === prior.card.tier &&
    next.card.id === prior.card.id;
  const isHeard = consents.some(({ withdrawnAt }) => withdrawnAt === null);
  return isWithdrawn || (!isSame && isHeard) ? { since: revision } : prior.unannounced;
};
