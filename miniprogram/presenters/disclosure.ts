import { purposeTable, type DisclosableClaim, type DisclosedClaims, type PurposeId } from '../protocol';
import type { Language } from './guidance';

const names: Readonly<Record<DisclosableClaim, Readonly<Record<Language, string>>>> = {
  masked_name: { zh: '姓名（隐去名字）', en: 'Name, masked' },
  masked_number: { zh: '身份证号（隐去中间）', en: 'Identity number, masked' },
  age_over_18: { zh: '是否年满 18 岁', en: 'Whether over 18' },
};

/** What a claim is called. */
const claimName = (claim: DisclosableClaim, language: Language): string => names[claim][language];

/** Everything that a check for the purpose will tell, by name. */
export const toldByPurpose = (purpose: PurposeId, language: Language): string[] => {
  const { claims, look } = purposeTable[purpose];
  const told = claims.map((claim) => claimName(claim, language));
  return look ? [language === 'zh' ? '证件照' : 'Portrait', ...told] : told;
};

/** A disclosed claim as the merchant reads it. */
export interface ToldClaim {
  readonly name: string;
  readonly value: string;
}

/** The claims of an answer, in the order of the purpose's row. */
export const toldClaims = (claims: DisclosedClaims, purpose: PurposeId, language: Language): ToldClaim[] =>
  purposeTable[purpose].claims.flatMap((claim) => {
    const value = claims[claim];
    if (value === undefined) return [];
    const yes = language === 'zh' ? '是' : 'Yes';
    const no = language === 'zh' ? '否' : 'No';
    return [{ name: claimName(claim, language), value: typeof value === 'boolean' ? (value ? yes : no) : value }];
  });
