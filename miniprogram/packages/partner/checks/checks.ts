import { mayDoForPartner, type ListChecksReply, type MadeCheck, type PartnerShop } from '../../../protocol';
import { listCheckDays, type ListedCheckDay, type ReceiptState } from '../../../presenters/made-checks';
import { tellPartnerRefusal } from '../../../presenters/partner-refusal';
import { getPartner, listChecks } from '../../../services/partner';
import { hearReceiptKeys, stateOfMadeCheck } from '../../../services/receipts';
import { go, refreshed, title } from '../../../services/routes';
import type { HeardKeys } from '../../../services/trusted-keys';
import { wallClock } from '../../../services/wall-clock';
import { checksWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = checksWords[language];

Page({
  data: {
    words,
    state: 'loading' as 'loading' | 'list' | 'failed',
    scope: 'own' as 'own' | 'all',
    days: [] as ListedCheckDay[],
    hasKeys: true,
    foot: 'end' as 'more' | 'end' | 'cut',
    failure: { title: '', text: '' },
  },

  partner: '',
  shops: [] as readonly PartnerShop[],
  keys: { ok: false, because: 'unreachable' } as HeardKeys,
  checks: [] as MadeCheck[],
  receipts: new Map<string, ReceiptState>(),
  next: null as ListChecksReply['next'],
  isReading: false,

  onLoad(): Promise<void> {
    title(words.barTitle);
    return this.open();
  },

  async onPullDownRefresh(): Promise<void> {
    await this.open();
    refreshed();
  },

  async onReachBottom(): Promise<void> {
    if (this.next) await this.read(this.checks);
  },

  onRetry(): Promise<void> {
    this.setData({ state: 'loading' });
    return this.open();
  },

  onExport(): Promise<void> {
    return go({ page: 'export' });
  },

  async open(): Promise<void> {
    const [partner, keys] = await Promise.all([getPartner(), hearReceiptKeys()]);
    if (!partner.ok) {
      this.setData({ state: 'failed', failure: tellPartnerRefusal(partner.error, language) });
      return;
    }
    this.partner = partner.reply.partner;
    this.shops = partner.reply.shops;
    this.keys = keys;
    this.receipts = new Map();
    this.next = null;
    const scope = mayDoForPartner(partner.reply.role, 'seeAllChecks') ? 'all' : 'own';
    this.setData({ scope, hasKeys: keys.ok || keys.because === 'changed' });
    await this.read([]);
  },

  /** Reads the next page and puts it below what is there. */
  async read(before: MadeCheck[]): Promise<void> {
    if (this.isReading) return;
    this.isReading = true;
    const called = await listChecks(this.next ? { before: this.next } : {});
    this.isReading = false;
    if (!called.ok) {
      // What was read already stays; a further page can be asked for again.
      if (before.length > 0) this.setData({ foot: 'cut' });
      else this.setData({ state: 'failed', failure: tellPartnerRefusal(called.error, language) });
      return;
    }
    for (const check of called.reply.checks) {
      this.receipts.set(check.id, stateOfMadeCheck(check, this.partner, this.keys));
    }
    this.checks = [...before, ...called.reply.checks];
    this.next = called.reply.next;
    this.setData({
      state: 'list',
      days: listCheckDays(this.checks, this.shops, this.receipts, wallClock(), language),
      foot: this.next ? 'more' : 'end',
    });
  },
});
