import { isCreditCode } from '../../protocol';
import { gb32100 } from '../../protocol/spec/gb32100';

/** A fictional code that holds: of all ends of those sixteen characters there is one. */
export const creditCodeOf = (start: string): string => {
  const characters = Array.from(gb32100.characters);
  const found = characters
    .flatMap((organisation) => characters.map((check) => start + organisation + check))
    .find(isCreditCode);
  if (found === undefined) throw new Error(`no code begins with ${start}`);
  return found;
};
