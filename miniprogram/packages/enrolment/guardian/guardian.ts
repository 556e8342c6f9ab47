import { showNumber, type ShownNumber } from '../../../presenters/counter-number';
import { showCall } from '../../../presenters/guardian';
import { tellRefusal, type ToldRefusal } from '../../../presenters/refusal';
import type { Called } from '../../../services/call';
import type { Enrolment } from '../../../services/enrolment';
import { current } from '../../../services/enrolment-session';
import { askForCounter, askForGuardian, followGuardian, type ReadOutNumber } from '../../../services/guardian';
import { replace, restartAt, title } from '../../../services/routes';
import { follow } from '../steps';
import { guardianWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = guardianWords[language];

/** Every so many seconds the page asks whether the consent has come. */
const ASK_EVERY = 3;

type State = 'asking' | 'needed' | 'unconfirmed' | 'given' | 'refused';

Page({
  data: {
    words,
    state: 'asking' as State,
    busy: false,
    /** The number that is read out, to the guardian or to a counter; null before it was asked for. */
    shown: null as ShownNumber | null,
    told: null as ToldRefusal | null,
    /** Whether the case goes on at a counter rather than before the camera. */
    isFaceless: false,
  },

  enrolment: null as Enrolment | null,
  number: null as ReadOutNumber | null,
  ticking: null as ReturnType<typeof setInterval> | null,
  seconds: 0,

  async onLoad(): Promise<void> {
    title(words.barTitle);
    const session = current();
    if (session.at !== 'read') return restartAt({ page: 'home' });
    this.enrolment = session.enrolment;
    this.setData({ isFaceless: session.enrolment.isFaceless === true });
    await this.look();
    this.tick();
  },

  onShow() {
    this.tick();
  },

  onHide() {
    this.rest();
  },

  onUnload() {
    this.enrolment = null;
    this.number = null;
    this.rest();
  },

  /** How far the consent has come; an answer that does not come is asked for again, unless there is nothing on the screen yet. */
  async look(): Promise<void> {
    const { enrolment } = this;
    if (!enrolment) return;
    const called = await followGuardian(enrolment);
    if (this.enrolment !== enrolment) return;
    if (!called.ok) {
      if (this.data.state === 'asking') this.setData({ state: 'refused', told: tellRefusal(called.error, language) });
      return;
    }
    const step = called.reply;
    if (step === 'over') {
      this.rest();
      this.setData({ state: 'refused', told: tellRefusal({ code: 'wrong_step' }, language) });
      return;
    }
    // The number before it was for somebody else.
    if (step !== this.data.state) {
      this.number = null;
      this.setData({ state: step, shown: null });
    }
    if (step === 'given') this.rest();
  },

  /** While a consent is waited for: shows what is left of the number, and asks now and then. */
  tick() {
    const { state } = this.data;
    if (state !== 'needed' && state !== 'unconfirmed') return;
    this.showNumber();
    this.ticking ??= setInterval(() => {
      this.seconds += 1;
      this.showNumber();
      if (this.seconds % ASK_EVERY === 0) void this.look();
    }, 1000);
  },

  showNumber() {
    const { number } = this;
    const show = this.data.state === 'unconfirmed' ? showNumber : showCall;
    if (number) this.setData({ shown: show(number.number, number.left(), language) });
  },

  rest() {
    if (this.ticking !== null) clearInterval(this.ticking);
    this.ticking = null;
  },

  onCallGuardian(): Promise<void> {
    return this.call(askForGuardian);
  },

  onCallCounter(): Promise<void> {
    return this.call(askForCounter);
  },

  async call(ask: (enrolment: Enrolment) => Promise<Called<ReadOutNumber>>): Promise<void> {
    const { enrolment } = this;
    if (!enrolment) return;
    this.setData({ busy: true });
    const called = await ask(enrolment);
    this.setData({ busy: false });
    if (called.ok) {
      this.number = called.reply;
      this.tick();
    } else {
      this.rest();
      this.setData({ state: 'refused', told: tellRefusal(called.error, language) });
    }
  },

  /** Whatever was refused: how it stands is asked anew. */
  async again(): Promise<void> {
    this.setData({ state: 'asking', told: null });
    await this.look();
    this.tick();
  },

  async onNext(): Promise<void> {
    if (this.data.told) await follow(this.data.told, () => this.again());
  },

  onGoOn(): Promise<void> {
    return replace({ page: this.data.isFaceless ? 'case' : 'selfie' });
  },

  onLeave(): Promise<void> {
    return restartAt({ page: 'home' });
  },
});
