import { purposeTable, type AskedDeletion } from '../protocol';
import type { EntryFact } from './entry';
import { inChina, showMoment, showDate } from './days';
import { toldByName } from './disclosure';
import type { Language } from './guidance';
import { deletionAnswer } from './rights';

/** A holder's request as the business reads it. */
export interface ToldRequest {
  readonly request: string;
  /** Id of the check, as the business's own list and its receipt have it. */
  readonly check: string;
  readonly title: string;
  readonly due: string;
  readonly isOverdue: boolean;
  readonly facts: readonly EntryFact[];
  /** Empty while it is open. */
  readonly answer: string;
}

const words = {
  zh: {
    checked: '查验时间',
    terminal: '柜台',
    told: '当时告知',
    asked: '提出时间',
    separator: '、',
    due: (day: string) => `请在 ${day} 前答复`,
    overdue: (day: string) => `已逾期：应在 ${day} 前答复`,
    answered: (answer: string, at: string) => `${at} 已答复：${answer}`,
  },
  en: {
    checked: 'Checked',
    terminal: 'Counter',
    told: 'You were told',
    asked: 'Asked',
    separator: ', ',
    due: (day: string) => `Answer by ${day}`,
    overdue: (day: string) => `Overdue: was to be answered by ${day}`,
    answered: (answer: string, at: string) => `Answered on ${at}: ${answer}`,
  },
} as const;

/** How the business's page tells one request: which check, what was told there, and by when it is to answer. */
export const tellRequest = (request: AskedDeletion, language: Language): ToldRequest => {
  const said = words[language];
  const { purpose, claims, checkedAt, terminal, askedAt, dueAt, isOverdue, answered } = request;
  const day = showDate(inChina(dueAt).date, language);
  return {
    request: request.request,
    check: request.check,
    title: purposeTable[purpose].names[language],
    due: isOverdue ? said.overdue(day) : said.due(day),
    isOverdue,
    facts: [
      { name: said.checked, value: showMoment(checkedAt, language) },
      { name: said.terminal, value: terminal },
      { name: said.told, value: toldByName(claims, purposeTable[purpose].look, language).join(said.separator) },
      { name: said.asked, value: showMoment(askedAt, language) },
    ],
    answer: answered ? said.answered(deletionAnswer(answered.answer, language), showMoment(answered.at, language)) : '',
  };
};
