import type {
  ApplicationRefusal,
  CounterReason,
  DeletionReason,
  EndReason,
  GuardianshipReason,
  InstitutionReason,
  PartnerSuspension,
  ResumptionReason,
  ReviewReason,
} from '../protocol';
import type { Language } from './guidance';

/** Why an operator does something: every reason that an act, a refusal or a stop can have. */
export type OperatorReason =
  | ApplicationRefusal
  | CounterReason
  | DeletionReason
  | EndReason
  | GuardianshipReason
  | InstitutionReason
  | PartnerSuspension
  | ResumptionReason
  | ReviewReason;

const words = {
  faces_differ: { zh: '人脸不一致', en: 'The faces differ' },
  not_live: { zh: '不是本人实拍', en: 'Not taken live' },
  fields_disagree: { zh: '证件内容互相矛盾', en: 'Fields contradict each other' },
  number_check_failed: { zh: '号码校验不通过', en: 'The number fails its check' },
  picture_damaged: { zh: '照片损坏或看不清', en: 'A picture is damaged or unclear' },
  document_expired: { zh: '证件已过期', en: 'The document has expired' },

  by_holder: { zh: '持证人在手机上停用', en: 'Its holder, on the phone' },
  guardian_withdrew: { zh: '监护人撤回了同意', en: 'The guardian took the consent back' },
  kill_code: { zh: '持证人用停用码停用', en: 'Its holder, by the kill code' },
  phone_lost: { zh: '持证人报告手机遗失', en: 'The holder reported the phone lost' },
  document_replaced: { zh: '身份证已换领', en: 'The identity card was replaced' },
  document_lost: { zh: '身份证已挂失', en: 'The identity card was reported lost' },
  inquiry: { zh: '正在核查', en: 'Under inquiry' },
  frozen_by_court: { zh: '法院决定暂停使用', en: 'Frozen by a court' },
  ended_by_holder: { zh: '持证人要求吊销', en: 'The holder asked for it' },
  issuer_compromised: { zh: '签发密钥不再可信', en: "The issuer's key is trusted no more" },
  office_compromised: { zh: '身份证签发机关不再可信', en: 'The issuing office is trusted no more' },
  number_changed: { zh: '公民身份号码已变更', en: 'The identity number was changed' },
  obtained_by_fraud: { zh: '以不正当方式取得', en: 'Obtained by fraud' },
  ended_by_court: { zh: '法院决定吊销', en: 'Ended by a court' },
  person_died: { zh: '登记机关已注销该身份', en: 'The register has closed the identity' },

  court_order: { zh: '法院决定', en: 'Order of a court' },
  details_incomplete: { zh: '资料不全', en: 'Details are incomplete' },
  code_unverified: { zh: '信用代码无法核实', en: 'The credit code cannot be verified' },
  purpose_not_justified: { zh: '用途理由不充分', en: 'A purpose is not justified' },
  claims_too_wide: { zh: '申请的信息过多', en: 'More claims than the task needs' },
  other_business: { zh: '不是所称的单位', en: 'Not the business it says it is' },

  unusual_rate: { zh: '查验次数异常', en: 'Unusual rate of checks' },
  misuse: { zh: '违规使用', en: 'Misuse' },
  complaints: { zh: '多次被投诉', en: 'Repeated complaints' },
  licence_ended: { zh: '营业执照已失效', en: 'The licence has ended' },
  remedied: { zh: '已整改', en: 'It was put right' },
  unfounded: { zh: '查无此事', en: 'It was unfounded' },

  person_and_card_seen: { zh: '已当面见到本人和实体证', en: 'Person and physical card were seen' },
  face_not_possible: { zh: '无法使用人脸', en: 'The face cannot be used' },

  number_and_card_seen: { zh: '报出号码，已当面见到本人和实体证', en: 'Number read out, person and card seen' },
  kill_code_and_card_seen: {
    zh: '出示停用码，已当面见到本人和实体证',
    en: 'Kill code brought, person and card seen',
  },

  household_register_seen: { zh: '已查看户口簿', en: 'The household register was seen' },
  contract_seen: { zh: '已查看双方合同', en: 'The contract was seen' },
  asked_in_writing: { zh: '对方书面要求', en: 'The business asked in writing' },
  key_exposed: { zh: '私钥可能泄露', en: 'Its private key may be known to others' },

  guardianship_paper_seen: { zh: '已查看监护证明', en: 'A paper of guardianship was seen' },
} as const satisfies Record<OperatorReason, Readonly<Record<Language, string>>>;

/** A reason as operators read it. */
export const reasonName = (reason: OperatorReason, language: Language): string => words[reason][language];

/** Whether a word of the log is one of these reasons. */
export const isReason = (word: string): word is OperatorReason => Object.keys(words).includes(word);

/** One of several, as a form lists it. */
export interface Option {
  readonly id: string;
  readonly name: string;
}

/** Reasons as a form lists them. */
export const reasonOptions = (reasons: readonly OperatorReason[], language: Language): Option[] =>
  reasons.map((id) => ({ id, name: reasonName(id, language) }));
