import type { CardId } from '../../../protocol';
import { standingOf, type Stops } from '../card/stops';
import type { Consenting } from './consent';

/** What institutions that may ask after the card were not told of yet. */
export interface Unannounced {
  /** The revision that last changed what they are to hear. */
  readonly since: number;
  /**
   * Whether the card may have come to stand otherwise, if only for a while: of some of it they may have been told by a call that was
   * interrupted.
   */
  readonly isCard: boolean;
  /** Consents that were withdrawn, by their numbers. */
  readonly withdrawn: readonly number[];
}

/** What of an identity institutions hear, and what they were not told of yet. */
interface Heard extends Consenting {
  readonly card: { readonly id: CardId; readonly stops: Stops };
  readonly unannounced: Unannounced | null;
}

const isLiving = (number: number, { consents = [] }: Heard): boolean =>
  consents.some((one) => one.number === number && one.withdrawnAt === null);

/**
 * What institutions are to hear after a change: of the card's standing, a card in its place, or a consent's withdrawal. There is no clock here, so
 * whoever announces looks which consents have ended; and a card in the place of one whose last day is over is valid again, which its stops do
 * not say.
 * @param revision the revision that the change makes
 */
export const unannouncedAfter = (prior: Heard, next: Heard, revision: number): Unannounced | null => {
  const { consents = [] } = next;
  const withdrawn = consents.flatMap(({ number, withdrawnAt }) =>
    withdrawnAt !== null && isLiving(number, prior) ? [number] : [],
  );
  const isSame = standingOf(next.card.stops) === standingOf(prior.card.stops) && next.card.id === prior.card.id;
  const isHeard = consents.some(({ withdrawnAt }) => withdrawnAt === null);
  if (withdrawn.length === 0 && (isSame || !isHeard)) return prior.unannounced;
  const before = prior.unannounced;
  // What has ended since is told nobody, and is not kept here longer than there.
  const waiting = before?.withdrawn.filter((number) => consents.some((one) => one.number === number)) ?? [];
  return { since: revision, isCard: before?.isCard === true || !isSame, withdrawn: [...waiting, ...withdrawn] };
};
