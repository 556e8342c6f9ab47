import type { Language } from './guidance';

/** Words of a screen in each language: the same keys in both, each a text. */
export const said = <Words>(words: Readonly<Record<Language, Words>>): Readonly<Record<Language, Words>> => words;
