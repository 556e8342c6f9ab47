import { purposeTable, type AskTold, type ClaimCounterReply, type Refusal } from '../protocol';
import { DAY } from './china-days';
import { inChina, showDate } from './days';
import { toldByName } from './disclosure';
import { guidance, type Language, type PhoneTrouble } from './guidance';
import type { ToldRefusal } from './refusal';
import { tellUnshown } from './unshown';

/** What an institution asks, as its holder reads it before agreeing. */
export interface ToldAsk {
  readonly partner: string;
  readonly purpose: string;
  /** What they will be told, by name. */
  readonly tells: readonly string[];
  /** How long the consent lasts. */
  readonly lasts: string;
  /** What they can do in that time; empty where the consent is for this once. */
  readonly lastsNote: string;
  /** The least card that serves. */
  readonly tier: string;
  /** What is to be proved now; empty for nothing. */
  readonly stepUp: string;
  /** The words that stand on their screen too. */
  readonly message: string;
  /** Whether the message takes smaller letters. */
  readonly isLong: boolean;
  /** Whether they get a signed credential, which they can keep as a proof. */
  readonly isPresented: boolean;
}

const words = {
  zh: {
    once: '仅这一次',
    note: '期限内对方可以查询您的卡是否仍然有效，不会再次得到以上信息。',
    tiers: { light: '灰卡或彩卡', full: '彩卡' },
    proofs: { fingerprint: '指纹', face: '面容' },
    and: '、',
    over: '这次请求已结束',
    inactive: '虚拟身份卡不能使用',
    anew: '请再确认一次',
    anewText: '这次验证已过期，没有提供任何信息。',
    renewal: '电子凭证需要更新',
    renewalText: '没有提供任何信息。再试一次，会先更新本机的电子凭证。',
    tryAgain: '再试一次',
    notTaken: '对方现在不能接收答复',
    notTakenText: '对方的登记刚刚有变，或当日次数已用完。没有提供任何信息；请与对方联系。',
    unsent: '答复还没有送达',
    unsentText: '没有收到回应。可以再送一次：同一份答复送到几次都只算一次。',
  },
  en: {
    once: 'This once',
    note: 'In that time they can ask whether your card is still valid. They are not told the above again.',
    tiers: { light: 'Grey or colour', full: 'Colour card' },
    proofs: { fingerprint: 'Fingerprint', face: 'Face' },
    and: ', ',
    over: 'This request is over',
    inactive: 'The card cannot be used',
    anew: 'Please confirm once more',
    anewText: 'What you confirmed has run out, and nothing was told.',
    renewal: 'Your credential needs renewal',
    renewalText: 'Nothing was told. Try again, and your phone renews it first.',
    tryAgain: 'Try again',
    notTaken: 'They cannot take your answer now',
    notTakenText:
      'Their registration has just changed, or their checks of today are used up. Nothing was told; get in touch with them.',
    unsent: 'Your answer has not arrived',
    unsentText: 'No reply came. You can send it again: the same answer counts once, however often it arrives.',
  },
} as const;

/** A message longer than that, in characters, does not fit one line in the largest letters. */
const LONG_MESSAGE = 10;

/** For how long a consent that is given now lasts. @param now by the server's clock, in milliseconds since 1970 */
export const tellLasts = (days: number, now: number, language: Language): string => {
  if (days === 0) return words[language].once;
  const end = showDate(inChina(now + days * DAY).date, language);
  if (language === 'zh') return `${String(days)} 天，到 ${end}`;
  return `${days === 1 ? '1 day' : `${String(days)} days`}, until ${end}`;
};

/** @param now by the server's clock, in milliseconds since 1970 */
export const tellAsk = (
  asked: Pick<ClaimCounterReply, 'partner' | 'purpose' | 'claims' | 'portrait' | 'stepUp'> & { readonly ask: AskTold },
  now: number,
  language: Language,
): ToldAsk => {
  const said = words[language];
  const { partner, purpose, claims, portrait, stepUp, ask } = asked;
  return {
    partner: partner[language],
    purpose: purposeTable[purpose].names[language],
    tells: toldByName(claims, portrait, language),
    lasts: tellLasts(ask.consentDays, now, language),
    lastsNote: ask.consentDays === 0 ? '' : said.note,
    tier: said.tiers[ask.tier],
    stepUp: stepUp.map((step) => said.proofs[step]).join(said.and),
    message: ask.bindingMessage,
    isLong: ask.bindingMessage.length > LONG_MESSAGE,
    isPresented: ask.presentation !== null,
  };
};

/** What a scanner's staff would be told to do, and the holder of an ask cannot: what it means here. */
const meanings = {
  session_over: 'over',
  ask_over: 'over',
  code_already_used: 'over',
  // The showing has ended, as by another one; the ask need not have.
  code_expired: 'anew',
  code_not_recognised: 'anew',
  // The phone has forgotten the credential that was refused, and has it made anew before the next try.
  presentation_invalid: 'renewal',
  purpose_not_registered: 'notTaken',
  claims_not_granted: 'notTaken',
  quota_used: 'notTaken',
  card_not_active: 'inactive',
  suspended: 'inactive',
  revoked: 'inactive',
  expired: 'inactive',
} as const satisfies Partial<Record<Refusal['code'], string>>;

const hasMeaning = (code: (Refusal | PhoneTrouble)['code']): code is keyof typeof meanings => code in meanings;

/** How to tell a holder why an ask was not answered or declined, and what can be done about it. */
export const tellUnanswered = (refusal: Refusal | PhoneTrouble, language: Language): ToldRefusal => {
  const told = tellUnshown(refusal, language);
  const { code } = refusal;
  if (!hasMeaning(code)) return told;
  const said = words[language];
  switch (meanings[code]) {
    case 'over':
      return { ...told, title: said.over, text: guidance('ask_over', language) };
    case 'anew':
      return { ...told, title: said.anew, text: said.anewText, next: 'try-again', nextName: said.tryAgain };
    case 'renewal':
      return { ...told, title: said.renewal, text: said.renewalText, next: 'try-again', nextName: said.tryAgain };
    case 'notTaken':
      return { ...told, title: said.notTaken, text: said.notTakenText };
    case 'inactive':
      return { ...told, title: said.inactive, text: guidance('card_not_active', language) };
  }
};

/** What to say of an answer that was sent and not heard of. */
export const tellUnsent = (language: Language): { readonly title: string; readonly text: string } => {
  const { unsent, unsentText } = words[language];
  return { title: unsent, text: unsentText };
};
