import { parseKillCode, type GuardianStep } from '../../../protocol';
import { codeSymbol } from '../../../presenters/code-symbol';
import type { Fact } from '../../../presenters/facts';
import { tellOperator } from '../../../presenters/operator-refusal';
import { shortReference } from '../../../presenters/reference';
import { copyText } from '../../../services/clipboard';
import { say, tell } from '../../../services/dialogs';
import { drawSymbol } from '../../../services/draw-symbol';
import { deleteVisitor, raiseVisitor, receiveByCode, receiveVisitor } from '../../../services/operator';
import { go, title } from '../../../services/routes';
import { hideCaptures } from '../../../services/screen';
import { visitorWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = visitorWords[language];

/** Nobody is at the counter. */
const nobody = {
  typed: '',
  name: '',
  portrait: '',
  about: '' as 'card' | 'case' | '',
  tier: '' as 'light' | 'full' | '',
  /** What can be done about the card. */
  canRaise: false,
  canDelete: false,
  /** Whether the visitor wants everything deleted. */
  isDeleting: false,
  personSeen: false,
  documentSeen: false,
  lastFour: '',
  /** Of a child under 14: how far the guardian's consent has come, and who has given it. */
  step: '' as GuardianStep | '',
  guardianName: '',
  guardianPortrait: '',
  /** What was proposed, and where its proof will be. */
  facts: [] as Fact[],
  proofAddress: '',
  fault: '',
};

Page({
  data: {
    words,
    state: 'number' as 'number' | 'missing' | 'visitor' | 'raised' | 'proposed',
    /** Whether the visitor has no phone and has brought the kill code. */
    byCode: false,
    ...nobody,
    busy: false,
  },

  /** The number that the visitor read out, and what it is about. */
  number: '',
  reference: '',
  showCaptures: null as (() => void) | null,
  isLeft: false,

  onLoad() {
    title(words.barTitle);
    this.showCaptures = hideCaptures();
  },

  onUnload() {
    this.isLeft = true;
    this.forget();
    this.showCaptures?.();
  },

  forget() {
    this.number = '';
    this.reference = '';
  },

  onNumber({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ typed: detail.value, fault: '' });
  },

  /** The other of the two that a visitor may bring. */
  onOther() {
    this.setData({ ...nobody, state: 'number', byCode: !this.data.byCode });
  },

  /** The call that opens what was typed; null where it can be no number, or no code. */
  opening(): (() => ReturnType<typeof receiveVisitor>) | null {
    const { typed, byCode } = this.data;
    if (byCode) {
      const code = parseKillCode(typed);
      return code && (() => receiveByCode(code));
    }
    const number = typed.replace(/\s/g, '');
    return /^\d{8}$/.test(number) ? () => receiveVisitor(number) : null;
  },

  async onReceive(): Promise<void> {
    const open = this.opening();
    if (!open) {
      this.setData({ fault: this.data.byCode ? words.malformedCode : words.malformed });
      return;
    }
    if (this.data.busy) return;
    this.setData({ busy: true });
    const called = await open();
    if (this.isLeft) return;
    this.setData({ busy: false });
    if (called.ok) {
      const { about, reference, maskedName, portrait, tier, guardian, may } = called.reply;
      this.number = called.reply.number;
      this.reference = reference;
      this.setData({
        state: 'visitor',
        name: maskedName,
        portrait: `data:image/jpeg;base64,${portrait}`,
        about,
        tier: tier ?? '',
        canRaise: tier === 'light' && may.includes('raise'),
        canDelete: may.includes('delete'),
        step: guardian?.step ?? '',
        guardianName: guardian?.maskedName ?? '',
        guardianPortrait: guardian?.portrait === undefined ? '' : `data:image/jpeg;base64,${guardian.portrait}`,
      });
    } else if (called.error.code === 'not_found') this.setData({ state: 'missing' });
    else await tell({ ...tellOperator(called.error, language), ok: words.understood });
  },

  onPersonSeen() {
    this.setData({ personSeen: !this.data.personSeen, fault: '' });
  },

  onDocumentSeen() {
    this.setData({ documentSeen: !this.data.documentSeen, fault: '' });
  },

  onLastFour({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ lastFour: detail.value, fault: '' });
  },

  /** What the operator says of who was seen; null, with the fault shown, as long as something is missing. */
  seen(): Parameters<typeof raiseVisitor>[0] | null {
    const { personSeen, documentSeen } = this.data;
    const lastFour = this.data.lastFour.trim().toUpperCase();
    const isTyped = /^\d{3}[\dX]$/.test(lastFour);
    if (personSeen && documentSeen && isTyped)
      return { number: this.number, lastFour, personSeen: true, documentSeen: true };
    this.setData({ fault: personSeen && documentSeen ? words.lastFourMalformed : words.unseen });
    return null;
  },

  async onRaise(): Promise<void> {
    const seen = this.seen();
    if (!seen || this.data.busy) return;
    this.setData({ busy: true });
    const called = await raiseVisitor(seen);
    this.setData({ busy: false });
    if (called.ok) {
      this.forget();
      this.setData({ ...nobody, state: 'raised' });
    } else await tell({ ...tellOperator(called.error, language), ok: words.understood });
  },

  onWish() {
    this.setData({ isDeleting: !this.data.isDeleting, fault: '' });
  },

  async onDelete(): Promise<void> {
    const seen = this.seen();
    if (!seen || this.data.busy) return;
    this.setData({ busy: true });
    const called = await deleteVisitor(seen);
    if (this.isLeft) return;
    this.setData({ busy: false });
    if (!called.ok) {
      await tell({ ...tellOperator(called.error, language), ok: words.understood });
      return;
    }
    const { proposal, hash, proofAddress } = called.reply;
    this.forget();
    const facts = [
      { name: words.proposal, value: shortReference(proposal), isCode: true },
      { name: words.hash, value: shortReference(hash.slice(0, 32)), isCode: true },
    ];
    this.setData({ ...nobody, state: 'proposed', facts, proofAddress });
    await drawSymbol(this, codeSymbol(proofAddress));
  },

  async onCopy(): Promise<void> {
    if (!(await copyText(this.data.proofAddress))) say(words.notCopied);
  },

  async onVouch(): Promise<void> {
    await go({ page: 'propose', kind: 'vouch_for_case', reference: this.reference });
  },

  async onConfirmGuardian(): Promise<void> {
    await go({ page: 'propose', kind: 'guardianship_seen', reference: this.reference });
  },

  /** The next one must not meet what the one before has left. */
  onAnother() {
    this.forget();
    this.setData({ ...nobody, state: 'number', byCode: false });
  },
});
