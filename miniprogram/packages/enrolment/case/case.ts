import { showNumber, tellNoNumber, type ShownNumber } from '../../../presenters/counter-number';
import { tellNoConsent } from '../../../presenters/reminders';
import { tellRefusal } from '../../../presenters/refusal';
import { tellCase, type CaseStep, type ToldCase } from '../../../presenters/told-case';
import { askForNumber, type CounterCall } from '../../../services/counter-call';
import { ask, say, tell } from '../../../services/dialogs';
import {
  followKept,
  forgetFollowedCase,
  goOnWith,
  photographFor,
  type FollowedCase,
} from '../../../services/followed-case';
import { appealCase } from '../../../services/holder';
import { askForReminder, loadReminder, openMessageSettings, type Reminder } from '../../../services/reminders';
import { go, refreshed, replace, restartAt, title } from '../../../services/routes';
import { caseWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = caseWords[language];

/** While a number is read out, the page asks so often whether the counter has decided, in seconds. */
const ASK_EVERY = 5;

Page({
  data: {
    words,
    state: 'loading' as 'loading' | 'told' | 'failed',
    told: null as ToldCase | null,
    /** The number for the counter, while there is one. */
    shown: null as ShownNumber | null,
    busy: false,
    failure: { title: '', text: '' },
  },

  followed: null as FollowedCase | null,
  reminder: null as Reminder | null,
  call: null as CounterCall | null,
  ticking: null as ReturnType<typeof setInterval> | null,
  ticks: 0,

  onLoad() {
    title(words.barTitle);
  },

  async onShow(): Promise<void> {
    await this.load();
    this.tick();
  },

  onHide() {
    this.rest();
  },

  onUnload() {
    this.call = null;
    this.rest();
  },

  async onPullDownRefresh(): Promise<void> {
    await this.load();
    refreshed();
  },

  async load(): Promise<void> {
    const found = await followKept();
    if (!found) return restartAt({ page: 'home' });
    if (!found.ok) {
      // What is on the screen already stays there; a case that is gone is followed no more.
      if (found.error.code === 'not_found') await forgetFollowedCase();
      if (this.data.state !== 'told') {
        this.setData({ state: 'failed', failure: tellRefusal(found.error, language) });
      }
      return;
    }
    this.followed = found.reply;
    this.reminder = found.reply.reply.state === 'inReview' ? await loadReminder('case_decided') : null;
    const told = tellCase(found.reply.reply, language, this.reminder?.isWanted ?? null);
    if (told.isOver) await forgetFollowedCase();
    if (found.reply.reply.state !== 'open') this.endCall();
    this.setData({ state: 'told', told, failure: { title: '', text: '' } });
  },

  onRetry(): Promise<void> {
    this.setData({ state: 'loading' });
    return this.load();
  },

  onPrimary(): Promise<void> {
    return this.data.told ? this.act(this.data.told.primary.step) : Promise.resolve();
  },

  async onOther({ currentTarget }: WechatMiniprogram.CustomEvent): Promise<void> {
    const other = this.data.told?.others.find(({ step }) => step === currentTarget.dataset['step']);
    if (other) await this.act(other.step);
  },

  async act(step: CaseStep): Promise<void> {
    const { followed } = this;
    if (!followed || this.data.busy) return;
    const { caseId, reply } = followed;
    switch (step) {
      case 'photograph':
        photographFor(caseId);
        return replace({ page: 'capture', side: 'front' });
      case 'call':
        return this.askForNumber(caseId);
      case 'finish':
        if (reply.state !== 'matched') return;
        goOnWith(caseId, reply.nonce);
        return replace({ page: 'selfie' });
      case 'appeal':
        return this.appeal(caseId);
      case 'look-again':
        return this.lookAgain();
      case 'remind':
        return this.remind(caseId);
      case 'at-counter':
        return go({ page: 'consent', by: 'counter' });
      case 'start-again':
        return go({ page: 'consent' });
      case 'home':
        return restartAt({ page: 'home' });
    }
  },

  async askForNumber(caseId: string): Promise<void> {
    this.setData({ busy: true, failure: { title: '', text: '' } });
    const called = await askForNumber(caseId);
    this.setData({ busy: false });
    if (called.ok) {
      this.call = called.reply;
      this.tick();
    } else {
      await this.load();
      this.setData({ failure: tellNoNumber(called.error, language) });
    }
  },

  async appeal(caseId: string): Promise<void> {
    const asked = words.question;
    if (!(await ask({ title: asked.title, text: asked.text, yes: asked.yes, no: asked.no }))) return;
    this.setData({ busy: true });
    const called = await appealCase({ caseId });
    await this.load();
    this.setData({ busy: false });
    if (!called.ok) this.setData({ failure: tellRefusal(called.error, language) });
  },

  async lookAgain(): Promise<void> {
    const before = this.data.told?.title;
    this.setData({ busy: true });
    await this.load();
    this.setData({ busy: false });
    if (this.data.told?.title === before) say(words.noNews);
  },

  /** Asks for a message once it is decided. The super-app's dialogue follows the tap at once. */
  async remind(caseId: string): Promise<void> {
    const { reminder } = this;
    if (!reminder) return;
    this.setData({ busy: true, failure: { title: '', text: '' } });
    const wanted = await askForReminder({ kind: 'case_decided', caseId }, reminder.template);
    if (wanted.at === 'service') await this.load();
    this.setData({ busy: false });
    if (wanted.at === 'phone') {
      const { title: heading, text, yes, no } = tellNoConsent(wanted.because, language);
      if (yes === null) await tell({ title: heading, text, ok: no });
      else if (await ask({ title: heading, text, yes, no })) await openMessageSettings();
    } else if (!wanted.called.ok) this.setData({ failure: tellRefusal(wanted.called.error, language) });
  },

  /** Shows what is left of the number, and asks now and then what the counter has said. */
  tick() {
    const { call } = this;
    if (!call) return;
    const shown = showNumber(call.number, call.left(), language);
    this.setData({ shown });
    this.ticks += 1;
    if (this.ticks % ASK_EVERY === 0) void this.load();
    if (shown.isOver) this.rest();
    else this.ticking ??= setInterval(() => this.tick(), 1000);
  },

  rest() {
    if (this.ticking !== null) clearInterval(this.ticking);
    this.ticking = null;
  },

  endCall() {
    this.call = null;
    this.rest();
    this.setData({ shown: null });
  },
});
