/** Widths of bars and gaps of Code 128 (ISO/IEC 15417, table 1), by value: in set C a value is a pair of digits. */
const PATTERNS =
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 ' +
  '123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 ' +
  '232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 ' +
  '313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 ' +
  '111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 ' +
  '111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 ' +
  '114311 411113 411311 113141 114131 311141 411131 211412 211214 211232';
const patterns = PATTERNS.split(' ');

/** Begins set C. */
const START_C = 105;
const STOP = '2331112';
const CHECK_MODULUS = 103;
/** Modules of quiet zone on either side (ISO/IEC 15417, section 4.2.2: at least 10). */
const QUIET = 10;

const modulesOf = (widths: string): boolean[] =>
  [...widths].flatMap((width, at) => Array.from({ length: Number(width) }, () => at % 2 === 0));

/**
 * A number as a bar code, for scanners that read no other: Code 128 in set C, from left to right, true where it is dark; the quiet
 * zone is part of it.
 * @param digits an even count of them
 * @throws RangeError where it is anything else
 */
export const barCode = (digits: string): boolean[] => {
  if (!/^(?:\d\d)+$/.test(digits)) throw new RangeError('not pairs of digits');
  const pairs = (digits.match(/../g) ?? []).map(Number);
  const check = pairs.reduce((sum, pair, at) => sum + pair * (at + 1), START_C) % CHECK_MODULUS;
  const quiet = Array.from({ length: QUIET }, () => false);
  const drawn = [START_C, ...pairs, check].map((value) => modulesOf(patterns[value] ?? ''));
  return [...quiet, ...drawn.flat(), ...modulesOf(STOP), ...quiet];
};

/** A number in groups that a person can read out. */
export const grouped = (digits: string): string => (digits.match(/.{1,4}/g) ?? []).join(' ');
