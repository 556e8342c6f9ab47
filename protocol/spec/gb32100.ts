/**
 * Unified social credit code of legal persons and other organisations: registering department, kind, six digits of region, nine
 * characters of organisation code (GB 11714-1997, with a check character of its own) and a check character.
 * GB 32100-2015, in force since 1 October 2015, https://openstd.samr.gov.cn/bzgk/gb/newGbInfo?hcno=24691C25985C1073D3A7C85629378AC0
 */
export const gb32100 = {
  length: 18,
  /** Digits and capitals without I, O, S, V and Z; a character's value is its place. */
  characters: '0123456789ABCDEFGHJKLMNPQRTUWXY',
  form: /^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$/,
  /** Weight of each of the first seventeen characters: powers of 3 modulo 31. */
  weights: [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28],
  /** GB 11714-1997: weight of each of the first eight characters of the organisation code. */
  organisationWeights: [3, 7, 9, 10, 5, 8, 4, 2],
  /** GB 11714-1997: the check character for each remainder modulo 11 of the weighted sum. */
  organisationChecks: '0X987654321',
} as const;
