import { endReasonTable, type Card, type EndReason } from '../protocol';
import type { Language } from './guidance';

interface Words {
  readonly zh: string;
  readonly en: string;
}

const reasons = {
  by_holder: { zh: '您在手机上停用', en: 'By you, on the phone' },
  guardian_withdrew: { zh: '监护人撤回了同意', en: 'The guardian took the consent back' },
  kill_code: { zh: '用停用码停用', en: 'By the kill code' },
  phone_lost: { zh: '您报告手机遗失', en: 'You reported the phone lost' },
  document_expired: { zh: '身份证已到期', en: 'The identity card is over' },
  document_replaced: { zh: '身份证已换领', en: 'The identity card was replaced' },
  document_lost: { zh: '身份证已挂失', en: 'The identity card was reported lost' },
  inquiry: { zh: '发证方正在核查', en: 'The issuer is looking into something' },
  frozen_by_court: { zh: '依法院决定暂停使用', en: 'Suspended by order of a court' },
  ended_by_holder: { zh: '应您的要求吊销', en: 'Revoked as you asked' },
  issuer_compromised: { zh: '签发它的密钥不再可信', en: 'The key that signed it is trusted no more' },
  office_compromised: {
    zh: '身份证的签发机关需要重新核实',
    en: 'The office that issued the identity card is trusted no more',
  },
  number_changed: { zh: '公民身份号码已变更', en: 'The identity number was changed' },
  obtained_by_fraud: { zh: '以不正当方式取得', en: 'It was obtained by fraud' },
  ended_by_court: { zh: '依法院决定吊销', en: 'Revoked by order of a court' },
  person_died: { zh: '登记机关已注销该身份', en: 'The register has closed this identity' },
} as const satisfies Record<EndReason, Words>;

/** Why a card was stopped, as people read it. */
export const endReason = (reason: EndReason, language: Language): string => reasons[reason][language];

const remedies = {
  holder: { zh: '恢复后马上可以再用。', en: 'Resume it, and it works at once.' },
  face: {
    zh: '要恢复使用，请重新办理并核验人脸，或到柜台办理。',
    en: 'To use it again, enrol anew with your face, or go to a counter.',
  },
  new_document: { zh: '请用新领的身份证重新办理。', en: 'Enrol anew with your new identity card.' },
  guardian: {
    zh: '要恢复使用，请重新办理，并由监护人再次同意。',
    en: 'To use it again, enrol anew and let a guardian consent again.',
  },
  operator: {
    zh: '核实后由发证方恢复。请咨询柜台。',
    en: 'The issuer will release it once that is settled. Ask a counter.',
  },
  nothing: {
    zh: '它不能再使用，也不能在线重新办理。请咨询柜台。',
    en: 'It cannot be used any more, and no new one can be made online. Ask a counter.',
  },
} as const satisfies Record<(typeof endReasonTable)[EndReason]['remedy'], Words>;

/** What the first screen says of a card that was stopped by anything but a tap of its holder's, and what its button does. */
export interface ToldEnd {
  /** Why, and what can be done; empty where the holder stopped it, or nothing did. */
  readonly text: string;
  readonly canResume: boolean;
  readonly canRenew: boolean;
}

/** What to tell of a card's end. */
export const tellEnd = ({ status, ended }: Pick<Card, 'status' | 'ended'>, language: Language): ToldEnd => {
  const remedy = ended ? endReasonTable[ended.reason].remedy : 'holder';
  const stop = language === 'zh' ? '。' : '. ';
  return {
    text:
      ended && remedy !== 'holder' ? `${endReason(ended.reason, language)}${stop}${remedies[remedy][language]}` : '',
    canResume: status === 'suspended' && remedy === 'holder',
    canRenew: status === 'expired' || remedy === 'face' || remedy === 'new_document' || remedy === 'guardian',
  };
};
