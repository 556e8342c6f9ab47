import type { CodeFault } from '../protocol';
import type { Language } from './guidance';

const words: Readonly<Record<CodeFault, Readonly<Record<Language, string>>>> = {
  malformed: { zh: '码有误', en: 'The code was malformed' },
  unknown_showing: { zh: '码有误', en: 'The code was unknown' },
  unknown_alias: { zh: '号码有误', en: 'The number was unknown' },
  showing_not_open: { zh: '当时没有出示', en: 'The card was not being shown' },
  bad_signature: { zh: '码有误', en: 'The code was not genuine' },
  from_future: { zh: '码的时间有误', en: 'The time of the code was wrong' },
  stale: { zh: '码已过期', en: 'The code had expired' },
  showing_over: { zh: '出示已结束', en: 'The showing was over' },
  already_redeemed: { zh: '同一个码被再次扫描', en: 'The same code was scanned again' },
  other_purpose: { zh: '用途不符', en: 'It was for another purpose' },
  other_terminal: { zh: '码是给另一个柜台的', en: 'It was for another counter' },
  tier_too_low: { zh: '虚拟身份卡等级不够', en: "The card's tier was too low" },
  counter_needed: { zh: '须先扫描柜台码', en: "The counter's code had to be scanned first" },
  card_suspended: { zh: '虚拟身份卡已停用', en: 'The card was suspended' },
  card_revoked: { zh: '虚拟身份卡已被吊销', en: 'The card was revoked' },
  card_expired: { zh: '虚拟身份卡已到期', en: 'The card had expired' },
};

/** Why a check was refused, as its holder reads it. */
export const refusedBecause = (reason: CodeFault, language: Language): string => words[reason][language];
