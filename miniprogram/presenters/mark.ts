import { showMatchMark, type MatchMark } from '../protocol';
import type { Language } from './guidance';

/** The word and colour that both screens show. */
export interface ToldMark {
  readonly word: string;
  readonly colour: string;
  readonly hex: string;
}

/** A match mark in the reader's language. */
export const tellMark = (mark: MatchMark, language: Language): ToldMark => {
  const { word, colour } = showMatchMark(mark);
  return { word: word[language], colour: colour[language], hex: colour.hex };
};
