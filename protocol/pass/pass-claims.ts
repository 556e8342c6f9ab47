import { concatBytes } from '../bytes/bytes';
import { utf8Encode } from '../bytes/utf8';
import { cborEncode } from '../cbor/cbor-encode';
import { isArray, isBytes, type CborValue } from '../cbor/cbor-value';
import type { Sha256 } from '../crypto';
import type { DisclosableClaim } from '../purposes/claims';
import { DIGEST_LENGTH, SALT_LENGTH } from '../spec/pass';
import type { PassFacts } from '../wire/pass';

/** The claims of a pass, in the order in which it commits to them. */
export const passClaims = [
  'masked_name',
  'masked_number',
  'age_over_18',
] as const satisfies readonly DisclosableClaim[];

/** What opens one claim: a salt of its own, and the claim as the pass spells it. */
export interface Opening {
  readonly salt: Uint8Array;
  readonly value: CborValue;
}

/** One opening for each of `passClaims`. */
export type Openings = readonly [Opening, Opening, Opening];

const NUMBER_STARS = '*'.repeat(16);
const MAX_NAME = 40;

/**
 * The claims as a pass spells them, in the fewest bytes: of the masked number its two visible characters, of an answer 1 or 0.
 * @throws RangeError where a claim is no masked one
 */
export const spellClaims = (facts: PassFacts): readonly [string, string, number] => {
  const number = facts.masked_number.split(NUMBER_STARS).join('');
  const spelled = [facts.masked_name, number, facts.age_over_18 ? 1 : 0] as const;
  if (readName(spelled[0]) === null || readNumber(number) !== facts.masked_number) throw new RangeError('not masked');
  return spelled;
};

const readName = (value: CborValue): string | null =>
  typeof value === 'string' && value !== '' && Array.from(value).length <= MAX_NAME ? value : null;

const readNumber = (value: CborValue): string | null =>
  typeof value === 'string' && /^\d[\dX]$/.test(value) ? value.charAt(0) + NUMBER_STARS + value.charAt(1) : null;

/** What the opened claims say, one for each of `passClaims`. @returns null where one of them is no such claim */
export const readClaims = (openings: readonly (Opening | null)[]): Partial<PassFacts> | null => {
  const [name, number, age] = openings;
  const claims: Partial<PassFacts> = {};
  if (name) {
    const read = readName(name.value);
    if (read === null) return null;
    claims.masked_name = read;
  }
  if (number) {
    const read = readNumber(number.value);
    if (read === null) return null;
    claims.masked_number = read;
  }
  if (age) {
    if (age.value !== 0 && age.value !== 1) return null;
    claims.age_over_18 = age.value === 1;
  }
  return claims;
};

const DOMAIN = utf8Encode('wechat-id/pass-claim');

/** The digest that stands for a claim. @param position its place among `passClaims` */
export const digestOfClaim = ({ salt, value }: Opening, position: number, sha256: Sha256): Uint8Array =>
  // A copy: the bytes of some hosts' hashes are views with methods of their own.
  new Uint8Array(sha256(cborEncode([DOMAIN, position, salt, value])).subarray(0, DIGEST_LENGTH));

/**
 * What the issuer signs in place of the digests: their hash. Whoever shows the pass sends of each claim either what opens it or its
 * digest, so that a claim that is told costs no digest, and none can be added or left out.
 */
export const commitmentTo = (digests: readonly Uint8Array[], sha256: Sha256): Uint8Array =>
  new Uint8Array(sha256(concatBytes(...digests)).subarray(0, DIGEST_LENGTH));

/** Reads what a showing tells of one claim: its digest, or its opening. */
export const readTold = (told: CborValue | undefined): Uint8Array | Opening | null => {
  if (isBytes(told)) return told.length === DIGEST_LENGTH ? told : null;
  if (!isArray(told) || told.length !== 2) return null;
  const [salt, value] = told;
  return isBytes(salt) && salt.length === SALT_LENGTH && value !== undefined ? { salt, value } : null;
};
