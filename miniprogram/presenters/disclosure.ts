import { purposeTable, type DisclosableClaim, type DisclosedClaims, type PurposeId } from '../protocol';
import type { Language } from './guidance';

const names: Readonly<Record<DisclosableClaim, Readonly<Record<Language, string>>>> = {
  masked_name: { zh: '姓名（隐去名字）', en: 'Masked name' },
  masked_number: { zh: '身份证号（隐去中间）', en: 'Masked identity number' },
  age_over_18: { zh: '是否年满 18 岁', en: 'Over 18' },
  name: { zh: '姓名', en: 'Name' },
  number: { zh: '公民身份号码', en: 'Identity number' },
  sex: { zh: '性别', en: 'Sex' },
  birthdate: { zh: '出生日期', en: 'Date of birth' },
  ethnicity: { zh: '民族', en: 'Ethnicity' },
  address: { zh: '住址', en: 'Address' },
  document_issuing_authority: { zh: '签发机关', en: 'Issuing authority' },
  document_expires_on: { zh: '证件有效期至', en: 'Document valid until' },
};

/** What a claim is called. */
export const claimName = (claim: DisclosableClaim, language: Language): string => names[claim][language];

/** Those claims by name, with the portrait first where staff compare it. */
export const toldByName = (claims: readonly DisclosableClaim[], portrait: boolean, language: Language): string[] => {
  const told = claims.map((claim) => claimName(claim, language));
  return portrait ? [language === 'zh' ? '证件照' : 'Portrait', ...told] : told;
};

/** Everything that a check for the purpose can tell at most, by name. */
export const toldByPurpose = (purpose: PurposeId, language: Language): string[] =>
  toldByName(purposeTable[purpose].claims, purposeTable[purpose].look, language);

const sexes = { male: { zh: '男', en: 'Male' }, female: { zh: '女', en: 'Female' } } as const;

const valueOf = (claim: DisclosableClaim, value: string | boolean, language: Language): string => {
  if (value === true) return language === 'zh' ? '是' : 'Yes';
  if (value === false) return language === 'zh' ? '否' : 'No';
  // As it stands on cards and in forms: region, date of birth, the rest.
  if (claim === 'number') return value.replace(/^(.{6})(.{8})(.{4})$/, '$1 $2 $3');
  return claim === 'sex' && (value === 'male' || value === 'female') ? sexes[value][language] : value;
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
    return [{ name: claimName(claim, language), value: valueOf(claim, value, language) }];
  });
