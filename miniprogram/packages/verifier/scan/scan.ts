import { mayDoForPartner, purposeTable, type PurposeGrant, type PurposeId } from '../../../protocol';
import { toldByName } from '../../../presenters/disclosure';
import { listPurposes, type ListedPurpose } from '../../../presenters/purposes';
import { tellReport, type ToldReport } from '../../../presenters/offline';
import { tellStanding } from '../../../presenters/partner';
import { tellRefusal } from '../../../presenters/refusal';
import { acceptedSoFar, begin } from '../../../services/check';
import { dismissReports, handInUses, isPass, offlineState, type UseReport } from '../../../services/offline-check';
import { hearTerminal, recentTerminal } from '../../../services/offline-terminal';
import { getPartner } from '../../../services/partner';
import { beginPass } from '../../../services/pass-scan';
import { openCameraSettings } from '../../../services/pictures';
import { go, purposeOf, restartAt, title } from '../../../services/routes';
import { scanCode } from '../../../services/scanner';
import { sendKeptLooks } from '../../../services/unsent-looks';
import { describeTerminal, listDeletionRequests } from '../../../services/verifier';
import { wallClock } from '../../../services/wall-clock';
import { scanWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const { accepted, unsent, looks, requests, ...words } = scanWords[language];

/** How often answers that wait are sent again while this page is shown, in milliseconds. */
const AGAIN_MS = 5000;

Page({
  data: {
    words,
    state: 'loading' as 'loading' | 'ready' | 'notStaff' | 'noTerminal' | 'failed',
    shop: '',
    terminal: '',
    purposes: [] as ListedPurpose[],
    chosen: '',
    tells: [] as string[],
    /** Whether any customer may show the card without scanning this counter first. */
    isShown: true,
    accepted: '',
    trouble: '' as '' | 'denied' | 'failed',
    /** Passes alone can be checked: the service was not reached. */
    isOffline: false,
    unsent: '',
    /** Answers of staff that the service has not heard. */
    looks: '',
    /** Leads to what holders ask to be deleted; empty for who may not answer that. */
    requests: '',
    reports: [] as ToldReport[],
    failure: { title: '', text: '' },
  },

  sending: null as ReturnType<typeof setTimeout> | null,
  purpose: null as PurposeId | null,
  grants: [] as readonly PurposeGrant[],
  unread: [] as readonly UseReport[],

  async onLoad(): Promise<void> {
    title(words.barTitle);
    await this.open();
  },

  onShow() {
    // Who has applied or joined since, or was given a terminal, comes back to a counter.
    if (this.data.state === 'notStaff' || this.data.state === 'noTerminal') void this.open();
    const count = acceptedSoFar();
    this.setData({ accepted: count > 0 ? accepted(count) : '' });
    void this.tellPasses();
    void this.sendLooks();
    // Who comes back may have answered some.
    if (this.data.requests) void this.lookForRequests();
  },

  onHide() {
    this.stopSending();
  },

  onUnload() {
    this.stopSending();
  },

  stopSending() {
    if (this.sending !== null) clearTimeout(this.sending);
    this.sending = null;
  },

  /** Sends what staff said without a network, again and again while this page is shown: the service hears it for ten minutes. */
  async sendLooks(): Promise<void> {
    this.stopSending();
    const waiting = await sendKeptLooks();
    this.setData({ looks: waiting > 0 ? looks(waiting) : '' });
    if (waiting > 0) this.sending = setTimeout(() => void this.sendLooks(), AGAIN_MS);
  },

  /** What was accepted without a network and is not handed in, and what came of the rest. */
  async tellPasses(): Promise<void> {
    await handInUses();
    const state = await offlineState();
    this.unread = state.reports;
    this.setData({
      unsent: state.unsent > 0 ? unsent(state.unsent) : '',
      reports: state.reports.map((report) => tellReport(report, wallClock(), language)),
    });
  },

  async onRead(): Promise<void> {
    await dismissReports(this.unread);
    await this.tellPasses();
  },

  /** Without the service: the shop as it was last heard of, for checks of passes alone. */
  async openOffline(): Promise<boolean> {
    const terminal = await recentTerminal();
    if (!terminal || terminal.reply.purposes.length === 0) return false;
    const { partner, terminal: name, purposes } = terminal.reply;
    this.grants = purposes.map((purpose) => ({ purpose, claims: [...purposeTable[purpose].claims] }));
    this.setData({
      state: 'ready',
      isOffline: true,
      shop: partner[language],
      terminal: name,
      purposes: listPurposes(language, purposes),
    });
    this.choose(purposes[0] ?? null);
    return true;
  },

  async open(): Promise<void> {
    const called = await describeTerminal();
    if (!called.ok) {
      if (called.error.code === 'not_permitted') await this.openWithoutTerminal();
      else if (called.error.code !== 'unreachable' || !(await this.openOffline())) {
        this.setData({ state: 'failed', failure: tellRefusal(called.error, language) });
      }
      return;
    }
    void hearTerminal();
    const { partner, terminal, role, grants } = called.reply;
    if (mayDoForPartner(role, 'answerRequests')) void this.lookForRequests();
    this.grants = grants;
    const purposes = grants.map(({ purpose }) => purpose);
    this.setData({
      state: 'ready',
      isOffline: false,
      shop: partner[language],
      terminal,
      purposes: listPurposes(language, purposes),
    });
    this.choose(purposes[0] ?? null);
  },

  /** How many requests to delete wait for an answer, where the one who is logged in may answer them. */
  async lookForRequests(): Promise<void> {
    const called = await listDeletionRequests({ state: 'open' });
    if (called.ok) {
      const { requests: page, next } = called.reply;
      this.setData({ requests: next ? words.manyRequests : requests(page.length) });
    }
  },

  onRequests(): Promise<void> {
    return go({ page: 'requests' });
  },

  /** Somebody who works at no terminal of an active business: perhaps theirs is being looked at, or stopped. */
  async openWithoutTerminal(): Promise<void> {
    const called = await getPartner();
    if (called.ok) {
      const { state, role } = called.reply;
      const failure =
        state === 'active'
          ? { title: words.noTerminalTitle, text: words.noTerminalText[role] }
          : tellStanding(called.reply, language);
      // An owner may work at no counter, and has requests to answer all the same.
      await this.lookForRequests();
      this.setData({ state: 'noTerminal', failure: { title: failure.title, text: failure.text } });
    } else if (called.error.code === 'not_permitted') this.setData({ state: 'notStaff' });
    else this.setData({ state: 'failed', failure: tellRefusal(called.error, language) });
  },

  choose(purpose: PurposeId | null) {
    this.purpose = purpose;
    const claims = this.grants.find((grant) => grant.purpose === purpose)?.claims ?? [];
    const tells = purpose ? toldByName(claims, purposeTable[purpose].look, language) : [];
    const isShown = purpose !== null && purposeTable[purpose].modes.includes('shown');
    this.setData({ chosen: purpose ?? '', tells, isShown });
  },

  onChoose({ currentTarget }: WechatMiniprogram.TouchEvent) {
    this.choose(purposeOf({ purpose: String(currentTarget.dataset['purpose']) }));
  },

  async onScan(): Promise<void> {
    const { purpose } = this;
    if (!purpose) return;
    this.setData({ trouble: '' });
    const scanned = await scanCode('codes and bars');
    if (scanned.ok && isPass(scanned.text)) {
      beginPass(scanned.text, purpose);
      await go({ page: 'pass' });
    } else if (scanned.ok) {
      await begin(scanned.text, purpose);
      await go({ page: 'result' });
    } else if (scanned.because !== 'cancelled') this.setData({ trouble: scanned.because });
  },

  async onCounter(): Promise<void> {
    if (this.purpose) await go({ page: 'counter', purpose: this.purpose });
  },

  async onSettings() {
    if (await openCameraSettings()) this.setData({ trouble: '' });
  },

  onBusiness(): Promise<void> {
    return go({ page: 'business' });
  },

  onApply(): Promise<void> {
    return go({ page: 'apply', part: 'whole' });
  },

  onInvited(): Promise<void> {
    return go({ page: 'join' });
  },

  onRetry(): Promise<void> {
    this.setData({ state: 'loading' });
    return this.open();
  },

  onLeave(): Promise<void> {
    return restartAt({ page: 'home' });
  },
});
