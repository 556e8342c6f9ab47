import { purposeTable, type VerificationAnswer } from '../protocol';
import { showAge } from './days';
import type { Language } from './guidance';

/** One fact of a check, and how old it is. */
export interface ToldFact {
  readonly name: string;
  readonly value: string;
  readonly age: string;
}

const words = {
  zh: {
    signature: ['签名', '有效'],
    code: ['二维码', '本人手机生成'],
    single: ['一次性', '首次且仅此一次'],
    status: ['虚拟身份卡状态', '有效'],
    tier: '证件等级',
    tiers: { light: '灰卡（线上核验）', full: '彩卡（柜台核验）' },
    purpose: '用途',
    allowed: '本店已登记',
  },
  en: {
    signature: ['Signature', 'valid'],
    code: ['Code', "made by the holder's phone"],
    single: ['Single use', 'first and only'],
    status: ['Card status', 'valid'],
    tier: 'Card',
    tiers: { light: 'grey (checked online)', full: 'colour (seen at a counter)' },
    purpose: 'Purpose',
    allowed: 'registered for your shop',
  },
} as const;

/**
 * The facts of an answer, each with its age.
 * @param elapsed milliseconds since the answer came; the service's own instants and this are all that ages are made of
 */
export const toldFacts = (answer: VerificationAnswer, elapsed: number, language: Language): ToldFact[] => {
  const { facts, tier, purpose } = answer;
  const said = words[language];
  const age = (instant: number): string => showAge(facts.redeemedAt - instant + elapsed, language);
  return [
    { name: said.signature[0], value: said.signature[1], age: age(facts.signatureValidAt) },
    { name: said.code[0], value: said.code[1], age: age(facts.codeMadeAt) },
    { name: said.single[0], value: said.single[1], age: age(facts.redeemedAt) },
    { name: said.status[0], value: said.status[1], age: age(facts.statusAsOf) },
    { name: said.tier, value: said.tiers[tier], age: '' },
    { name: said.purpose, value: `${purposeTable[purpose].names[language]}, ${said.allowed}`, age: '' },
  ];
};
