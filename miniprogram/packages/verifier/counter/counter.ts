import { purposeTable, type PurposeId } from '../../../protocol';
import { codeSymbol } from '../../../presenters/code-symbol';
import { toldByName } from '../../../presenters/disclosure';
import { guidance } from '../../../presenters/guidance';
import { tellRefusal } from '../../../presenters/refusal';
import { begin } from '../../../services/check';
import { openSession, type CounterWatch } from '../../../services/counter';
import { drawSymbol } from '../../../services/draw-symbol';
import { back, purposeOf, replace, restartAt, title } from '../../../services/routes';
import { scanCode } from '../../../services/scanner';
import { showBrightly } from '../../../services/screen';
import { counterWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = counterWords[language];

/** How often the page asks what became of its session, in milliseconds. */
const POLL_MS = 1500;

type State = 'opening' | 'open' | 'claimed' | 'hindered' | 'failed';

Page({
  data: {
    words,
    state: 'opening' as State,
    purpose: '',
    tells: [] as string[],
    hindrance: '',
    trouble: '' as '' | 'denied' | 'failed',
    failure: { title: '', text: '' },
  },

  purpose: null as PurposeId | null,
  watch: null as CounterWatch | null,
  asking: null as ReturnType<typeof setTimeout> | null,
  dim: null as Promise<() => Promise<void>> | null,
  isSeen: true,

  async onLoad(query): Promise<void> {
    title(words.barTitle);
    this.purpose = purposeOf(query);
    if (!this.purpose) return restartAt({ page: 'home' });
    this.setData({ purpose: purposeTable[this.purpose].names[language] });
    await this.open();
  },

  onShow() {
    this.isSeen = true;
    this.schedule();
  },

  onHide() {
    this.isSeen = false;
    this.rest();
  },

  onUnload() {
    this.isSeen = false;
    this.watch = null;
    this.rest();
  },

  /** Opens a session and shows its code. */
  async open(): Promise<void> {
    const { purpose } = this;
    if (!purpose) return;
    const opened = await openSession(purpose);
    if (!opened.ok) {
      this.rest();
      this.setData({ state: 'failed', failure: tellRefusal(opened.error, language) });
      return;
    }
    this.watch = opened.reply;
    const tells = toldByName(opened.reply.claims, purposeTable[purpose].look, language);
    this.setData({ state: 'open', hindrance: '', tells });
    await drawSymbol(this, codeSymbol(opened.reply.code));
    this.schedule();
  },

  schedule() {
    if (this.asking !== null) clearTimeout(this.asking);
    this.asking = null;
    // A page that was left asks for nothing more, and leaves no screen bright.
    if (!this.isSeen || !this.watch || this.data.state !== 'open') return;
    this.dim ??= showBrightly();
    this.asking = setTimeout(() => void this.look(), POLL_MS);
  },

  /** What became of the session; an answer that does not come is asked for again. */
  async look(): Promise<void> {
    const { watch } = this;
    if (!watch) return;
    if (watch.isOver()) return this.open();
    const called = await watch.ask();
    if (this.watch !== watch) return;
    if (called.ok && called.reply.state === 'claimed') {
      this.rest();
      this.setData({ state: 'claimed' });
    } else if (called.ok && called.reply.state === 'hindered') {
      this.rest();
      this.setData({ state: 'hindered', hindrance: guidance(called.reply.reason, language) });
    } else this.schedule();
  },

  rest() {
    if (this.asking !== null) clearTimeout(this.asking);
    this.asking = null;
    void this.dimScreen();
  },

  async dimScreen() {
    const undo = await this.dim;
    this.dim = null;
    await undo?.();
  },

  async onScan(): Promise<void> {
    const { purpose } = this;
    if (!purpose) return;
    this.setData({ trouble: '' });
    const scanned = await scanCode();
    if (scanned.ok) {
      await begin(scanned.text, purpose);
      await replace({ page: 'result' });
    } else if (scanned.because !== 'cancelled') this.setData({ trouble: scanned.because });
  },

  onAnew(): Promise<void> {
    this.setData({ state: 'opening', trouble: '' });
    return this.open();
  },

  onLeave(): Promise<void> {
    return back();
  },
});
