import { parseCounterCode, type CardReply } from '../../protocol';
import { cardFace, type CardFace } from '../../presenters/card-face';
import { drawnCard } from '../../presenters/drawn-card';
import { tellEnd, type ToldEnd } from '../../presenters/end-reason';
import { listPurposes, purposesIn, type ListedPurpose } from '../../presenters/purposes';
import { tellRefusal } from '../../presenters/refusal';
import type { Called } from '../../services/call';
import { ask, say, tell } from '../../services/dialogs';
import { loadCard } from '../../services/credential';
import { resumeCard, suspendCard } from '../../services/holder';
import { passesLeft } from '../../services/passes';
import { go, purposeOf, refreshed, title } from '../../services/routes';
import { scanCode } from '../../services/scanner';
import { cardWords, welcomeWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = welcomeWords[language];
const onCard = cardWords[language];

Page({
  data: {
    words,
    onCard,
    purposes: listPurposes(language),
    shown: listPurposes(language, purposesIn('shown')),
    drawn: drawnCard(language),
    state: 'loading' as 'loading' | 'none' | 'card' | 'failed',
    face: null as CardFace | null,
    end: { text: '', canResume: false, canRenew: false } as ToldEnd,
    failure: { title: '', text: '' },
    busy: false,
    /** What can be shown by a pass while the service is out of reach. */
    offline: [] as ListedPurpose[],
  },

  onLoad() {
    title(words.barTitle);
  },

  async onShow() {
    await this.load();
  },

  async onPullDownRefresh() {
    await this.load();
    refreshed();
  },

  async load(): Promise<void> {
    this.take(await loadCard());
  },

  /** What there is to show after a call: a card, none, or why it is not known. */
  take(called: Called<CardReply>) {
    if (called.ok)
      this.setData({
        state: 'card',
        face: cardFace(called.reply.card, language),
        end: tellEnd(called.reply.card, language),
      });
    else if (called.error.code === 'not_found') this.setData({ state: 'none', face: null });
    else {
      this.setData({ state: 'failed', failure: tellRefusal(called.error, language), offline: [] });
      if (called.error.code === 'unreachable') void this.offerPasses();
    }
  },

  async offerPasses(): Promise<void> {
    if ((await passesLeft()) > 0) this.setData({ offline: listPurposes(language, purposesIn('offline')) });
  },

  async onOffline({ currentTarget }: WechatMiniprogram.TouchEvent): Promise<void> {
    const purpose = purposeOf({ purpose: String(currentTarget.dataset['purpose']) });
    if (purpose) await go({ page: 'offline', purpose });
  },

  onRetry(): Promise<void> {
    this.setData({ state: 'loading' });
    return this.load();
  },

  onStart(): Promise<void> {
    return go({ page: 'consent' });
  },

  onStaff(): Promise<void> {
    return go({ page: 'scan' });
  },

  onHistory(): Promise<void> {
    return go({ page: 'history' });
  },

  onSecurity(): Promise<void> {
    return go({ page: 'security' });
  },

  /** A counter's code was scanned: who asks is told by the service, before anything is shown. */
  async onScanCounter(): Promise<void> {
    const scanned = await scanCode();
    if (!scanned.ok) {
      if (scanned.because !== 'cancelled') await tell({ ...onCard.notScanned[scanned.because], ok: onCard.understood });
      return;
    }
    const session = parseCounterCode(scanned.text);
    if (session) await go({ page: 'request', session });
    else await tell({ ...onCard.notACounter, ok: onCard.understood });
  },

  async onShowFor({ currentTarget }: WechatMiniprogram.TouchEvent): Promise<void> {
    const purpose = purposeOf({ purpose: String(currentTarget.dataset['purpose']) });
    if (purpose) await go({ page: 'show', purpose });
  },

  async onSuspend() {
    const agreed = await ask({
      title: onCard.askTitle,
      text: onCard.askText,
      yes: onCard.askYes,
      no: onCard.askNo,
    });
    if (agreed) await this.change(suspendCard);
  },

  onResume(): Promise<void> {
    return this.change(resumeCard);
  },

  async change(call: () => Promise<Called<CardReply>>): Promise<void> {
    if (this.data.busy) return;
    this.setData({ busy: true });
    const called = await call();
    this.setData({ busy: false });
    // A change that failed leaves the card on the screen as it was.
    if (!called.ok) {
      await tell({ ...tellRefusal(called.error, language), ok: onCard.understood });
      return;
    }
    this.take(called);
    const { status } = called.reply.card;
    if (status === 'suspended' || status === 'valid') say(onCard.done[status]);
  },
});
