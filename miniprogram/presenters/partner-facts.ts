import type { PartnerDetails } from '../protocol';
import type { Fact } from './facts';
import type { Language } from './guidance';
import { categoryName, contactName } from './partner-names';

const names = {
  zh: {
    name: '名称',
    other: '英文名称',
    code: '统一社会信用代码',
    category: '类别',
    address: '地址',
    contact: '申请人',
  },
  en: {
    other: 'Chinese name',
    code: 'Social credit code',
    category: 'Kind',
    address: 'Address',
    contact: 'Applicant',
  },
} as const;

/** What a business says of itself, beside its name. */
export const partnerFacts = (details: PartnerDetails, language: Language): Fact[] => {
  const said = names[language];
  return [
    { name: said.other, value: details.names[language === 'zh' ? 'en' : 'zh'] },
    { name: said.code, value: details.creditCode, isCode: true },
    { name: said.category, value: categoryName(details.category, language) },
    { name: said.address, value: details.address },
    { name: said.contact, value: contactName(details.contactRole, language) },
  ];
};
