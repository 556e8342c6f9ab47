import {
  purposeTable,
  type DeletionAnswer,
  type HistoryEntry,
  type KeepingGround,
  type LookStanding,
  type ReportReason,
} from '../protocol';
import { tellConsent } from './consents';
import { showMoment } from './days';
import type { Language } from './guidance';

type RightsEntry = Extract<
  HistoryEntry,
  { readonly kind: 'partner_reported' | 'deletion_asked' | 'deletion_answered' | 'consent_withdrawn' }
>;

const words = {
  zh: {
    reported: '您举报了商户',
    asked: '您要求商户删除信息',
    answered: '商户答复了删除要求',
    withdrew: '您撤回了查询虚拟身份卡的同意',
    numbered: (check: number) => `关于第 ${String(check)} 条记录`,
    reasons: {
      asked_too_much: '要求的信息过多',
      not_me: '不是我本人',
      refused_unfairly: '无理拒绝我',
      other: '其他原因',
    },
    deleted: '已删除',
    kept: '依法保留',
    grounds: {
      retention_period: '法定保存期限未满',
      legal_dispute: '涉及未了结的纠纷或案件',
      cannot_erase: '技术上难以删除，只作存储并采取保护措施',
    },
    overdue: '商户逾期未答复（15 天）。您可以向平台举报，或向监管部门投诉。',
    askedOn: (at: string, due: string) => `${at} 已提出，商户应在 ${due} 前答复。商户看不到您是谁。`,
    deletedOn: (at: string) => `商户于 ${at} 答复：已删除。`,
    keptOn: (at: string, ground: string) => `商户于 ${at} 答复：依法保留（${ground}）。如不认可，可以向监管部门投诉。`,
    wasReported: '您已举报。平台会核查，商户不会知道是谁举报的。',
  },
  en: {
    reported: 'You reported a business',
    asked: 'You asked a business to delete',
    answered: 'A business answered your request to delete',
    withdrew: 'You withdrew a consent to ask after your card',
    numbered: (check: number) => `About number ${String(check)} of your history`,
    reasons: {
      asked_too_much: 'It asked for more than it needed',
      not_me: 'It was not me',
      refused_unfairly: 'It refused me unfairly',
      other: 'Another reason',
    },
    deleted: 'Deleted',
    kept: 'Kept by law',
    grounds: {
      retention_period: 'a law says how long, and that is not over',
      legal_dispute: 'a dispute or a case is open',
      cannot_erase: 'it cannot be erased, so it is stored and protected, and used for nothing',
    },
    overdue:
      'The business has not answered within 15 days. You can report it, or complain to the supervising authority.',
    askedOn: (at: string, due: string) =>
      `Asked on ${at}. The business has to answer by ${due}, and does not see who you are.`,
    deletedOn: (at: string) => `The business answered on ${at}: deleted.`,
    keptOn: (at: string, ground: string) =>
      `The business answered on ${at}: kept by law, since ${ground}. If you disagree, complain to the supervising authority.`,
    wasReported: 'You reported it. The service looks into it, and the business does not learn who reported.',
  },
} as const;

/** Why a partner is reported, in words. */
export const reportReason = (reason: ReportReason, language: Language): string => words[language].reasons[reason];

/** On what ground something is kept, in words. */
export const keepingGround = (ground: KeepingGround, language: Language): string => words[language].grounds[ground];

/** An answer in a few words. */
export const deletionAnswer = (answer: DeletionAnswer, language: Language): string => {
  const said = words[language];
  if (answer === 'deleted') return said.deleted;
  return language === 'zh' ? `${said.kept}：${said.grounds[answer]}` : `${said.kept}: ${said.grounds[answer]}`;
};

/** What the history lists of what its holder did about a partner. */
export const rightsBody = (
  entry: RightsEntry,
  language: Language,
): { readonly title: string; readonly text: string; readonly look: string; readonly alarm: string } => {
  const said = words[language];
  const text = `${entry.partner[language]} · ${said.numbered(entry.check)}`;
  switch (entry.kind) {
    case 'partner_reported':
      return { title: said.reported, text, look: said.reasons[entry.reason], alarm: '' };
    case 'deletion_asked':
      return { title: said.asked, text, look: '', alarm: '' };
    case 'deletion_answered':
      return { title: said.answered, text, look: deletionAnswer(entry.answer, language), alarm: '' };
    case 'consent_withdrawn':
      return { title: said.withdrew, text, look: purposeTable[entry.purpose].names[language], alarm: '' };
  }
};

/** What became of what a holder did about a look, as the look's own page tells it; empty where nothing was done. */
export interface ToldStanding {
  readonly report: string;
  readonly deletion: string;
  readonly isOverdue: boolean;
  readonly canReport: boolean;
  readonly canAskDeletion: boolean;
  /** Whether the partner may ask after the card. */
  readonly consent: string;
  readonly canWithdraw: boolean;
}

const deletionText = (deletion: NonNullable<LookStanding['deletion']>, language: Language): string => {
  const said = words[language];
  const { answered, askedAt, dueAt } = deletion;
  if (!answered) return said.askedOn(showMoment(askedAt, language), showMoment(dueAt, language));
  const at = showMoment(answered.at, language);
  return answered.answer === 'deleted' ? said.deletedOn(at) : said.keptOn(at, said.grounds[answered.answer]);
};

/**
 * How the page of a look tells what its holder did about it.
 * @param isMissing whether the entry itself is: then nobody can be reported by it
 */
export const tellStanding = (standing: LookStanding, language: Language, isMissing = false): ToldStanding => {
  const { isReported, deletion, mayAskDeletion, consent } = standing;
  const overdue = deletion?.isOverdue === true ? words[language].overdue : '';
  return {
    report: isReported ? words[language].wasReported : '',
    deletion: deletion
      ? [deletionText(deletion, language), overdue].filter(Boolean).join(language === 'zh' ? '' : ' ')
      : '',
    isOverdue: overdue !== '',
    canReport: !isReported && !isMissing,
    canAskDeletion: mayAskDeletion,
    consent: tellConsent(consent, language),
    canWithdraw: consent?.state === 'given',
  };
};
