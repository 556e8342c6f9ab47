import { showMatchMark, type MatchMark } from '../protocol';
import type { Language } from './guidance';

/** The word and colour that both screens show. */
export interface ToldMark {
  readonly word: string;
  readonly hex: string;
  /** The colour by its name, for whoever does not see it. */
  readonly told: string;
}

/** A match mark in the reader's language. */
export const tellMark = (mark: MatchMark, language: Language): ToldMark => {
  const { word, colour } = showMatchMark(mark);
  const name = colour[language];
  return { word: word[language], hex: colour.hex, told: language === 'zh' ? `颜色：${name}` : `Colour: ${name}` };
};
