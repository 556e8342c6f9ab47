import { unsupported } from '../../cloud-error';
import type { Holds, Is } from './node';

const NEW_LINE = 10;

/** A line's end is `\n` alone, as PCRE is built by default. */
export const notNewLine: Is = (code) => code !== NEW_LINE;

/** The classes that a letter after a backslash names; PCRE keeps them to ASCII. */
const NAMED: ReadonlyMap<string, Is> = new Map(
  Object.entries<Is>({
    d: isDigit,
    w: isWord,
    s: (code) => code === 32 || (code >= 9 && code <= 13),
    h: (code) => code === 9 || /^[\p{Zs}\u180e]$/u.test(String.fromCodePoint(code)),
  }).flatMap(([letter, is]) => [
    [letter, is],
    [letter.toUpperCase(), (code: number) => !is(code)],
  ]),
);

/** The class of a letter such as the `d` of `\d`. */
export function namedClass(letter: string): Is | undefined {
  return NAMED.get(letter);
}

/** The code points of a Unicode category or script. @throws CloudError where there is none of this name */
export function unicodeClass(name: string): Is {
  if (!/^[A-Za-z_&]+$/.test(name)) throw unsupported('this property of Unicode in a regular expression');
  for (const property of [name, `Script=${name}`]) {
    try {
      const one = new RegExp(`^\\p{${property}}$`, 'u');
      return (code) => one.test(String.fromCodePoint(code));
    } catch {
      continue;
    }
  }
  throw unsupported(`the property ${name.slice(0, 20)} of Unicode in a regular expression`);
}

/** What is the same as a code point where case is left aside. */
export function inAnyCase(is: Is): Is {
  return (code) => is(code) || casesOf(code).some(is);
}

/** The places that `^`, `$`, `\b` and others mean. */
export const places = {
  start: (_codes, at) => at === 0,
  end: (codes, at) => at === codes.length,
  endOrLastLine: (codes, at) => at === codes.length || (at === codes.length - 1 && codes[at] === NEW_LINE),
  // After a new line at the very end no line begins.
  lineStart: (codes, at) => at === 0 || (codes[at - 1] === NEW_LINE && at < codes.length),
  lineEnd: (codes, at) => at === codes.length || codes[at] === NEW_LINE,
  wordEdge: (codes, at) => isWord(codes[at - 1]) !== isWord(codes[at]),
  noWordEdge: (codes, at) => isWord(codes[at - 1]) === isWord(codes[at]),
} as const satisfies Record<string, Holds>;

/** The other spellings of a letter that Unicode folds to one by one; what becomes two letters is left as it is. */
function casesOf(code: number): number[] {
  const text = String.fromCodePoint(code);
  const upper = single(text.toUpperCase(), text);
  return [upper, single(text.toLowerCase(), text), single(upper.toLowerCase(), text)].map(
    (spelling) => spelling.codePointAt(0) ?? code,
  );
}

function single(text: string, otherwise: string): string {
  return [...text].length === 1 ? text : otherwise;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isWord(code: number | undefined): boolean {
  if (code === undefined) return false;
  return isDigit(code) || code === 95 || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}
