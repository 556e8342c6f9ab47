import { listedConsents, type ListedConsent } from '../../../presenters/consents';
import { tellRefusal } from '../../../presenters/refusal';
import { listConsents } from '../../../services/holder';
import { go, numberOf, refreshed, title } from '../../../services/routes';
import { consentsWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = consentsWords[language];

Page({
  data: {
    words,
    state: 'loading' as 'loading' | 'list' | 'failed',
    consents: [] as ListedConsent[],
    failure: { title: '', text: '' },
  },

  onLoad() {
    title(words.barTitle);
  },

  /** Also on the way back from an entry, where one may have been withdrawn. */
  onShow(): Promise<void> {
    return this.load();
  },

  async onPullDownRefresh(): Promise<void> {
    await this.load();
    refreshed();
  },

  async load(): Promise<void> {
    const called = await listConsents();
    if (called.ok) this.setData({ state: 'list', consents: listedConsents(called.reply.consents, language) });
    else this.setData({ state: 'failed', failure: tellRefusal(called.error, language) });
  },

  onRetry(): Promise<void> {
    this.setData({ state: 'loading' });
    return this.load();
  },

  async onOpen({ currentTarget }: WechatMiniprogram.CustomEvent): Promise<void> {
    const number = numberOf({ number: String(currentTarget.dataset['number']) });
    if (number !== null) await go({ page: 'entry', number });
  },
});
