import { allowsAlias, CODE_RENEWAL_S, purposeTable, type PurposeId, type SessionHandle } from '../../../protocol';
import { barCode, grouped } from '../../../presenters/bar-code';
import { purposesIn } from '../../../presenters/purposes';
import { codeSymbol } from '../../../presenters/code-symbol';
import { countdown, tellNext, type Countdown } from '../../../presenters/countdown';
import { toldByPurpose } from '../../../presenters/disclosure';
import { tellMark, type ToldMark } from '../../../presenters/mark';
import { openingAt, openingParts, proofCount } from '../../../presenters/opening';
import { tellRefusal, type ToldRefusal } from '../../../presenters/refusal';
import { tellUnshown } from '../../../presenters/unshown';
import { say } from '../../../services/dialogs';
import { drawSymbol } from '../../../services/draw-symbol';
import { passesLeft, refillPasses } from '../../../services/passes';
import { go, purposeOf, replace, restartAt, sessionOf, title } from '../../../services/routes';
import { buzz, onCapture, showBrightly } from '../../../services/screen';
import { show, type PhoneShowing } from '../../../services/showing';
import { showWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = showWords[language];

/** How often the countdown moves, in milliseconds. */
const TICK_MS = 250;

type State = 'selfie' | 'opening' | 'code' | 'number' | 'match' | 'differs' | 'over' | 'refused';

Page({
  data: {
    words,
    state: 'opening' as State,
    purpose: '',
    /** Which of several proofs the selfie is. */
    count: '',
    /** The parts of the opening, and which is under way. */
    parts: [] as string[],
    part: 0,
    tells: [] as string[],
    left: '',
    canNumber: false,
    digits: '',
    next: '',
    share: 1,
    wasCaptured: false,
    mark: null as ToldMark | null,
    told: null as ToldRefusal | null,
    /** An offline pass can be shown instead. */
    hasPass: false,
  },

  purpose: null as PurposeId | null,
  session: null as SessionHandle | null,
  showing: null as PhoneShowing | null,
  madeAt: 0,
  numberEndsAt: 0,
  ticking: null as ReturnType<typeof setInterval> | null,
  unhear: null as (() => void) | null,
  dim: null as Promise<() => Promise<void>> | null,
  isSeen: true,
  /** The selfie for this showing; empty where none is asked for, or it is still to be taken. */
  selfie: '',

  async onLoad(query): Promise<void> {
    title(words.barTitle);
    this.purpose = purposeOf(query);
    this.session = sessionOf(query);
    if (!this.purpose) return restartAt({ page: 'home' });
    this.setData({
      purpose: purposeTable[this.purpose].names[language],
      tells: toldByPurpose(this.purpose, language),
      parts: openingParts(this.purpose, language),
      count: proofCount(this.purpose, 'face', language),
    });
    this.unhear = onCapture(() => this.setData({ wasCaptured: true }));
    void this.lookForPass();
    await this.open();
  },

  /** Whether the holder may go on without a network: a counter's own session needs one. */
  async lookForPass(): Promise<void> {
    const { purpose, session } = this;
    if (!purpose || session || !purposesIn('offline').includes(purpose)) return;
    this.setData({ hasPass: (await passesLeft()) > 0 });
  },

  onShow() {
    // While it was hidden, no timer may have run: what is on the screen may be stale.
    this.isSeen = true;
    this.tick();
  },

  onHide() {
    this.isSeen = false;
    this.stopTicking();
    void this.dimScreen();
  },

  onUnload() {
    this.isSeen = false;
    this.stopTicking();
    this.unhear?.();
    this.showing = null;
    void this.dimScreen();
  },

  async open(): Promise<void> {
    const { purpose } = this;
    if (!purpose) return;
    // Taken before the showing is prepared, which waits for a minute only.
    if (purposeTable[purpose].stepUp.includes('face') && this.selfie === '') {
      this.setData({ state: 'selfie', wasCaptured: false });
      return;
    }
    this.setData({ state: 'opening', part: 0, wasCaptured: false });
    const called = await show(purpose, this.session, {
      prompt: purposeTable[purpose].names[language],
      selfie: this.selfie,
      onStep: (step) => this.setData({ part: openingAt(purpose, step) }),
    });
    if (!called.ok) {
      const told = tellUnshown(called.error, language);
      // A picture that was not at fault serves the next try.
      if (told.next === 'retake-selfie') this.selfie = '';
      this.setData({ state: 'refused', told });
      return;
    }
    this.showing = called.reply;
    // The next showing asks for another.
    this.selfie = '';
    // There is a network, and whoever shows the card may be without one next time.
    void refillPasses();
    this.setData({
      state: 'code',
      mark: tellMark(called.reply.matchMark, language),
      canNumber: this.session === null && allowsAlias(purpose),
    });
    await this.renew();
    this.tick();
  },

  async onSelfie({ detail }: WechatMiniprogram.CustomEvent<{ file: string }>): Promise<void> {
    this.selfie = detail.file;
    await this.open();
  },

  /** Puts a new code on the screen. */
  async renew(): Promise<void> {
    const { showing } = this;
    if (!showing) return;
    this.madeAt = showing.serverTime();
    await drawSymbol(this, codeSymbol(showing.currentCode()));
  },

  tick() {
    const { showing } = this;
    const { state: at } = this.data;
    // A showing that was opened after the page was left keeps no timer running and no screen bright.
    if (!showing || !this.isSeen || (at !== 'code' && at !== 'number')) return;
    this.ticking ??= setInterval(() => this.tick(), TICK_MS);
    this.dim ??= showBrightly();
    const now = showing.serverTime();
    const state: Countdown = countdown(now, this.madeAt, showing.expiresAt);
    if (state.isOver) {
      this.stopTicking();
      void this.dimScreen();
      this.showing = null;
      this.setData({ state: 'over' });
      return;
    }
    if (at === 'number') {
      if (now >= this.numberEndsAt) void this.onNumber();
    } else if (now - this.madeAt >= CODE_RENEWAL_S * 1000) void this.renew();
    this.setData({ left: state.left, next: tellNext(state.next, language), share: state.share });
  },

  stopTicking() {
    if (this.ticking !== null) clearInterval(this.ticking);
    this.ticking = null;
  },

  async dimScreen() {
    const undo = await this.dim;
    this.dim = null;
    await undo?.();
  },

  /** For scanners that read bar codes alone: a number in place of the code. */
  async onNumber(): Promise<void> {
    const { showing } = this;
    if (!showing) return;
    // Asked for once, however often the clock ticks meanwhile.
    this.numberEndsAt = Infinity;
    const called = await showing.number();
    if (this.showing !== showing) return;
    if (!called.ok) {
      say(tellRefusal(called.error, language).text);
      return this.onCode();
    }
    const { digits, expiresAt } = called.reply;
    this.numberEndsAt = expiresAt;
    this.setData({ state: 'number', digits: grouped(digits) });
    await drawSymbol(this, [barCode(digits)]);
  },

  /** Back to the code. */
  async onCode(): Promise<void> {
    this.setData({ state: 'code' });
    await this.renew();
    this.tick();
  },

  onScanned() {
    this.stopTicking();
    void this.dimScreen();
    buzz();
    this.setData({ state: 'match' });
  },

  onDiffers() {
    this.setData({ state: 'differs' });
  },

  /** In place of this page: what was asked for online may still be answered, and nobody is to wait for it. */
  async onOffline(): Promise<void> {
    if (this.purpose) await replace({ page: 'offline', purpose: this.purpose });
  },

  onAgain(): Promise<void> {
    return this.open();
  },

  async onNext(): Promise<void> {
    const next = this.data.told?.next;
    if (next === 'bind-finger') return replace({ page: 'security' });
    if (next !== 'home' && next !== 'enrol-anew') return this.open();
    await this.onLeave();
    if (next === 'enrol-anew') await go({ page: 'consent' });
  },

  onLeave(): Promise<void> {
    return restartAt({ page: 'home' });
  },
});
