import type { Brand } from '../ids';
import { purposeTable, type PurposeId } from '../purposes/purpose-table';

/**
 * A number that stands for a showing, for scanners that read bar codes alone: 18 digits, the first two fixed and the others random,
 * 53 bits. It is nothing but a rate-limited look-up, so it serves light tasks only.
 */
export type Alias = Brand<string, 'Alias'>;

/** What an alias begins with; payment codes of the super-app begin with 10 to 15. */
const PREFIX = '29';
const RANDOM_DIGITS = 16;
const FORM = /^29\d{16}$/;

/** How long an alias is taken, in seconds: as long as a payment code. */
export const ALIAS_LIFE_S = 60;

/** Whether a scanned text has the form of an alias. */
export const isAlias = (text: string): text is Alias => FORM.test(text);

/**
 * Makes an alias of random bytes, each digit alike likely: bytes above 249 are left out, since 256 is no multiple of ten.
 * @param randomBytes gives so many fresh random bytes
 */
export const createAlias = (randomBytes: (length: number) => Uint8Array): Alias => {
  let digits = '';
  while (digits.length < RANDOM_DIGITS) {
    for (const byte of randomBytes(RANDOM_DIGITS)) if (byte < 250) digits += String(byte % 10);
  }
  const text = PREFIX + digits.slice(0, RANDOM_DIGITS);
  if (!isAlias(text)) throw new RangeError('not an alias');
  return text;
};

/** Whether a purpose can be served by an alias: a light task that asks for nothing at the moment of showing. */
export const allowsAlias = (purpose: PurposeId): boolean => {
  const { tier, modes, stepUp } = purposeTable[purpose];
  return tier === 'light' && modes.includes('shown') && stepUp.length === 0;
};
