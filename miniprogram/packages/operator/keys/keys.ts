import { massActKinds } from '../../../presenters/mass-act-form';
import { tellKey, type ToldKey } from '../../../presenters/issuer-keys';
import { tellMassAct, type ToldMassAct } from '../../../presenters/mass-acts';
import { tellOperator } from '../../../presenters/operator-refusal';
import { describeOperator, listKeys, listMassActs } from '../../../services/operator';
import { actOf, go, keyOf, refreshed, title } from '../../../services/routes';
import { keysWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = keysWords[language];

Page({
  data: {
    words,
    state: 'loading' as 'loading' | 'list' | 'failed',
    cardKeys: [] as ToldKey[],
    receiptKeys: [] as ToldKey[],
    /** Null where they could not be read. */
    acts: [] as ToldMassAct[] | null,
    canPropose: false,
    failure: { title: '', text: '' },
  },

  onLoad() {
    title(words.barTitle);
  },

  /** An act may have gone on while another page lay over this one. */
  onShow(): Promise<void> {
    return this.open();
  },

  async onPullDownRefresh(): Promise<void> {
    await this.open();
    refreshed();
  },

  async open(): Promise<void> {
    const [who, keys, acts] = await Promise.all([describeOperator(), listKeys(), listMassActs()]);
    if (!keys.ok) {
      this.setData({ state: 'failed', failure: tellOperator(keys.error, language) });
      return;
    }
    const mine = who.ok ? who.reply.acts : [];
    const told = (wanted: 'cards' | 'receipts'): ToldKey[] =>
      keys.reply.keys.filter(({ use }) => use === wanted).map((key) => tellKey(key, mine, language));
    this.setData({
      state: 'list',
      cardKeys: told('cards'),
      receiptKeys: told('receipts'),
      acts: acts.ok ? acts.reply.acts.map((act) => tellMassAct(act, language)) : null,
      canPropose: massActKinds.some((kind) => mine.includes(kind)),
    });
  },

  onRetry(): Promise<void> {
    this.setData({ state: 'loading' });
    return this.open();
  },

  async onAct({ currentTarget }: WechatMiniprogram.TouchEvent): Promise<void> {
    const query = { kind: String(currentTarget.dataset['kind']), kid: String(currentTarget.dataset['kid']) };
    const kind = actOf(query);
    if (kind) await go({ page: 'mass-act', kind, kid: keyOf(query) });
  },

  onPropose(): Promise<void> {
    return go({ page: 'mass-act' });
  },
});
