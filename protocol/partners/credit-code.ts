import { gb32100 } from '../spec/gb32100';

const valueAt = (code: string, at: number): number => gb32100.characters.indexOf(code.charAt(at));

const weighted = (code: string, from: number, weights: readonly number[]): number =>
  weights.reduce((sum, weight, at) => sum + weight * valueAt(code, from + at), 0);

/** Characters of the organisation code, whose letters count in the order of the alphabet without gaps (GB 11714-1997, A = 10). */
const organisationValueAt = (code: string, at: number): number => {
  const letter = code.charCodeAt(at);
  return letter <= 57 ? letter - 48 : letter - 55;
};

const organisationSum = (code: string): number =>
  gb32100.organisationWeights.reduce((sum, weight, at) => sum + weight * organisationValueAt(code, 8 + at), 0);

/** Why a text is no unified social credit code; a check character that does not hold tells that some character was mistaken. */
export type CreditCodeFault = 'length' | 'characters' | 'region' | 'check';

/** What is wrong with a unified social credit code, the coarsest first; null where its two check characters hold (GB 32100-2015). */
export const faultOfCreditCode = (text: string): CreditCodeFault | null => {
  if (text.length !== gb32100.length) return 'length';
  if (Array.from(text).some((character) => !gb32100.characters.includes(character))) return 'characters';
  if (!gb32100.form.test(text)) return 'region';
  const isChecked =
    gb32100.organisationChecks.charAt(organisationSum(text) % 11) === text.charAt(16) &&
    (31 - (weighted(text, 0, gb32100.weights) % 31)) % 31 === valueAt(text, 17);
  return isChecked ? null : 'check';
};

/** Whether the text is a unified social credit code whose two check characters hold. */
export const isCreditCode = (text: string): boolean => faultOfCreditCode(text) === null;
