import { parseCounterCode, type CardReply } from '../../protocol';
import { drawnCard } from '../../presenters/drawn-card';
import { homeCard, type HomeCard } from '../../presenters/home-card';
import { listPurposes, purposesIn, type ListedPurpose } from '../../presenters/purposes';
import { tellRefusal } from '../../presenters/refusal';
import type { ListedTask } from '../../presenters/tasks';
import { remindOfCase, type CaseReminder } from '../../presenters/told-case';
import type { Called } from '../../services/call';
import { awaitsProof } from '../../services/deletion';
import { ask, say, tell } from '../../services/dialogs';
import { followKept, forgetFollowedCase } from '../../services/followed-case';
import { resumeCard, suspendCard } from '../../services/holder';
import { passesLeft } from '../../services/passes';
import { leaveCard, loadCard, type PhoneCard } from '../../services/phone-card';
import { go, purposeOf, refreshed, title } from '../../services/routes';
import { scanCode } from '../../services/scanner';
import { wallClock } from '../../services/wall-clock';
import { cardWords, welcomeWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = welcomeWords[language];
const onCard = cardWords[language];

Page({
  data: {
    words,
    onCard,
    purposes: listPurposes(language),
    drawn: drawnCard(language),
    state: 'loading' as 'loading' | 'none' | 'card' | 'failed',
    card: null as HomeCard | null,
    failure: { title: '', text: '' },
    busy: false,
    /** A case that is decided elsewhere. */
    reminder: null as CaseReminder | null,
    /** Everything was deleted, and the answer was lost. */
    awaitsProof: false,
    /** What can be shown by a pass while the service is out of reach. */
    offline: [] as ListedPurpose[],
  },

  /** Where the card is, as it was last found. */
  place: { at: 'here' } as PhoneCard['place'],

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
    await this.remind();
    this.setData({ awaitsProof: this.data.state === 'none' && (await awaitsProof()) });
  },

  /** Says what became of a case that this phone follows; one that is over is followed no more. */
  async remind(): Promise<void> {
    const found = await followKept();
    // Nothing is said of a case that cannot be asked about now: it is asked about again next time.
    const reminder = found?.ok ? remindOfCase(found.reply.reply, language) : null;
    if (found?.ok && !reminder) await forgetFollowedCase();
    this.setData({ reminder });
  },

  onCase(): Promise<void> {
    return go({ page: 'case' });
  },

  onProof(): Promise<void> {
    return go({ page: 'deletion', for: 'proof' });
  },

  onManage(): Promise<void> {
    return go({ page: 'manage' });
  },

  /** What there is to show after a call: a card, none, or why it is not known. */
  take(called: Called<PhoneCard>) {
    if (called.ok) {
      this.place = called.reply.place;
      this.setData({ state: 'card', card: homeCard(called.reply, wallClock(), language) });
    } else if (called.error.code === 'not_found') this.setData({ state: 'none', card: null });
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

  onDesk(): Promise<void> {
    return go({ page: 'desk' });
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

  onAskNumber(): Promise<void> {
    return go({ page: 'ask-number' });
  },

  /** The holder has read that the card moved: what is left of it on this phone is forgotten. */
  async onItWasMe(): Promise<void> {
    const left = await leaveCard();
    if (!left.ok) await tell({ ...tellRefusal(left.error, language), ok: onCard.understood });
    await this.load();
  },

  async onShowFor({ currentTarget }: WechatMiniprogram.TouchEvent): Promise<void> {
    const task = this.data.card?.shown.find(({ id }) => id === currentTarget.dataset['purpose']);
    if (task && !(await this.isHindered(task))) await go({ page: 'show', purpose: task.id });
  },

  async onCounterTask({ currentTarget }: WechatMiniprogram.TouchEvent): Promise<void> {
    const task = this.data.card?.tasks.find(({ id }) => id === currentTarget.dataset['purpose']);
    if (task && !(await this.isHindered(task))) await this.onScanCounter();
  },

  /** Leads to what a task is missing. @returns whether anything is */
  async isHindered({ name, obstacle }: ListedTask): Promise<boolean> {
    if (obstacle === '') return false;
    if (obstacle === 'fingerprint') await go({ page: 'security' });
    else await tell({ title: name, text: onCard.obstacles[obstacle], ok: onCard.understood });
    return true;
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
    this.take({ ok: true, reply: { card: called.reply.card, place: this.place } });
    const { status } = called.reply.card;
    if (status === 'suspended' || status === 'valid') say(onCard.done[status]);
  },
});
