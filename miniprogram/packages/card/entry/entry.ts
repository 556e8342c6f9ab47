import { reportReasons, type OpenEntryReply, type StandingReply } from '../../../protocol';
import { entryFacts, type EntryFact } from '../../../presenters/entry';
import { evidenceText } from '../../../presenters/evidence';
import { tellEntry, type ListedEntry } from '../../../presenters/history';
import { tellProof, tellReceipt, type ToldProof } from '../../../presenters/proof';
import { tellRefusal } from '../../../presenters/refusal';
import { reportReason, tellStanding, type ToldStanding } from '../../../presenters/rights';
import type { Called } from '../../../services/call';
import { copyText } from '../../../services/clipboard';
import { ask, choose, say } from '../../../services/dialogs';
import { askDeletion, openEntry, reportPartner, withdrawLastingConsent } from '../../../services/holder';
import { foundEvidence, proveEntry } from '../../../services/log-proof';
import { checkReceipt, type ReceiptState } from '../../../services/receipts';
import { back, go, numberOf, title } from '../../../services/routes';
import { entryWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = entryWords[language];

Page({
  data: {
    words,
    state: 'loading' as 'loading' | 'open' | 'failed',
    told: null as ListedEntry | null,
    facts: [] as EntryFact[],
    receipt: '' as '' | ReceiptState,
    receiptText: '',
    canProve: false,
    isProving: false,
    proof: null as ToldProof | null,
    hasEvidence: false,
    /** What the holder did about this look; null of an entry that is none. */
    standing: null as ToldStanding | null,
    /** The look that this entry is about; 0 where it is about none. */
    about: 0,
    isActing: false,
    failure: { title: '', text: '' },
  },

  number: null as number | null,
  opened: null as OpenEntryReply | null,

  async onLoad(query: Record<string, string | undefined>): Promise<void> {
    title(words.barTitle);
    this.number = numberOf(query);
    await this.open();
  },

  onUnload() {
    this.opened = null;
  },

  onRetry(): Promise<void> {
    this.setData({ state: 'loading' });
    return this.open();
  },

  onBack(): Promise<void> {
    return back();
  },

  async open(): Promise<void> {
    if (this.number === null) return back();
    const called = await openEntry({ number: this.number });
    if (!called.ok) {
      this.setData({ state: 'failed', failure: tellRefusal(called.error, language) });
      return;
    }
    const { entry, opening, standing } = called.reply;
    this.opened = called.reply;
    this.setData({
      state: 'open',
      told: tellEntry(entry, language),
      facts: entryFacts(entry, language),
      canProve: opening !== null,
      standing: standing && tellStanding(standing, language, this.isMissing()),
      about: 'check' in entry ? entry.check : 0,
    });
    await Promise.all([this.verifyReceipt(called.reply), this.lookForEvidence()]);
  },

  isMissing(): boolean {
    return this.opened?.entry.kind === 'entry_missing';
  },

  async verifyReceipt({ entry, opening }: OpenEntryReply): Promise<void> {
    if (entry.kind !== 'card_checked' || !opening) return;
    const receipt = await checkReceipt(entry, opening);
    this.setData({ receipt, receiptText: tellReceipt(receipt, language) });
  },

  async lookForEvidence(): Promise<void> {
    this.setData({ hasEvidence: (await foundEvidence()).length > 0 });
  },

  async onProve(): Promise<void> {
    if (this.data.isProving || !this.opened) return;
    const { entry, opening } = this.opened;
    if (entry.kind === 'entry_missing' || !opening) return;
    this.setData({ isProving: true, proof: null });
    const proof = await proveEntry(entry, opening);
    this.setData({ isProving: false, proof: tellProof(proof, language) });
    await this.lookForEvidence();
  },

  /** Does something about this look, and tells what became of it. */
  async act(work: (number: number) => Promise<Called<StandingReply>>): Promise<void> {
    if (this.data.isActing || this.number === null) return;
    this.setData({ isActing: true });
    const called = await work(this.number);
    this.setData({ isActing: false });
    if (called.ok) this.setData({ standing: tellStanding(called.reply.standing, language, this.isMissing()) });
    else say(tellRefusal(called.error, language).text);
  },

  async onReport(): Promise<void> {
    const chosen = await choose(reportReasons.map((reason) => reportReason(reason, language)));
    const reason = chosen === null ? undefined : reportReasons[chosen];
    if (reason) await this.act((number) => reportPartner({ number, reason }));
  },

  async onAskDeletion(): Promise<void> {
    const asked = words.question;
    if (await ask({ title: asked.title, text: asked.text, yes: asked.yes, no: asked.no }))
      await this.act((number) => askDeletion({ number }));
  },

  async onWithdraw(): Promise<void> {
    const asked = words.withdrawal;
    if (await ask({ title: asked.title, text: asked.text, yes: asked.yes, no: asked.no }))
      await this.act((number) => withdrawLastingConsent({ number }));
  },

  onAbout(): Promise<void> {
    return go({ page: 'entry', number: this.data.about });
  },

  async onCopy(): Promise<void> {
    if (!(await copyText(evidenceText(await foundEvidence(), language)))) say(words.copyFailed);
  },
});
