import type { CriticalActKind, ListActsReply, ListTasksReply, OperatorAction, OperatorRole } from '../protocol';
import { showWait } from './days';
import type { Language } from './guidance';
import { shortReference } from './reference';

const words = {
  zh: {
    roles: { reviewer: '审核员', counter: '柜台', partners: '商户管理', security: '安全管理', auditor: '审计' },
    rows: {
      visitor: '接待来访者',
      acts: '双人操作',
      lookup: '查找虚拟身份卡',
      alarms: '告警',
      keys: '密钥与批量操作',
      servers: '商户服务器',
      figures: '数据',
      audit: '操作记录',
    },
    appeal: '申诉',
    second: '待第二位',
    own: '等同事',
    amends: '增加用途',
    applies: '新申请',
    unknown: '未读到',
  },
  en: {
    roles: {
      reviewer: 'Reviewer',
      counter: 'Counter',
      partners: 'Businesses',
      security: 'Security',
      auditor: 'Audit',
    },
    rows: {
      visitor: 'Receive a visitor',
      acts: 'Acts of two persons',
      lookup: 'Find a card',
      alarms: 'Alarms',
      keys: 'Keys and many cards',
      servers: 'Servers of businesses',
      figures: 'Figures',
      audit: 'Audit',
    },
    appeal: 'Appeal',
    second: '2nd look',
    own: 'With a colleague',
    amends: 'More purposes',
    applies: 'New',
    unknown: 'not read',
  },
} as const;

/** What a role is called. */
export const roleName = (role: OperatorRole, language: Language): string => words[language].roles[role];

/** A page of the console, as the desk leads to it. */
export type DeskPage = keyof (typeof words)['zh']['rows'];

const pages = [
  { page: 'visitor', icon: 'person', needs: 'receiveVisitors' },
  { page: 'lookup', icon: 'card', needs: 'findCard' },
  { page: 'acts', icon: 'shield', needs: 'seeActs' },
  { page: 'alarms', icon: 'warn', needs: 'seeAlarms' },
  { page: 'keys', icon: 'lock', needs: 'seeKeys' },
  { page: 'servers', icon: 'shop', needs: 'seeInstitutions' },
  { page: 'figures', icon: 'info', needs: 'seeFigures' },
  { page: 'audit', icon: 'history', needs: 'seeAudit' },
] as const satisfies readonly { readonly page: DeskPage; readonly icon: string; readonly needs: OperatorAction }[];

export interface DeskRow {
  readonly page: DeskPage;
  readonly icon: string;
  readonly name: string;
  /** How many wait; empty where nothing does or nothing is counted. */
  readonly count: string;
}

/** How many wait on a page; null where that could not be read. */
export type Waiting = Readonly<Partial<Record<DeskPage, number | null>>>;

/** The pages that an operator has something to do on. */
export const deskRows = (may: readonly OperatorAction[], waiting: Waiting, language: Language): DeskRow[] =>
  pages
    .filter(({ needs }) => may.includes(needs))
    .map(({ page, icon }) => {
      const count = waiting[page];
      const told = count === null ? words[language].unknown : String(count ?? 0);
      return { page, icon, name: words[language].rows[page], count: told === '0' ? '' : told };
    });

/** Something that waits for a decision. */
export interface DeskTask {
  readonly id: string;
  readonly name: string;
  readonly mark: string;
  readonly waits: string;
}

/** A case that waits for reviewers. */
export interface DeskCase extends DeskTask {
  /** The reviewer has accepted it, and waits for another one. */
  readonly isOwn: boolean;
}

type WaitingCase = ListTasksReply['cases'][number];

const markOf = ({ isAppeal, accepted }: WaitingCase, language: Language): string => {
  const { appeal, second, own } = words[language];
  if (accepted === 'own') return own;
  return [...(isAppeal ? [appeal] : []), ...(accepted === 'other' ? [second] : [])].join(' · ');
};

/** What has waited longest comes first, in each of these: what waits for others alone, last. */
const rankOf = ({ isAppeal, accepted }: WaitingCase): number => (accepted === 'own' ? 2 : isAppeal ? 0 : 1);

/** The cases that wait for a reviewer, appeals first: they wait the second time. @param now milliseconds since 1970 */
export const waitingCases = (cases: ListTasksReply['cases'], now: number, language: Language): DeskCase[] =>
  [...cases]
    .sort((one, other) => rankOf(one) - rankOf(other) || one.since - other.since)
    .map((one) => ({
      id: one.case,
      name: shortReference(one.case),
      mark: markOf(one, language),
      isOwn: one.accepted === 'own',
      waits: showWait(now - one.since, language),
    }));

/** The applications that wait, the longest waiting first. @param now milliseconds since 1970 */
export const waitingApplications = (
  applications: ListTasksReply['applications'],
  now: number,
  language: Language,
): DeskTask[] =>
  applications.map(({ partner: id, names, since, isRegistered }) => ({
    id,
    name: names[language],
    mark: isRegistered ? words[language].amends : words[language].applies,
    waits: showWait(now - since, language),
  }));

/** How many proposals this operator can decide; of a role that decides none, how many wait at all. */
export const waitingActs = (acts: ListActsReply['acts'], mine: readonly CriticalActKind[]): number =>
  acts.filter(({ kind, isOwn }) => !isOwn && (mine.length === 0 || mine.includes(kind))).length;
