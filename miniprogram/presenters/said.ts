import type { Language } from './guidance';

/** Words of a screen in each language: the same keys in both, each a text. */
export const said = <Words>(words: Readonly<Record<Language, Words>>): Readonly<Record<Language, Words>> => words;

/** A text that begins a line. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
