import { purposeTable, type ConsentStanding, type ListConsentsReply } from '../protocol';
import { inChina, showDate, showMoment } from './days';
import type { Language } from './guidance';

const words = {
  zh: {
    until: (date: string) => `商户在 ${date} 前可以查询您的虚拟身份卡是否有效。`,
    withdrawn: (at: string) => `您已于 ${at} 撤回同意，商户不能再查询虚拟身份卡是否有效。`,
    ended: '同意已到期，商户不能再查询虚拟身份卡是否有效。',
    listed: (purpose: string, date: string) => `${purpose}，${date} 到期`,
  },
  en: {
    until: (date: string) => `The business may ask whether your card is valid until ${date}.`,
    withdrawn: (at: string) =>
      `You withdrew your consent on ${at}: the business may no longer ask whether your card is valid.`,
    ended: 'The consent has ended: the business may no longer ask whether your card is valid.',
    listed: (purpose: string, date: string) => `${purpose}, until ${date}`,
  },
} as const;

const dayOf = (at: number, language: Language): string => showDate(inChina(at).date, language);

/** How the page of a check tells the consent that was given with it; empty where none was. */
export const tellConsent = (consent: ConsentStanding | null, language: Language): string => {
  const said = words[language];
  switch (consent?.state) {
    case 'given':
      return said.until(dayOf(consent.until, language));
    case 'withdrawn':
      return said.withdrawn(showMoment(consent.at, language));
    case 'ended':
      return said.ended;
    case undefined:
      return '';
  }
};

/** One who may ask after the card, as a page lists it. */
export interface ListedConsent {
  /** Of the entry where it is withdrawn. */
  readonly number: number;
  readonly title: string;
  readonly note: string;
}

/** Who may ask after the card, for what and until when. */
export const listedConsents = (consents: ListConsentsReply['consents'], language: Language): ListedConsent[] =>
  consents.map(({ number, partner, purpose, until }) => ({
    number,
    title: partner[language],
    note: words[language].listed(purposeTable[purpose].names[language], dayOf(until, language)),
  }));
