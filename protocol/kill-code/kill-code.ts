import type { Brand } from '../ids';
import { crockfordBase32 } from '../spec/crockford-base32';

/** What stops a card without a phone and without a login: 19 random characters and one that checks them, in upper case, unspaced. */
export type KillCode = Brand<string, 'KillCode'>;

/** Where a code is typed in, below the issuer's address. */
export const KILL_PATH = '/public/kill';

/** How many days a code goes on working once a new one has replaced it, so that no thief of a phone takes the one on paper away. */
export const KILL_CODE_GRACE_DAYS = 7;

/** Random bytes that a code is made of: 95 of their bits, five a character. */
export const KILL_CODE_BYTES = 12;

const { alphabet, lookAlikes } = crockfordBase32;
const RANDOM_CHARACTERS = 19;
const LENGTH = RANDOM_CHARACTERS + 1;
const GROUP = 4;

/** Times x in the field of 32 elements, modulo x^5 + x^2 + 1. */
const timesX = (element: number): number => (element << 1) ^ (element & 16 ? 0b100101 : 0);

/**
 * The sum of the digits, each times another power of x: a wrong digit changes it, and so do two digits that changed places, as long as
 * there are fewer than 32 of them. The check digit brings it to zero.
 */
const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => timesX(sum) ^ value, 0);

/**
 * Makes a code of random bytes.
 * @throws RangeError where there are not `KILL_CODE_BYTES` of them
 */
export const createKillCode = (random: Uint8Array): KillCode => {
  if (random.length !== KILL_CODE_BYTES) throw new RangeError('a kill code is made of 12 bytes');
  const values: number[] = [];
  let pending = 0;
  let bits = 0;
  for (const byte of random) {
    pending = ((pending << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5 && values.length < RANDOM_CHARACTERS) {
      bits -= 5;
      values.push((pending >> bits) & 31);
    }
  }
  values.push(timesX(sumOf(values)));
  return values.map((value) => alphabet.charAt(value)).join('') as KillCode; // eslint-disable-line @typescript-eslint/consistent-type-assertions -- one of the two makers of the brand
};

/** A code in groups of four, as it is written down. */
export const showKillCode = (code: KillCode): string =>
  Array.from({ length: LENGTH / GROUP }, (_, at) => code.slice(at * GROUP, (at + 1) * GROUP)).join('-');

const digitOf = (character: string): string =>
  character in lookAlikes ? lookAlikes[character as keyof typeof lookAlikes] : character; // eslint-disable-line @typescript-eslint/consistent-type-assertions -- it was just found among the keys

/**
 * Reads a code as somebody typed it: in either case, with spaces or dashes anywhere, O for 0, and I or L for 1.
 * @returns null where it is none, which a single wrong character or two that changed places always make of it
 */
export const parseKillCode = (typed: string): KillCode | null => {
  const plain = typed.toUpperCase().replace(/[\s\-_\u2010-\u2015\uFF0D]/g, '');
  const digits = Array.from(plain, digitOf);
  const values = digits.map((digit) => alphabet.indexOf(digit));
  if (values.length !== LENGTH || values.includes(-1) || digits.includes('')) return null;
  return sumOf(values) === 0 ? (digits.join('') as KillCode) : null; // eslint-disable-line @typescript-eslint/consistent-type-assertions -- one of the two makers of the brand
};
