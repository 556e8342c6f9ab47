import {
  deskRows,
  roleName,
  waitingActs,
  waitingApplications,
  waitingCases,
  type DeskCase,
  type DeskRow,
  type DeskTask,
} from '../../../presenters/desk';
import { shortReference } from '../../../presenters/reference';
import { tellRefusal } from '../../../presenters/refusal';
import { openDesk } from '../../../services/desk';
import { go, referenceOf, refreshed, restartAt, title } from '../../../services/routes';
import { wallClock } from '../../../services/wall-clock';
import { deskWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = deskWords[language];

Page({
  data: {
    words,
    state: 'loading' as 'loading' | 'desk' | 'notOperator' | 'failed',
    role: '',
    operator: '',
    rows: [] as DeskRow[],
    /** Whether the role decides cases or applications; null: they could not be read. */
    cases: [] as DeskCase[] | null,
    /** How many of them this reviewer can decide. */
    open: 0,
    applications: [] as DeskTask[] | null,
    reviews: false,
    registers: false,
    failure: { title: '', text: '' },
  },

  onLoad() {
    title(words.barTitle);
  },

  /** Whatever was decided on another page waits no more. */
  onShow(): Promise<void> {
    return this.open();
  },

  async onPullDownRefresh(): Promise<void> {
    await this.open();
    refreshed();
  },

  async open(): Promise<void> {
    const called = await openDesk();
    if (!called.ok) {
      const { error } = called;
      if (error.code === 'not_permitted') this.setData({ state: 'notOperator' });
      else this.setData({ state: 'failed', failure: tellRefusal(error, language) });
      return;
    }
    const { who, tasks, acts, alarms } = called.reply;
    const now = wallClock();
    const cases = tasks && waitingCases(tasks.cases, now, language);
    this.setData({
      state: 'desk',
      role: roleName(who.role, language),
      operator: shortReference(who.operator),
      rows: deskRows(
        who.may,
        { acts: acts && waitingActs(acts.acts, who.acts), alarms: alarms?.alarms.length ?? null },
        language,
      ),
      reviews: who.may.includes('reviewCases'),
      registers: who.may.includes('decidePartners'),
      cases,
      open: cases?.filter(({ isOwn }) => !isOwn).length ?? 0,
      applications: tasks && waitingApplications(tasks.applications, now, language),
    });
  },

  onRetry(): Promise<void> {
    this.setData({ state: 'loading' });
    return this.open();
  },

  async onRow({ currentTarget }: WechatMiniprogram.TouchEvent): Promise<void> {
    const row = this.data.rows.find(({ page }) => page === currentTarget.dataset['page']);
    if (row) await go({ page: row.page });
  },

  async onCase({ currentTarget }: WechatMiniprogram.TouchEvent): Promise<void> {
    await go({ page: 'casefile', reference: referenceOf({ reference: String(currentTarget.dataset['id']) }) });
  },

  async onApplication({ currentTarget }: WechatMiniprogram.TouchEvent): Promise<void> {
    await go({ page: 'application', reference: referenceOf({ reference: String(currentTarget.dataset['id']) }) });
  },

  onLeave(): Promise<void> {
    return restartAt({ page: 'home' });
  },
});
