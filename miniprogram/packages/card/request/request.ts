import { purposeTable, type PurposeId, type SessionHandle } from '../../../protocol';
import { tellAsk, tellUnanswered, type ToldAsk } from '../../../presenters/ask';
import { showLeft } from '../../../presenters/countdown';
import { toldByName } from '../../../presenters/disclosure';
import { tellRefusal, type ToldRefusal } from '../../../presenters/refusal';
import { agreeTo, askedBy, type Asked } from '../../../services/ask';
import { claimCounter, declineAsk } from '../../../services/holder';
import { replace, restartAt, sessionOf, title } from '../../../services/routes';
import { requestWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = requestWords[language];

type State = 'loading' | 'asked' | 'consent' | 'declined' | 'undeclined' | 'refused';

Page({
  data: {
    words,
    state: 'loading' as State,
    partner: '',
    terminal: '',
    purpose: '',
    tells: [] as string[],
    stepUp: '',
    /** What an institution's server asks, whose answer no counter scans. */
    ask: null as ToldAsk | null,
    left: '',
    isBusy: false,
    told: null as ToldRefusal | null,
  },

  session: null as SessionHandle | null,
  purpose: null as PurposeId | null,
  asked: null as Asked | null,
  ticking: null as ReturnType<typeof setInterval> | null,

  async onLoad(query): Promise<void> {
    title(words.barTitle);
    this.session = sessionOf(query);
    if (!this.session) return restartAt({ page: 'home' });
    await this.load(this.session);
  },

  onShow() {
    this.tick();
  },

  onHide() {
    this.rest();
  },

  onUnload() {
    this.asked = null;
    this.session = null;
    this.rest();
  },

  async load(session: SessionHandle): Promise<void> {
    this.setData({ state: 'loading' });
    const called = await claimCounter({ session });
    if (this.session !== session) return;
    if (!called.ok) {
      this.setData({ state: 'refused', told: tellRefusal(called.error, language) });
      return;
    }
    this.asked = askedBy(session, called.reply);
    if (this.asked) {
      title(words.askTitle);
      this.setData({ state: 'consent', ask: tellAsk(this.asked, this.asked.serverTime(), language) });
      this.tick();
      return;
    }
    const { partner, terminal, purpose, claims, portrait, stepUp } = called.reply;
    this.purpose = purpose;
    this.setData({
      state: 'asked',
      partner: partner[language],
      terminal,
      purpose: purposeTable[purpose].names[language],
      tells: toldByName(claims, portrait, language),
      stepUp: stepUp.map((step) => words.proofs[step]).join(language === 'zh' ? '、' : ', '),
    });
  },

  /** Shows what is left of an ask's time; nothing can be agreed to once it is over. */
  tick() {
    const { asked } = this;
    if (!asked || this.data.state !== 'consent') return;
    const left = asked.left();
    this.setData({ left: showLeft(left) });
    if (left > 0) this.ticking ??= setInterval(() => this.tick(), 1000);
    else this.end(tellUnanswered({ code: 'ask_over' }, language));
  },

  rest() {
    if (this.ticking !== null) clearInterval(this.ticking);
    this.ticking = null;
  },

  end(told: ToldRefusal) {
    this.rest();
    this.setData({ state: 'refused', told });
  },

  async onAgree(): Promise<void> {
    const { session, purpose, asked } = this;
    if (asked) {
      this.rest();
      agreeTo(asked);
      await replace({ page: 'answer', session: asked.session });
    } else if (session && purpose) await replace({ page: 'show', purpose, session });
  },

  async onDecline(): Promise<void> {
    const { asked } = this;
    if (!asked || this.data.isBusy) return;
    this.rest();
    this.setData({ isBusy: true });
    const called = await declineAsk({ session: asked.session });
    if (this.asked !== asked) return;
    this.setData({ isBusy: false });
    if (called.ok) this.setData({ state: 'declined' });
    else if (called.error.code === 'unreachable') this.setData({ state: 'undeclined' });
    else this.end(tellUnanswered(called.error, language));
  },

  async onNext(): Promise<void> {
    const next = this.data.told?.next;
    if (next === 'try-again' && this.session) await this.load(this.session);
    else if (next === 'bind-finger') await replace({ page: 'security' });
    else await this.onLeave();
  },

  onLeave(): Promise<void> {
    return restartAt({ page: 'home' });
  },
});
