/**
 * Citizen identification number: six digits of region (GB/T 2260), eight of birth date, three of order, of which the last is odd for
 * men, and a check character (ISO 7064, MOD 11-2).
 * GB 11643-1999, in force since 1 July 1999, https://openstd.samr.gov.cn/bzgk/gb/newGbInfo?hcno=080D6FBF2BB468F9007657F26D60013E
 */
export const gb11643 = {
  form: /^[0-9]{17}[0-9X]$/,
  /** Weight of each of the first seventeen digits. */
  weights: [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2],
  /** The check character for each remainder modulo 11 of the weighted sum. */
  checkCharacters: '10X98765432',
  /** The first year of birth that a living or a recorded holder may have. */
  firstYear: 1850,
} as const;
