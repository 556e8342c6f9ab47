import type { Refusal } from '../protocol';
import type { Language, PhoneTrouble } from './guidance';
import { tellRefusal } from './refusal';

/** A refusal as a page of the business tells it. */
export interface ToldPartnerRefusal {
  readonly title: string;
  readonly text: string;
  readonly isOffline: boolean;
}

/** Codes that mean something narrower to who manages a business. */
const narrower: Readonly<Partial<Record<Refusal['code'], Readonly<Record<Language, string>>>>> = {
  not_permitted: {
    zh: '您的岗位不能这样做，或者您已不在该商户任职。请联系负责人。',
    en: 'Your role does not allow this, or you do not work here any more. Ask the owner.',
  },
  wrong_step: {
    zh: '没有更改：商户现在不能这样做（审核中、已暂停或数量已满），或者同时有人在改。请回到商户页查看后再试。',
    en: 'Nothing was changed: the business is not active, has too many of these, or somebody else was changing it. Look at its page and try again.',
  },
  not_found: {
    zh: '刚刚被别人更改或删除了，请返回重新打开。',
    en: 'Somebody has changed or removed it meanwhile. Go back and open it again.',
  },
  request_invalid: {
    zh: '有内容不能这样写，请检查后再提交；如果仍不行，请更新小程序。',
    en: 'Something cannot be written like this. Look at it again; if that does not help, update the app.',
  },
};

/** How to tell a refusal to who manages a business. */
export const tellPartnerRefusal = (refusal: Refusal | PhoneTrouble, language: Language): ToldPartnerRefusal => {
  const { title, text, isOffline } = tellRefusal(refusal, language);
  const known = Object.entries(narrower).find(([code]) => code === refusal.code)?.[1];
  return { title, text: known?.[language] ?? text, isOffline };
};
