import type { MatchMark } from '../wire/card';
import { matchColours } from './colours';
import { matchWords } from './words';

/** A match mark as screens show it. */
export interface ShownMatchMark {
  readonly word: { readonly zh: string; readonly en: string };
  /** Name of the colour, and its value in sRGB as `#RRGGBB`. */
  readonly colour: { readonly zh: string; readonly en: string; readonly hex: string };
}

/**
 * The word and the colour of a match mark.
 * @throws RangeError where an index is outside of its list, which the wire schema rules out
 */
export const showMatchMark = (mark: MatchMark): ShownMatchMark => {
  const word = matchWords[mark.word];
  const colour = matchColours[mark.colour];
  if (!word || !colour) throw new RangeError('not a match mark');
  const [zh, en] = word;
  return { word: { zh, en }, colour };
};
