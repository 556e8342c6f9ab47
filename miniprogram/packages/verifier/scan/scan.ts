import { purposeTable, type PurposeGrant, type PurposeId } from '../../../protocol';
import { toldByName } from '../../../presenters/disclosure';
import { listPurposes, type ListedPurpose } from '../../../presenters/purposes';
import { tellRefusal } from '../../../presenters/refusal';
import { acceptedSoFar, begin } from '../../../services/check';
import { openCameraSettings } from '../../../services/pictures';
import { go, purposeOf, restartAt, title } from '../../../services/routes';
import { scanCode } from '../../../services/scanner';
import { describeTerminal } from '../../../services/verifier';
import { scanWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const { accepted, ...words } = scanWords[language];

Page({
  data: {
    words,
    state: 'loading' as 'loading' | 'ready' | 'notStaff' | 'failed',
    shop: '',
    terminal: '',
    purposes: [] as ListedPurpose[],
    chosen: '',
    tells: [] as string[],
    /** Whether any customer may show the card without scanning this counter first. */
    isShown: true,
    accepted: '',
    trouble: '' as '' | 'denied' | 'failed',
    failure: { title: '', text: '' },
  },

  purpose: null as PurposeId | null,
  grants: [] as readonly PurposeGrant[],

  async onLoad(): Promise<void> {
    title(words.barTitle);
    await this.open();
  },

  onShow() {
    const count = acceptedSoFar();
    this.setData({ accepted: count > 0 ? accepted(count) : '' });
  },

  async open(): Promise<void> {
    const called = await describeTerminal();
    if (!called.ok) {
      if (called.error.code === 'not_permitted') this.setData({ state: 'notStaff' });
      else this.setData({ state: 'failed', failure: tellRefusal(called.error, language) });
      return;
    }
    const { partner, terminal, grants } = called.reply;
    this.grants = grants;
    const purposes = grants.map(({ purpose }) => purpose);
    this.setData({
      state: 'ready',
      shop: partner[language],
      terminal,
      purposes: listPurposes(language, purposes),
    });
    this.choose(purposes[0] ?? null);
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
    if (scanned.ok) {
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

  onRetry(): Promise<void> {
    this.setData({ state: 'loading' });
    return this.open();
  },

  onLeave(): Promise<void> {
    return restartAt({ page: 'home' });
  },
});
