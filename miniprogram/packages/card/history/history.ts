import type { HistoryEntry, ListHistoryReply } from '../../../protocol';
import { listDays, type ListedDay } from '../../../presenters/history-days';
import { tellRefusal } from '../../../presenters/refusal';
import { listHistory } from '../../../services/holder';
import { go, numberOf, refreshed, title } from '../../../services/routes';
import { wallClock } from '../../../services/wall-clock';
import { historyWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = historyWords[language];

Page({
  data: {
    words,
    state: 'loading' as 'loading' | 'list' | 'failed',
    days: [] as ListedDay[],
    hasMore: false,
    failure: { title: '', text: '' },
  },

  entries: [] as HistoryEntry[],
  next: null as ListHistoryReply['next'],
  isReading: false,

  onLoad(): Promise<void> {
    title(words.barTitle);
    return this.read([]);
  },

  async onPullDownRefresh(): Promise<void> {
    this.next = null;
    await this.read([]);
    refreshed();
  },

  async onReachBottom(): Promise<void> {
    if (this.next) await this.read(this.entries);
  },

  onRetry(): Promise<void> {
    this.setData({ state: 'loading' });
    this.next = null;
    return this.read([]);
  },

  async onOpen({ currentTarget }: WechatMiniprogram.TouchEvent): Promise<void> {
    const number = numberOf({ number: String(currentTarget.dataset['number']) });
    if (number !== null) await go({ page: 'entry', number });
  },

  /** Reads the next page and puts it below what is there. */
  async read(before: HistoryEntry[]): Promise<void> {
    if (this.isReading) return;
    this.isReading = true;
    const called = await listHistory(this.next ? { before: this.next } : {});
    this.isReading = false;
    if (!called.ok) {
      // What was read already stays; a further page can be asked for again.
      if (before.length === 0) this.setData({ state: 'failed', failure: tellRefusal(called.error, language) });
      return;
    }
    this.entries = [...before, ...called.reply.entries];
    this.next = called.reply.next;
    this.setData({
      state: 'list',
      days: listDays(this.entries, wallClock(), language),
      hasMore: this.next !== null,
    });
  },
});
