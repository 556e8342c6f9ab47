import { endReasonTable, isGraver, type EndReason, type Instant, type Remedy } from '../../../protocol';

/** One reason why a card is stopped, and since when. */
export interface Stop {
  readonly reason: EndReason;
  readonly at: Instant;
}

/**
 * All that stops a card: each reason once, the gravest last; empty while nothing does. A lighter reason stays beneath a graver one, so
 * that whoever lifts the graver leaves the lighter in force.
 */
export type Stops = readonly Stop[];

/** What holder, issuer and authority make of a card: all but its last day. */
export type CardStanding = 'valid' | 'suspended' | 'revoked';

/** What a card is told to be stopped for; null while nothing stops it. */
export const gravestOf = (stops: Stops): Stop | null => stops.at(-1) ?? null;

/** How a card stands: as its gravest stop has it. */
export const standingOf = (stops: Stops): CardStanding => {
  const gravest = gravestOf(stops);
  return gravest ? endReasonTable[gravest.reason].status : 'valid';
};

/** Whether anything that stops the card has one of those remedies. */
export const isStoppedFor = (stops: Stops, remedies: readonly Remedy[]): boolean =>
  stops.some(({ reason }) => remedies.includes(endReasonTable[reason].remedy));

/** Whether the phone was reported: it may be in other hands than its holder's. */
export const isPhoneReported = (stops: Stops): boolean =>
  stops.some(({ reason }) => reason === 'kill_code' || reason === 'phone_lost');

/** Whether the person may have no other card in place of this one. */
const isForGood = (stops: Stops): boolean => {
  const gravest = gravestOf(stops);
  return gravest !== null && endReasonTable[gravest.reason].remedy === 'nothing';
};

/**
 * The stops with one more; null where it changes nothing: it is there already, or lighter than what nothing makes up for. A card that is
 * revoked, but whose person may have another, takes lighter ones too: they keep the next card back.
 */
export const withStop = (stops: Stops, stop: Stop): Stops | null => {
  if (stops.some(({ reason }) => reason === stop.reason)) return null;
  if (isForGood(stops) && !isGraver(stop.reason, gravestOf(stops)?.reason ?? null)) return null;
  return [...stops, stop].sort((one, other) => (isGraver(one.reason, other.reason) ? 1 : -1));
};

/** The stops without those that such a remedy lifts. */
export const without = (stops: Stops, remedy: Remedy): Stops =>
  stops.filter(({ reason }) => endReasonTable[reason].remedy !== remedy);
