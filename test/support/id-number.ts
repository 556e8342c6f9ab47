/**
 * The check character by ISO 7064, MOD 11-2, as the recurrence of its clause 7 and not by weights: a second way, so that a fault in
 * the product's own table would show.
 */
export const checkCharacterOf = (seventeen: string): string => {
  const product = Array.from(seventeen).reduce((sum, digit) => ((sum + Number(digit)) * 2) % 11, 0);
  const check = (12 - product) % 11;
  return check === 10 ? 'X' : String(check);
};

/** A well-formed identity number. @param order three digits, odd for men */
export const idNumberOf = (region: string, birthDate: string, order: string): string => {
  const seventeen = region + birthDate.replaceAll('-', '') + order;
  return seventeen + checkCharacterOf(seventeen);
};
