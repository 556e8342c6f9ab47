import { showAskNumber, tellNoAskNumber } from '../../../presenters/ask-number';
import type { ShownNumber } from '../../../presenters/counter-number';
import type { ToldRefusal } from '../../../presenters/refusal';
import { openNumber, pauseAfter, type AskNumber } from '../../../services/ask-number';
import { back, replace, restartAt, title } from '../../../services/routes';
import { buzz } from '../../../services/screen';
import { askNumberWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = askNumberWords[language];

Page({
  data: {
    words,
    state: 'asking' as 'asking' | 'number' | 'refused',
    shown: null as ShownNumber | null,
    /** The last look got no answer. */
    isCut: false,
    told: null as ToldRefusal | null,
  },

  number: null as AskNumber | null,
  isSeen: true,
  isLooking: false,
  failures: 0,
  ticking: null as ReturnType<typeof setInterval> | null,
  pausing: null as ReturnType<typeof setTimeout> | null,

  onLoad(): Promise<void> {
    title(words.barTitle);
    return this.open();
  },

  onShow() {
    this.isSeen = true;
    this.goOn();
  },

  onHide() {
    this.isSeen = false;
    this.rest();
  },

  onUnload() {
    this.isSeen = false;
    this.number = null;
    this.rest();
  },

  async open(): Promise<void> {
    this.rest();
    this.number = null;
    this.failures = 0;
    this.setData({ state: 'asking', isCut: false });
    const called = await openNumber();
    if (!called.ok) {
      this.setData({ state: 'refused', told: tellNoAskNumber(called.error, language) });
      return;
    }
    this.number = called.reply;
    this.goOn();
  },

  /** Counts and looks while the page is seen: in the background no timer of it runs. */
  goOn() {
    if (!this.number || !this.isSeen) return;
    this.tick();
    void this.look();
  },

  tick() {
    const { number } = this;
    if (!number) return;
    const shown = showAskNumber(number.number, number.left(), language);
    this.setData({ state: 'number', shown });
    if (shown.isOver) this.stopTicking();
    else this.ticking ??= setInterval(() => this.tick(), 1000);
  },

  /** Looks whether an institution has asked, and goes on looking until the number is over: once more then, for it may have been entered at the last moment. */
  async look(): Promise<void> {
    const { number } = this;
    if (!number || this.isLooking) return;
    const wasOver = number.left() === 0;
    this.isLooking = true;
    const called = await number.find();
    this.isLooking = false;
    if (!this.isSeen) return;
    // Another number was asked for meanwhile: that one is looked for now.
    if (this.number !== number) return this.look();
    if (called.ok && called.reply !== null) {
      this.rest();
      buzz();
      return replace({ page: 'request', session: called.reply });
    }
    this.failures = called.ok ? 0 : this.failures + 1;
    this.setData({ isCut: !called.ok });
    if (called.ok && wasOver) return;
    this.stopPausing();
    this.pausing = setTimeout(() => void this.look(), pauseAfter(this.failures));
  },

  stopTicking() {
    if (this.ticking !== null) clearInterval(this.ticking);
    this.ticking = null;
  },

  stopPausing() {
    if (this.pausing !== null) clearTimeout(this.pausing);
    this.pausing = null;
  },

  rest() {
    this.stopTicking();
    this.stopPausing();
  },

  onAnew(): Promise<void> {
    return this.open();
  },

  onNext(): Promise<void> {
    return this.data.told?.next === 'home' ? restartAt({ page: 'home' }) : this.open();
  },

  onLeave(): Promise<void> {
    return back();
  },
});
