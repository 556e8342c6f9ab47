import { BINDING_MESSAGE_MAX } from '../../../protocol';
import type { RandomBytes } from '../ambient-ports';
import { drawNumber } from '../read-out-number';

/**
 * Words of Chinese and Latin letters, digits and signs, with single blanks between them: no control characters, no letters that look like
 * others, nothing that turns the direction of writing.
 */
const READABLE =
  /^(?:(?=[\p{L}\p{M}\p{N}\p{P}\p{S}])[\p{scx=Han}\p{scx=Latin}\p{scx=Common}\p{scx=Inherited}]| (?!$| ))+$/u;

/**
 * What has no width or no ink (Unicode Standard Annex 44, Default_Ignorable_Code_Point), a mark without a letter, and marks piled up until the
 * letter cannot be read.
 */
const UNSEEN = /\p{Default_Ignorable_Code_Point}|[\ufffc\u{1d159}]|(?:^| )\p{M}|\p{M}{3}/u;

/** A sign whose wide or joined form is ordinary in Chinese text: `，` is not a comma to anybody. */
const SIGN = /[\p{P}\p{Sm}\p{Sc}]/u;

/** Whether a text has one form for what it looks like (Unicode Standard Annex 15): no decomposed letters, no wide or ringed digits. */
const hasOneForm = (text: string): boolean =>
  text === text.normalize('NFC') &&
  Array.from(text).every((character) => SIGN.test(character) || character === character.normalize('NFKC'));

/**
 * Whether both sides can show a message so that it is compared as it looks: visible words of at most `BINDING_MESSAGE_MAX` characters, of which no
 * others look the same.
 */
export const isBindingMessage = (text: string): boolean =>
  Array.from(text).length <= BINDING_MESSAGE_MAX &&
  READABLE.test(text) &&
  !text.startsWith(' ') &&
  !UNSEEN.test(text) &&
  hasOneForm(text);

/** A message of six digits in two groups: two asks at once have the same with a chance of one in a million. */
export const drawBindingMessage = (randomBytes: RandomBytes): string => {
  const digits = drawNumber(randomBytes(8), 6);
  return `${digits.slice(0, 3)} ${digits.slice(3)}`;
};
