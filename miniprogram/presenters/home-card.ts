import type { Card } from '../protocol';
import { cardFace, type CardFace } from './card-face';
import { tellLimit, tellPlace, tellRenewal, type Place, type ToldNews } from './card-news';
import { tellEnd, type ToldEnd } from './end-reason';
import type { Language } from './guidance';
import { counterTasks, shownTasks, type ListedTask } from './tasks';

/** What the first screen shows of a card. */
export interface HomeCard {
  readonly face: CardFace;
  readonly end: ToldEnd;
  /** Why this phone cannot show it; null where it can, or where no phone can and none helps. */
  readonly away: ToldNews | null;
  /** It was here before. */
  readonly hasMoved: boolean;
  readonly limit: ToldNews | null;
  readonly renewal: ToldNews | null;
  readonly shown: readonly ListedTask[];
  readonly tasks: readonly ListedTask[];
  readonly canSuspend: boolean;
}

/** @param now milliseconds since 1970, for how many days are left */
export const homeCard = (
  { card, place }: { readonly card: Card; readonly place: Place },
  now: number,
  language: Language,
): HomeCard => {
  const end = tellEnd(card, language);
  const isHere = place.at === 'here';
  // Where nothing but a counter helps, enrolling here would be refused.
  const canEnrol = card.status === 'valid' || end.canResume || end.canRenew;
  return {
    face: cardFace(card, language, isHere),
    end,
    away: canEnrol ? tellPlace(place, now, language) : null,
    hasMoved: place.at === 'moved',
    limit: isHere ? tellLimit(card, language) : null,
    renewal: isHere ? tellRenewal(card, now, language) : null,
    shown: shownTasks(card, language),
    tasks: counterTasks(card, language),
    canSuspend: card.status === 'valid',
  };
};
