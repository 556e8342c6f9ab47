import type { MassActEntry } from '../protocol';
import { massActWords } from './critical-acts';
import { showMoment } from './days';
import type { Fact } from './facts';
import { grouped } from './figures';
import type { Language } from './guidance';
import { tellMassTarget } from './mass-target';
import { reasonName } from './operator-reasons';
import { shortReference } from './reference';

const words = {
  zh: {
    running: '进行中',
    done: '已完成',
    reason: '理由',
    started: '开始',
    finished: '完成',
    proposal: '提议编号',
    progress: (count: string, total: string) => `已处理 ${count} 张，共 ${total} 张`,
    nothing: '没有符合条件的虚拟身份卡',
    fetch: '持证人下次打开时，手机会领取新凭证。',
  },
  en: {
    running: 'Under way',
    done: 'Done',
    reason: 'Reason',
    started: 'Began',
    finished: 'Ended',
    proposal: 'Proposal',
    progress: (count: string, total: string) => `${count} of ${total} cards`,
    nothing: 'No card met it',
    fetch: 'Each phone fetches its new credential the next time that its holder opens it.',
  },
} as const;

/** An act on many cards, and how far it is. */
export interface ToldMassAct {
  readonly proposal: string;
  readonly title: string;
  readonly mark: string;
  readonly isDone: boolean;
  readonly progress: string;
  /** Of a hundred. */
  readonly percent: number;
  readonly facts: readonly Fact[];
  /** What is still to come of it, where it has not all been done with it; empty otherwise. */
  readonly note: string;
}

/** How far an act is, of a hundred: cards may have come and gone since they were counted. */
const percentOf = ({ count, total, finishedAt }: MassActEntry): number => {
  if (finishedAt !== null) return 100;
  return total === 0 ? 0 : Math.min(99, Math.floor((100 * count) / total));
};

/** Tells an act on many cards. */
export const tellMassAct = (entry: MassActEntry, language: Language): ToldMassAct => {
  const said = words[language];
  const { kind, target, proposal, count, total, startedAt, finishedAt } = entry;
  const isDone = finishedAt !== null;
  return {
    proposal,
    title: massActWords(kind, language).name,
    mark: isDone ? said.done : said.running,
    isDone,
    progress: isDone && count === 0 ? said.nothing : said.progress(grouped(count), grouped(Math.max(count, total))),
    percent: percentOf(entry),
    facts: [
      tellMassTarget(target, language),
      ...(entry.kind === 'revoke_cards' ? [{ name: said.reason, value: reasonName(entry.reason, language) }] : []),
      { name: said.started, value: showMoment(startedAt, language) },
      ...(finishedAt === null ? [] : [{ name: said.finished, value: showMoment(finishedAt, language) }]),
      { name: said.proposal, value: shortReference(proposal), isCode: true },
    ],
    note: entry.kind === 'renew_cards' && count > 0 ? said.fetch : '',
  };
};
