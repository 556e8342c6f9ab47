import type { DoneReply } from '../../../protocol';
import { askedOfAct, tellAct, type ToldAct } from '../../../presenters/critical-acts';
import { tellOperator } from '../../../presenters/operator-refusal';
import type { Called } from '../../../services/call';
import { ask, say, tell } from '../../../services/dialogs';
import { nameKey } from '../../../services/key-names';
import { confirmAct, describeOperator, listActs, withdrawAct } from '../../../services/operator';
import { go, refreshed, title } from '../../../services/routes';
import { wallClock } from '../../../services/wall-clock';
import { actsWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = actsWords[language];

Page({
  data: {
    words,
    state: 'loading' as 'loading' | 'list' | 'failed',
    acts: [] as ToldAct[],
    canPropose: false,
    busy: false,
    failure: { title: '', text: '' },
  },

  onLoad() {
    title(words.barTitle);
  },

  onShow(): Promise<void> {
    return this.open();
  },

  async onPullDownRefresh(): Promise<void> {
    await this.open();
    refreshed();
  },

  async open(): Promise<void> {
    const [who, acts] = await Promise.all([describeOperator(), listActs()]);
    if (!who.ok || !acts.ok) {
      const { error } = who.ok ? (acts as Extract<typeof acts, { ok: false }>) : who;
      this.setData({ state: 'failed', failure: tellOperator(error, language) });
      return;
    }
    const mine = who.reply.acts;
    const now = wallClock();
    this.setData({
      state: 'list',
      canPropose: mine.length > 0,
      acts: acts.reply.acts.map((act) => tellAct(act, { mine, now, nameKey }, language)),
    });
  },

  onRetry(): Promise<void> {
    this.setData({ state: 'loading' });
    return this.open();
  },

  actOf({ currentTarget }: WechatMiniprogram.TouchEvent): ToldAct | undefined {
    return this.data.acts.find(({ proposal }) => proposal === currentTarget.dataset['proposal']);
  },

  /** Confirms what this screen shows: by the hash that came with it, so that nothing can be put in its place. */
  async onConfirm(event: WechatMiniprogram.TouchEvent): Promise<void> {
    const act = this.actOf(event);
    if (!act || !(await ask({ ...askedOfAct(act), yes: words.yes, no: words.no }))) return;
    await this.decide(act.takesTime ? 'begin' : 'confirm', () =>
      confirmAct({ proposal: act.proposal, hash: act.hash }),
    );
  },

  async onWithdraw(event: WechatMiniprogram.TouchEvent): Promise<void> {
    const act = this.actOf(event);
    const asked = words.withdrawAsked;
    if (!act || !(await ask({ title: asked.title, text: asked.text, yes: asked.yes, no: asked.no }))) return;
    await this.decide('withdraw', () => withdrawAct(act.proposal));
  },

  async decide(decision: 'confirm' | 'begin' | 'withdraw', call: () => Promise<Called<DoneReply>>): Promise<void> {
    if (this.data.busy) return;
    this.setData({ busy: true });
    const called = await call();
    this.setData({ busy: false });
    if (called.ok) say(words.done[decision]);
    else await tell({ ...tellOperator(called.error, language), ok: words.understood });
    await this.open();
  },

  onPropose(): Promise<void> {
    return go({ page: 'propose' });
  },
});
