import { tellAlarm, type ToldAlarm } from '../../../presenters/operator-alarms';
import { tellOperator } from '../../../presenters/operator-refusal';
import { ask, say, tell } from '../../../services/dialogs';
import { closeAlarm, describeOperator, listAlarms } from '../../../services/operator';
import { go, referenceOf, refreshed, title } from '../../../services/routes';
import { wallClock } from '../../../services/wall-clock';
import { alarmsWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = alarmsWords[language];

Page({
  data: {
    words,
    state: 'loading' as 'loading' | 'list' | 'failed',
    alarms: [] as ToldAlarm[],
    canClose: false,
    canSuspend: false,
    busy: false,
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
    const [who, called] = await Promise.all([describeOperator(), listAlarms()]);
    if (!called.ok) {
      this.setData({ state: 'failed', failure: tellOperator(called.error, language) });
      return;
    }
    const now = wallClock();
    this.setData({
      state: 'list',
      canClose: who.ok && who.reply.may.includes('closeAlarm'),
      canSuspend: who.ok && who.reply.acts.includes('suspend_partner'),
      alarms: called.reply.alarms.map((alarm) => tellAlarm(alarm, now, language)),
    });
  },

  onRetry(): Promise<void> {
    this.setData({ state: 'loading' });
    return this.open();
  },

  async onClose({ currentTarget }: WechatMiniprogram.TouchEvent): Promise<void> {
    const asked = words.asked;
    if (this.data.busy) return;
    if (!(await ask({ title: asked.title, text: asked.text, yes: asked.yes, no: asked.no }))) return;
    this.setData({ busy: true });
    const called = await closeAlarm(String(currentTarget.dataset['alarm']));
    this.setData({ busy: false });
    if (called.ok) say(words.closed);
    else await tell({ ...tellOperator(called.error, language), ok: words.understood });
    await this.open();
  },

  async onSuspend({ currentTarget }: WechatMiniprogram.TouchEvent): Promise<void> {
    const reference = referenceOf({ reference: String(currentTarget.dataset['partner']) });
    await go({ page: 'propose', kind: 'suspend_partner', reference });
  },
});
