import type { ApplicationRefusal, ContactRole, PartnerCategory, PartnerSuspension, StaffRole } from '../protocol';
import type { Language } from './guidance';

type Said = Readonly<Record<Language, string>>;

const roles: Readonly<Record<StaffRole, Said>> = {
  owner: { zh: '负责人', en: 'Owner' },
  manager: { zh: '店长', en: 'Manager' },
  clerk: { zh: '店员', en: 'Clerk' },
};

const rights: Readonly<Record<StaffRole, Said>> = {
  owner: { zh: '可以查验，也可以管理商户的一切', en: 'Checks cards, and manages everything of the business' },
  manager: { zh: '可以查验，也可以管理店铺和店员', en: 'Checks cards, and manages shops and clerks' },
  clerk: { zh: '只能查验，只看自己的查验记录', en: 'Checks cards, and sees their own checks' },
};

const categories: Readonly<Record<PartnerCategory, Said>> = {
  parcel: { zh: '快递', en: 'Parcels' },
  'internet-cafe': { zh: '网吧', en: 'Internet café' },
  hotel: { zh: '酒店', en: 'Hotel' },
  transport: { zh: '交通', en: 'Transport' },
  education: { zh: '教育', en: 'Education' },
  finance: { zh: '金融', en: 'Finance' },
  government: { zh: '政务', en: 'Government' },
  retail: { zh: '零售', en: 'Retail' },
  other: { zh: '其他', en: 'Other' },
};

const contacts: Readonly<Record<ContactRole, Said>> = {
  'legal-representative': { zh: '法定代表人', en: 'Legal representative' },
  manager: { zh: '经营负责人', en: 'Manager' },
  compliance: { zh: '合规负责人', en: 'Compliance officer' },
};

const refusals: Readonly<Record<ApplicationRefusal, Said>> = {
  details_incomplete: {
    zh: '资料不完整，请补充后重新提交。',
    en: 'Something is missing. Complete it and send it again.',
  },
  code_unverified: {
    zh: '统一社会信用代码与登记不符，请照营业执照核对。',
    en: 'The social credit code does not match the register. Compare it with the licence.',
  },
  purpose_not_justified: {
    zh: '没有说清为什么需要这些用途，请写明理由。',
    en: 'It does not say clearly why these purposes are needed. Give the reason.',
  },
  claims_too_wide: {
    zh: '要求的信息超出办事所需，请减少。',
    en: 'It asks for more than the task needs. Ask for less.',
  },
  other_business: {
    zh: '这项用途与登记的经营范围不符。',
    en: 'The purpose does not belong to the registered business.',
  },
};

const suspensions: Readonly<Record<PartnerSuspension, Said>> = {
  unusual_rate: { zh: '查验次数异常', en: 'an unusual number of checks' },
  misuse: { zh: '违规使用查验', en: 'misuse of checks' },
  complaints: { zh: '有投诉需要核实', en: 'complaints that are being looked into' },
  licence_ended: { zh: '营业执照已失效', en: 'the licence has ended' },
  court_order: { zh: '依法院决定', en: 'an order of a court' },
};

export const staffRoleName = (role: StaffRole, language: Language): string => roles[role][language];
/** What somebody in the role may do. */
export const roleRights = (role: StaffRole, language: Language): string => rights[role][language];
export const categoryName = (category: PartnerCategory, language: Language): string => categories[category][language];
/** What the one who applies is to the business. */
export const contactName = (contact: ContactRole, language: Language): string => contacts[contact][language];
/** Why an application was refused, and what to do. */
export const applicationRefusal = (reason: ApplicationRefusal, language: Language): string =>
  refusals[reason][language];
/** Why the checks are stopped. */
export const suspensionReason = (reason: PartnerSuspension, language: Language): string =>
  suspensions[reason][language];
