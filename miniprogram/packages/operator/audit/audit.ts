import type { ListAuditReply } from '../../../protocol';
import { auditDays, type AuditDay } from '../../../presenters/audit';
import { tellOperator } from '../../../presenters/operator-refusal';
import { listAudit } from '../../../services/operator';
import { refreshed, title } from '../../../services/routes';
import { auditWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = auditWords[language];

Page({
  data: {
    words,
    state: 'loading' as 'loading' | 'list' | 'failed',
    days: [] as AuditDay[],
    /** The entry whose whole text is shown. */
    open: '',
    hasMore: false,
    failure: { title: '', text: '' },
  },

  entries: [] as ListAuditReply['entries'],
  next: null as ListAuditReply['next'],
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

  /** Reads the next page and puts it below what is there. */
  async read(before: ListAuditReply['entries']): Promise<void> {
    if (this.isReading) return;
    this.isReading = true;
    const called = await listAudit(this.next ? { before: this.next } : {});
    this.isReading = false;
    if (!called.ok) {
      // What was read already stays; a further page can be asked for again.
      if (before.length === 0) this.setData({ state: 'failed', failure: tellOperator(called.error, language) });
      return;
    }
    this.entries = [...before, ...called.reply.entries];
    this.next = called.reply.next;
    this.setData({ state: 'list', days: auditDays(this.entries, language), hasMore: this.next !== null });
  },

  onEntry({ currentTarget }: WechatMiniprogram.TouchEvent) {
    const id = String(currentTarget.dataset['id']);
    this.setData({ open: this.data.open === id ? '' : id });
  },
});
