import type { Card, CardReply } from '../../../protocol';
import { manageRows, type ManageAct, type ManageRow } from '../../../presenters/manage';
import { tellNoConsent } from '../../../presenters/reminders';
import { tellRefusal } from '../../../presenters/refusal';
import type { Called } from '../../../services/call';
import { ask, say, tell } from '../../../services/dialogs';
import { resumeCard, suspendCard } from '../../../services/holder';
import { loadCard } from '../../../services/phone-card';
import {
  askForReminder,
  forgetReminder,
  loadReminder,
  openMessageSettings,
  type Reminder,
} from '../../../services/reminders';
import { go, refreshed, restartAt, title } from '../../../services/routes';
import { manageWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = manageWords[language];

Page({
  data: {
    words,
    state: 'loading' as 'loading' | 'rows' | 'failed',
    rows: [] as ManageRow[],
    busy: false,
    failure: { title: '', text: '' },
  },

  card: null as Card | null,
  reminder: null as Reminder | null,

  onLoad() {
    title(words.barTitle);
  },

  onShow(): Promise<void> {
    return this.load();
  },

  async onPullDownRefresh(): Promise<void> {
    await this.load();
    refreshed();
  },

  async load(): Promise<void> {
    const [called, reminder] = await Promise.all([loadCard(), loadReminder('card_ends')]);
    this.reminder = reminder;
    if (called.ok) this.take(called.reply);
    else if (called.error.code === 'not_found') await restartAt({ page: 'home' });
    else this.setData({ state: 'failed', failure: tellRefusal(called.error, language) });
  },

  take({ card }: Pick<CardReply, 'card'>) {
    this.card = card;
    this.setData({ state: 'rows', rows: manageRows(card, language, this.reminder?.isWanted ?? null) });
  },

  onRetry(): Promise<void> {
    this.setData({ state: 'loading' });
    return this.load();
  },

  /** What each row does. */
  async onChoose({ currentTarget }: WechatMiniprogram.CustomEvent): Promise<void> {
    const since = this.card?.killCodeMadeAt;
    const acts: Readonly<Record<ManageAct, () => Promise<void>>> = {
      suspend: () => this.suspend(),
      resume: () => this.change(resumeCard),
      'kill-code': () => go({ page: 'kill-code', ...(since !== undefined && { since }) }),
      visit: () => go({ page: 'visit' }),
      reminder: () => this.remind(),
      consents: () => go({ page: 'consents' }),
      wards: () => go({ page: 'wards' }),
      'data-export': () => go({ page: 'data-export' }),
      deletion: () => go({ page: 'deletion' }),
    };
    const row = this.data.rows.find(({ act }) => act === currentTarget.dataset['act']);
    if (row?.isOpen) await acts[row.act]();
  },

  async suspend(): Promise<void> {
    const asked = words.question;
    if (await ask({ title: asked.title, text: asked.text, yes: asked.yes, no: asked.no }))
      await this.change(suspendCard);
  },

  /** Switches the reminder on or off. The super-app's dialogue follows the tap at once. */
  async remind(): Promise<void> {
    const { card, reminder } = this;
    if (!card || !reminder || this.data.busy) return;
    this.setData({ busy: true });
    const wanted = reminder.isWanted
      ? ({ at: 'service', called: await forgetReminder('card_ends') } as const)
      : await askForReminder({ kind: 'card_ends' }, reminder.template);
    this.setData({ busy: false });
    if (wanted.at === 'phone') {
      const { title: heading, text, yes, no } = tellNoConsent(wanted.because, language);
      if (yes === null) await tell({ title: heading, text, ok: no });
      else if (await ask({ title: heading, text, yes, no })) await openMessageSettings();
    } else if (wanted.called.ok) {
      this.reminder = wanted.called.reply;
      this.take({ card });
      say(this.reminder?.isWanted === true ? words.willRemind : words.noReminder);
    } else await tell({ ...tellRefusal(wanted.called.error, language), ok: words.understood });
  },

  async change(call: () => Promise<Called<CardReply>>): Promise<void> {
    if (this.data.busy) return;
    this.setData({ busy: true });
    const called = await call();
    this.setData({ busy: false });
    if (!called.ok) {
      await tell({ ...tellRefusal(called.error, language), ok: words.understood });
      return;
    }
    this.take(called.reply);
    say(called.reply.card.status === 'valid' ? words.resumed : words.suspended);
  },
});
