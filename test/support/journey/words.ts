import { en } from './words-en';
import { zh } from './words-zh';

/** Languages of the screens. */
export type Language = 'zh' | 'en';

/** What is written on what a user taps, as a user reads it: the screens' own words are not imported, so a change of them is seen. */
const words = { zh, en } as const;

export type JourneyWords = (typeof words)[Language];

export const wordsOf = (language: Language): JourneyWords => words[language];
