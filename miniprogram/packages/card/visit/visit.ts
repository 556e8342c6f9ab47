import { showNumber, tellNoNumber, type ShownNumber } from '../../../presenters/counter-number';
import type { ToldRefusal } from '../../../presenters/refusal';
import { askForNumber, type CounterCall } from '../../../services/counter-call';
import { back, restartAt, title } from '../../../services/routes';
import { visitWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = visitWords[language];

Page({
  data: {
    words,
    state: 'asking' as 'asking' | 'number' | 'refused',
    shown: null as ShownNumber | null,
    told: null as ToldRefusal | null,
  },

  call: null as CounterCall | null,
  ticking: null as ReturnType<typeof setInterval> | null,

  onLoad(): Promise<void> {
    title(words.barTitle);
    return this.ask();
  },

  onShow() {
    this.tick();
  },

  onHide() {
    this.rest();
  },

  onUnload() {
    this.call = null;
    this.rest();
  },

  async ask(): Promise<void> {
    this.rest();
    this.setData({ state: 'asking' });
    const called = await askForNumber();
    if (called.ok) {
      this.call = called.reply;
      this.tick();
    } else this.setData({ state: 'refused', told: tellNoNumber(called.error, language) });
  },

  /** Shows what is left, and goes on doing so while there is something left. */
  tick() {
    const { call } = this;
    if (!call) return;
    const shown = showNumber(call.number, call.left(), language);
    this.setData({ state: 'number', shown });
    if (shown.isOver) this.rest();
    else this.ticking ??= setInterval(() => this.tick(), 1000);
  },

  rest() {
    if (this.ticking !== null) clearInterval(this.ticking);
    this.ticking = null;
  },

  onAnew(): Promise<void> {
    return this.ask();
  },

  onNext(): Promise<void> {
    return this.data.told?.next === 'try-again' ? this.ask() : restartAt({ page: 'home' });
  },

  onLeave(): Promise<void> {
    return back();
  },
});
