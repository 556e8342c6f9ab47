import { LIMITED_MS, type Card } from '../protocol';
import { daysBetween, inChina, showDate, showMoment } from './days';
import type { Language } from './guidance';
import { tasksWhileLimited } from './tasks';

/** Something that the first screen tells of a card, and what can be done about it. */
export interface ToldNews {
  readonly title: string;
  readonly text: string;
  /** What to do, one a line; empty where there is nothing. */
  readonly ways: readonly string[];
}

/** Where the card is, as the phone found it. */
export type Place =
  { readonly at: 'here' } | { readonly at: 'moved'; readonly since: number } | { readonly at: 'elsewhere' };

/** So many days before its end a card is to be renewed. */
const RENEWAL_DAYS = 60;

const words = {
  zh: {
    moved: (since: string) => ({
      title: `虚拟身份卡已于 ${since} 换到另一部手机`,
      text: '本机不能再出示它。如果是您换的，无需处理；如果不是您，请马上这样做：',
    }),
    ways: {
      enrol: '在本机重新办理并核验人脸：虚拟身份卡回到本机，那部手机马上失效。',
      kill: '手边没有证件、但抄下过停用码的：换机后 24 小时内，停用码仍可在纸上写的网址使用。',
      counter: '带身份证到柜台，请工作人员停用并查明。',
    },
    elsewhere: {
      title: '虚拟身份卡在另一部手机上',
      text: '要在本机使用，请在这里重新办理并核验人脸。之后那部手机不能再出示。',
    },
    limited: (until: string) => ({
      title: `${until} 前只能办理轻量事项`,
      text: `虚拟身份卡刚换到本机。这一天里只能用于：${tasksWhileLimited('zh')}。`,
    }),
    ends: (days: number, date: string) => ({
      title: days === 0 ? '虚拟身份卡今天到期' : `虚拟身份卡还有 ${String(days)} 天到期`,
      text: `${date} 后不能再用。请用有效的身份证重新办理；身份证也将到期的，请先换领。`,
    }),
    full: '在线重新办理后是灰卡，要恢复为彩卡，请再到柜台核验。',
  },
  en: {
    moved: (since: string) => ({
      title: `The card moved to another phone on ${since}`,
      text: 'This phone cannot show it any more. If it was you, there is nothing to do. If it was not, do this now:',
    }),
    ways: {
      enrol:
        'Enrol on this phone again with your face: the card comes back, and the other phone can no longer show it.',
      kill: 'Without your identity card at hand, use the kill code on your paper, if you have one: for 24 hours after the move it still works, at the address written on it.',
      counter: 'Bring your identity card to a counter and have the card stopped and looked into.',
    },
    elsewhere: {
      title: 'The card is on another phone',
      text: 'To use it on this one, enrol here again with your face. The other phone can no longer show it then.',
    },
    limited: (until: string) => ({
      title: `Light tasks only until ${until}`,
      text: `The card has just come to this phone. For this day it serves: ${tasksWhileLimited('en')}.`,
    }),
    ends: (days: number, date: string) => ({
      title: days === 0 ? 'The card ends today' : `The card ends in ${String(days)} ${days === 1 ? 'day' : 'days'}`,
      text: `It does not serve after ${date}. Enrol again with a valid identity card; if yours ends as well, renew that first.`,
    }),
    full: 'Enrolled online it is a grey card. A counter makes it a colour card again.',
  },
} as const;

/** What to tell of a card that this phone cannot show; null where it can. @param now milliseconds since 1970 */
export const tellPlace = (place: Place, now: number, language: Language): ToldNews | null => {
  const said = words[language];
  if (place.at === 'here') return null;
  if (place.at === 'elsewhere') return { ...said.elsewhere, ways: [] };
  const { enrol, kill, counter } = said.ways;
  const ways = now < place.since + LIMITED_MS ? [enrol, kill, counter] : [enrol, counter];
  return { ...said.moved(showMoment(place.since, language)), ways };
};

/** What to tell of a card that came to this phone less than a day ago; null where it did not. */
export const tellLimit = (
  { status, limitedUntil }: Pick<Card, 'status' | 'limitedUntil'>,
  language: Language,
): ToldNews | null =>
  status === 'valid' && limitedUntil !== undefined
    ? { ...words[language].limited(showMoment(limitedUntil, language)), ways: [] }
    : null;

/** What to tell of a card that ends soon; null while there is time. @param now milliseconds since 1970 */
export const tellRenewal = (
  { status, tier, validTo }: Pick<Card, 'status' | 'tier' | 'validTo'>,
  now: number,
  language: Language,
): ToldNews | null => {
  const days = daysBetween(inChina(now).date, validTo);
  if (status !== 'valid' || days > RENEWAL_DAYS) return null;
  const said = words[language];
  const ways = tier === 'full' ? [said.full] : [];
  // By a clock that is ahead the day may be over that is not by the service's.
  return { ...said.ends(Math.max(0, days), showDate(validTo, language)), ways };
};
