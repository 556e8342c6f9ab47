import { tellFigures, type ToldFigures } from '../../../presenters/figures';
import { tellOperator } from '../../../presenters/operator-refusal';
import { getFigures } from '../../../services/operator';
import { refreshed, title } from '../../../services/routes';
import { figuresWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = figuresWords[language];

Page({
  data: {
    words,
    state: 'loading' as 'loading' | 'figures' | 'failed',
    told: null as ToldFigures | null,
    failure: { title: '', text: '' },
  },

  onLoad(): Promise<void> {
    title(words.barTitle);
    return this.open();
  },

  async onPullDownRefresh(): Promise<void> {
    await this.open();
    refreshed();
  },

  async open(): Promise<void> {
    const called = await getFigures();
    if (called.ok) this.setData({ state: 'figures', told: tellFigures(called.reply, language) });
    else this.setData({ state: 'failed', failure: tellOperator(called.error, language) });
  },

  onRetry(): Promise<void> {
    this.setData({ state: 'loading' });
    return this.open();
  },
});
