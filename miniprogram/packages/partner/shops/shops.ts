import { tellPartnerRefusal } from '../../../presenters/partner-refusal';
import { getPartner } from '../../../services/partner';
import { go, title } from '../../../services/routes';
import { shopsWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const { terminals, ...words } = shopsWords[language];

Page({
  data: {
    words,
    state: 'loading' as 'loading' | 'list' | 'failed',
    shops: [] as { id: string; name: string; text: string }[],
    failure: { title: '', text: '' },
  },

  onLoad() {
    title(words.barTitle);
  },

  /** What was changed on another page is seen on the way back. */
  onShow(): Promise<void> {
    return this.read();
  },

  async read(): Promise<void> {
    const called = await getPartner();
    if (!called.ok) {
      this.setData({ state: 'failed', failure: tellPartnerRefusal(called.error, language) });
      return;
    }
    const shops = called.reply.shops.map(({ id, names, address, terminals: those }) => ({
      id,
      name: names[language],
      text: `${address} · ${terminals(those.length)}`,
    }));
    this.setData({ state: 'list', shops });
  },

  onOpen({ currentTarget }: WechatMiniprogram.CustomEvent): Promise<void> {
    return go({ page: 'shop', shop: String(currentTarget.dataset['shop']) });
  },

  onNew(): Promise<void> {
    return go({ page: 'shop' });
  },

  onRetry(): Promise<void> {
    this.setData({ state: 'loading' });
    return this.read();
  },
});
