import { instant, type EndReason } from '../../protocol';
import type { Identity } from '../../cloudfunctions/_core/card/identity';
import { gravestOf, standingOf, type CardStanding } from '../../cloudfunctions/_core/card/stops';

type Stopping = Pick<Identity['card'], 'stops'>;

/** What a card's stops are when it is stopped for that reason alone. */
export const stoppedFor = (reason: EndReason): Stopping => ({ stops: [{ reason, at: instant(0) }] });

/** A card in each standing, with a reason that is as good as any. */
export const inStanding = {
  valid: { stops: [] },
  suspended: stoppedFor('by_holder'),
  revoked: stoppedFor('obtained_by_fraud'),
} as const satisfies Record<CardStanding, Stopping>;

/** How an identity's card stands; null where there is none. */
export const standing = (identity: Pick<Identity, 'card'> | null | undefined): CardStanding | null =>
  identity ? standingOf(identity.card.stops) : null;

/** What an identity's card is told to be stopped for; null where nothing stops it. */
export const reasonOf = (identity: Pick<Identity, 'card'> | null | undefined): EndReason | null =>
  identity ? (gravestOf(identity.card.stops)?.reason ?? null) : null;
