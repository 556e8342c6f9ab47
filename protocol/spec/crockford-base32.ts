/** Base32 for what people copy by hand. Douglas Crockford, 2002, https://www.crockford.com/base32.html */
export const crockfordBase32 = {
  /** The digits by their value; I, L, O and U are left out. */
  alphabet: '0123456789ABCDEFGHJKMNPQRSTVWXYZ',
  /** What is read for a digit that it looks like. */
  lookAlikes: { I: '1', L: '1', O: '0' },
} as const;
