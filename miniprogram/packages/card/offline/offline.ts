import { PASS_RENEWAL_S, purposeTable, type PurposeId } from '../../../protocol';
import { passSymbol } from '../../../presenters/code-symbol';
import { countdown, tellNext } from '../../../presenters/countdown';
import { toldByName } from '../../../presenters/disclosure';
import { statusAsOf } from '../../../presenters/offline';
import { tellRefusal, type ToldRefusal } from '../../../presenters/refusal';
import { drawSymbol } from '../../../services/draw-symbol';
import { showPass, type PassShowing } from '../../../services/passes';
import { purposeOf, restartAt, title } from '../../../services/routes';
import { buzz, onCapture, showBrightly } from '../../../services/screen';
import { offlineWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const { remaining, ...words } = offlineWords[language];

/** How often the countdown moves, in milliseconds. */
const TICK_MS = 250;

Page({
  data: {
    words,
    state: 'opening' as 'opening' | 'code' | 'done' | 'over' | 'refused',
    purpose: '',
    tells: [] as string[],
    left: '',
    next: '',
    share: 1,
    asOf: '',
    remaining: '',
    wasCaptured: false,
    told: null as ToldRefusal | null,
  },

  purpose: null as PurposeId | null,
  showing: null as PassShowing | null,
  madeAt: 0,
  ticking: null as ReturnType<typeof setInterval> | null,
  unhear: null as (() => void) | null,
  dim: null as Promise<() => Promise<void>> | null,
  isSeen: true,

  async onLoad(query): Promise<void> {
    title(words.barTitle);
    this.purpose = purposeOf(query);
    if (!this.purpose) return restartAt({ page: 'home' });
    const { names, claims } = purposeTable[this.purpose];
    this.setData({ purpose: names[language], tells: toldByName(claims, false, language) });
    this.unhear = onCapture(() => this.setData({ wasCaptured: true }));
    await this.open();
  },

  onShow() {
    this.isSeen = true;
    this.tick();
  },

  onHide() {
    this.isSeen = false;
    this.rest();
  },

  onUnload() {
    this.isSeen = false;
    this.rest();
    this.unhear?.();
    this.showing = null;
  },

  async open(): Promise<void> {
    const { purpose } = this;
    if (!purpose) return;
    this.setData({ state: 'opening', wasCaptured: false });
    const called = await showPass(purpose);
    if (!called.ok) {
      this.setData({ state: 'refused', told: tellRefusal(called.error, language) });
      return;
    }
    this.showing = called.reply;
    this.setData({ state: 'code', remaining: remaining(called.reply.left) });
    await this.renew();
    this.tick();
  },

  /** Puts a new text of the same pass on the screen. */
  async renew(): Promise<void> {
    const { showing } = this;
    if (!showing) return;
    this.madeAt = showing.serverTime();
    await drawSymbol(this, passSymbol(showing.currentText()));
  },

  tick() {
    const { showing } = this;
    if (!showing || !this.isSeen || this.data.state !== 'code') return;
    this.ticking ??= setInterval(() => this.tick(), TICK_MS);
    this.dim ??= showBrightly();
    const now = showing.serverTime();
    const { isOver, left, next, share } = countdown(now, this.madeAt, showing.expiresAt);
    if (isOver) {
      this.end('over');
      return;
    }
    if (now - this.madeAt >= PASS_RENEWAL_S * 1000) void this.renew();
    const asOf = statusAsOf(showing.issuedAt, now, language);
    this.setData({ left, next: tellNext(next, language), share, asOf });
  },

  /** The pass is not shown any more. */
  end(state: 'done' | 'over') {
    this.rest();
    this.showing = null;
    this.setData({ state });
  },

  /** No timer runs and the screen is as it was. */
  rest() {
    if (this.ticking !== null) clearInterval(this.ticking);
    this.ticking = null;
    void this.dimScreen();
  },

  async dimScreen() {
    const undo = await this.dim;
    this.dim = null;
    await undo?.();
  },

  onScanned() {
    buzz();
    this.end('done');
  },

  onAgain(): Promise<void> {
    return this.open();
  },

  onNext(): Promise<void> {
    return this.data.told?.next === 'home' ? this.onLeave() : this.open();
  },

  onLeave(): Promise<void> {
    return restartAt({ page: 'home' });
  },
});
