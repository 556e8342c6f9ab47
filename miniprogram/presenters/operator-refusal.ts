import type { ErrorCode, Refusal } from '../protocol';
import type { Language, PhoneTrouble } from './guidance';
import { tellRefusal } from './refusal';

/** What operators read where the words for holders would mislead. */
const words: Readonly<Partial<Record<ErrorCode | PhoneTrouble['code'], Readonly<Record<Language, string>>>>> = {
  not_found: {
    zh: '没有找到。可能已由别人处理，或编号有误。',
    en: 'Nothing was found: somebody else may have dealt with it, or the id is not right.',
  },
  wrong_step: {
    zh: '已由别人处理或已过期，请返回工作台查看。',
    en: 'Somebody else has dealt with it, or it is over. Go back to the desk.',
  },
  card_not_active: {
    zh: '按虚拟身份卡现在的状态，不能这样处理。',
    en: 'As the card stands, this cannot be done to it.',
  },
  fields_disagree: {
    zh: '与证件号码末四位不符，请再看一遍实体证。',
    en: 'These are not the last four characters. Look at the physical card again.',
  },
  too_many_tries: {
    zh: '次数已用完，请来访者重新取号；凭停用码来访的，请五分钟后再试。',
    en: 'No tries are left. Ask the visitor for a new number; with a kill code, try again in five minutes.',
  },
  second_person_needed: {
    zh: '须由另一位操作员处理：没有人确认自己的提议、通过同一案件两次、复核自己的拒绝，办理自己或自己孩子的申请，或接待自己。',
    en: 'Another operator must do this. Nobody confirms their own proposal, accepts a case twice, reviews their own refusal, decides on their own or their child’s enrolment, or receives themselves.',
  },
  request_invalid: { zh: '填写有误，请核对编号和理由。', en: 'Something is not right. Check the id and the reason.' },
};

const notDone = { zh: '没有办成', en: 'It was not done' } as const;

/** How to tell an operator of a refusal. */
export const tellOperator = (
  refusal: Refusal | PhoneTrouble,
  language: Language,
): { readonly title: string; readonly text: string; readonly isOffline: boolean } => {
  const { title, text, details, isOffline } = tellRefusal(refusal, language);
  const own = words[refusal.code]?.[language];
  const left = refusal.code === 'fields_disagree' ? details.slice(-1) : [];
  return { title: own ? notDone[language] : title, text: [own ?? text, ...left].join(' '), isOffline };
};
