import { purposeTable, type HistoryEntry } from '../protocol';
import { showMoment } from './days';
import { toldByName } from './disclosure';
import type { Language } from './guidance';
import { deletionAnswer, reportReason } from './rights';

/** One thing that an entry tells. */
export interface EntryFact {
  readonly name: string;
  readonly value: string;
}

const words = {
  zh: {
    at: '时间',
    number: '记录编号',
    partner: '商户',
    purpose: '用途',
    terminal: '柜台',
    mode: '查验方式',
    modes: {
      shown: '您出示二维码',
      bound: '您先扫了柜台码',
      offline: '离线通行码',
      asked: '对方的服务器请求，您在手机上同意',
    },
    server: '对方的服务器',
    told: '告知对方',
    nothing: '无',
    proved: '您另行证明',
    proofs: { fingerprint: '指纹', face: '人脸' },
    acceptedAt: '离线查验时间',
    expiresAt: '失效时间',
    destroyedAt: '销毁时间',
    about: '关于',
    why: '举报原因',
    answer: '商户的答复',
    separator: '、',
    numbered: (number: number) => `第 ${String(number)} 条`,
  },
  en: {
    at: 'When',
    number: 'Entry',
    partner: 'Who',
    purpose: 'What for',
    terminal: 'Counter',
    mode: 'How',
    modes: {
      shown: 'You showed a code',
      bound: "You scanned the counter's code first",
      offline: 'By an offline pass',
      asked: 'Its server asked, and you agreed on your phone',
    },
    server: 'Server',
    told: 'What they were told',
    nothing: 'Nothing',
    proved: 'You also confirmed',
    proofs: { fingerprint: 'fingerprint', face: 'face' },
    acceptedAt: 'Checked offline',
    expiresAt: 'Valid until',
    destroyedAt: 'Destroyed',
    about: 'About',
    why: 'Why',
    answer: 'Its answer',
    separator: ', ',
    numbered: (number: number) => `Number ${String(number)} of your history`,
  },
} as const;

/** Everything that an entry of the history tells, one fact a line. */
export const entryFacts = (entry: HistoryEntry, language: Language): EntryFact[] => {
  const said = words[language];
  const facts: EntryFact[] = [];
  const add = (name: string, value: string): void => {
    facts.push({ name, value });
  };
  if ('at' in entry) add(said.at, showMoment(entry.at, language));
  if ('partner' in entry) add(said.partner, entry.partner[language]);
  if ('purpose' in entry) add(said.purpose, purposeTable[entry.purpose].names[language]);
  if ('terminal' in entry) {
    const isAsked = 'mode' in entry && entry.mode === 'asked';
    add(isAsked ? said.server : said.terminal, entry.terminal);
  }
  if ('mode' in entry) add(said.mode, said.modes[entry.mode]);
  if ('claims' in entry) {
    const portrait = entry.kind === 'card_checked' && entry.mode !== 'asked' && purposeTable[entry.purpose].look;
    add(said.told, toldByName(entry.claims, portrait, language).join(said.separator) || said.nothing);
  }
  if ('stepUp' in entry && entry.stepUp.length > 0)
    add(said.proved, entry.stepUp.map((proof) => said.proofs[proof]).join(said.separator));
  if ('acceptedAt' in entry) add(said.acceptedAt, showMoment(entry.acceptedAt, language));
  if ('expiresAt' in entry) add(said.expiresAt, showMoment(entry.expiresAt, language));
  if ('destroyedAt' in entry) add(said.destroyedAt, showMoment(entry.destroyedAt, language));
  if ('check' in entry) add(said.about, said.numbered(entry.check));
  if (entry.kind === 'partner_reported') add(said.why, reportReason(entry.reason, language));
  if (entry.kind === 'deletion_answered') add(said.answer, deletionAnswer(entry.answer, language));
  add(said.number, said.numbered(entry.number));
  return facts;
};
