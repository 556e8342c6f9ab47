import { viewfinderWords } from '../../../miniprogram/components/viewfinder/words';
import { historyWords } from '../../../miniprogram/packages/card/history/words';
import { requestWords } from '../../../miniprogram/packages/card/request/words';
import { securityWords } from '../../../miniprogram/packages/card/security/words';
import { showWords } from '../../../miniprogram/packages/card/show/words';
import { captureWords } from '../../../miniprogram/packages/enrolment/capture/words';
import { consentWords } from '../../../miniprogram/packages/enrolment/consent/words';
import { reviewWords } from '../../../miniprogram/packages/enrolment/review/words';
import { selfieWords } from '../../../miniprogram/packages/enrolment/selfie/words';
import { counterWords } from '../../../miniprogram/packages/verifier/counter/words';
import { resultWords } from '../../../miniprogram/packages/verifier/result/words';
import { scanWords } from '../../../miniprogram/packages/verifier/scan/words';
import { cardWords, welcomeWords } from '../../../miniprogram/pages/home/words';

/** The words of a screen in one language: texts, groups and lists of them, and what makes a text of a number. */
export type Words = string | ((count: number) => string) | readonly Words[] | { readonly [key: string]: Words };

/** A table of words, and under which name its screen's template and script know it. */
export interface WordTable {
  readonly folder: string;
  readonly name: string;
  readonly alias: string;
  readonly words: Readonly<Record<'zh' | 'en', Words>>;
}

/** A group's words, typed as an interface has them. */
const plain = (words: Readonly<Record<'zh' | 'en', object>>): WordTable['words'] => words as WordTable['words'];

export const wordTables: readonly WordTable[] = [
  { folder: 'components/viewfinder', name: 'viewfinderWords', alias: 'words', words: viewfinderWords },
  { folder: 'packages/card/history', name: 'historyWords', alias: 'words', words: historyWords },
  { folder: 'packages/card/request', name: 'requestWords', alias: 'words', words: requestWords },
  { folder: 'packages/card/security', name: 'securityWords', alias: 'words', words: securityWords },
  { folder: 'packages/card/show', name: 'showWords', alias: 'words', words: showWords },
  { folder: 'packages/enrolment/capture', name: 'captureWords', alias: 'words', words: captureWords },
  { folder: 'packages/enrolment/consent', name: 'consentWords', alias: 'words', words: plain(consentWords) },
  { folder: 'packages/enrolment/review', name: 'reviewWords', alias: 'words', words: reviewWords },
  { folder: 'packages/enrolment/selfie', name: 'selfieWords', alias: 'words', words: selfieWords },
  { folder: 'packages/verifier/counter', name: 'counterWords', alias: 'words', words: counterWords },
  { folder: 'packages/verifier/result', name: 'resultWords', alias: 'words', words: plain(resultWords) },
  { folder: 'packages/verifier/scan', name: 'scanWords', alias: 'words', words: scanWords },
  { folder: 'pages/home', name: 'welcomeWords', alias: 'words', words: plain(welcomeWords) },
  { folder: 'pages/home', name: 'cardWords', alias: 'onCard', words: cardWords },
];

/** Keys whose values are names of icons and tones, not words. */
const signs = ['icon', 'tone'];

/** Each text with the path to it; a text with a number is made with two. */
export const textsOf = (words: Words, path = ''): (readonly [path: string, text: string])[] => {
  if (typeof words === 'string') return [[path, words]];
  if (typeof words === 'function') return [[path, words(2)]];
  return Object.entries(words)
    .filter(([key]) => !signs.includes(key))
    .flatMap(([key, value]: [string, Words]) => textsOf(value, `${path}/${key}`));
};

/** The names of icons that the words carry. */
export const iconsOf = (words: Words): string[] => {
  if (typeof words === 'string' || typeof words === 'function') return [];
  return Object.entries(words).flatMap(([key, value]: [string, Words]) =>
    key === 'icon' && typeof value === 'string' ? [value] : iconsOf(value),
  );
};
