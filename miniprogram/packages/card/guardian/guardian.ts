import type { OpenGuardianCallReply } from '../../../protocol';
import { listedWards, showChild, typedNumber, type ListedWard, type ShownChild } from '../../../presenters/guardian';
import { tellRefusal, type ToldRefusal } from '../../../presenters/refusal';
import { ask, say } from '../../../services/dialogs';
import { consent } from '../../../services/guardian';
import { listWards, openGuardianCall, withdrawAsGuardian } from '../../../services/holder';
import { replace, restartAt, title } from '../../../services/routes';
import { wardsWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = wardsWords[language];

type State = 'cardless' | 'number' | 'read' | 'working' | 'given' | 'unconfirmed' | 'refused';

Page({
  data: {
    words,
    state: 'number' as State,
    busy: false,
    withdrawing: false,
    typed: '',
    /** What is wrong with what was typed, or with the finger; empty where nothing is. */
    fault: '',
    child: null as ShownChild | null,
    note: '',
    told: null as ToldRefusal | null,
    wards: [] as ListedWard[],
    listFailed: false,
  },

  number: '',
  opened: null as OpenGuardianCallReply | null,

  async onLoad(): Promise<void> {
    title(words.barTitle);
    await this.list();
  },

  onUnload() {
    // What was read of a child leaves with the page.
    this.opened = null;
    this.number = '';
    this.setData({ child: null, wards: [] });
  },

  async list(): Promise<void> {
    const called = await listWards();
    // Whoever has no card can consent for nobody.
    if (!called.ok && called.error.code === 'not_found') this.setData({ state: 'cardless' });
    this.setData({ listFailed: !called.ok, wards: called.ok ? listedWards(called.reply.wards, language) : [] });
  },

  onType({ detail }: WechatMiniprogram.Input) {
    this.setData({ typed: detail.value, fault: '' });
  },

  async onOpen(): Promise<void> {
    const number = typedNumber(this.data.typed);
    if (number === null) {
      this.setData({ fault: words.short });
      return;
    }
    this.setData({ busy: true, fault: '' });
    const called = await openGuardianCall({ number });
    this.setData({ busy: false });
    if (!called.ok) {
      if (called.error.code === 'not_found') this.setData({ fault: words.unknown });
      else this.setData({ state: 'refused', told: tellRefusal(called.error, language) });
      return;
    }
    this.number = number;
    this.opened = called.reply;
    const note = called.reply.fingerprint ? words.consentFinger : words.consentNote;
    this.setData({ state: 'read', child: showChild(called.reply, language), note });
  },

  async onConsent(): Promise<void> {
    const { opened, number } = this;
    if (!opened) return;
    this.setData({ state: 'working', fault: '' });
    const consented = await consent(number, opened, words.prompt);
    if (consented.at === 'phone') {
      this.setData({ state: 'read', fault: words.faults[consented.because] });
    } else if (consented.called.ok) {
      this.setData({ state: consented.called.reply.guardian, child: null, typed: '' });
      await this.list();
    } else this.setData({ state: 'refused', told: tellRefusal(consented.called.error, language) });
  },

  /** Back to the number: nothing was consented to, and the number serves this phone as long as it lives. */
  onBack() {
    this.opened = null;
    this.setData({ state: 'number', child: null, told: null, fault: '' });
  },

  async onNext(): Promise<void> {
    const { told } = this.data;
    if (told?.next === 'home') await this.onLeave();
    else if (told?.next === 'bind-finger') await replace({ page: 'security' });
    else if (told?.next === 'try-again' && this.opened) await this.onConsent();
    else this.onBack();
  },

  async onWithdraw({ currentTarget }: WechatMiniprogram.TouchEvent): Promise<void> {
    if (this.data.withdrawing) return;
    const reference = String(currentTarget.dataset['reference']);
    const asked = words.question;
    if (!(await ask({ title: asked.title, text: asked.text, yes: asked.yes, no: asked.no }))) return;
    this.setData({ withdrawing: true });
    const called = await withdrawAsGuardian({ reference });
    await this.list();
    this.setData({ withdrawing: false });
    say(called.ok ? words.withdrawn : tellRefusal(called.error, language).text);
  },

  onLeave(): Promise<void> {
    return restartAt({ page: 'home' });
  },
});
