import { BINDING_MESSAGE_MAX } from '../../../protocol';
import type { RandomBytes } from '../ambient-ports';
import { drawNumber } from '../read-out-number';

/**
 * Letters, digits, signs and blanks: no control characters, nothing that turns the direction of writing or has no width, so that the words
 * on two screens are compared as they look.
 */
const READABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u;

/** Whether both sides can show a message as it is: visible words of at most `BINDING_MESSAGE_MAX` characters. */
export const isBindingMessage = (text: string): boolean =>
  READABLE.test(text) && text.trim() !== '' && Array.from(text).length <= BINDING_MESSAGE_MAX;

/** A message of six digits in two groups: two asks at once have the same with a chance of one in a million. */
export const drawBindingMessage = (randomBytes: RandomBytes): string => {
  const digits = drawNumber(randomBytes(8), 6);
  return `${digits.slice(0, 3)} ${digits.slice(3)}`;
};
